// Every counter the process keeps about itself, in one place, in Prometheus' text format.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

/** A fresh registry. Label values are names from fixed sets (topics, weirds, routes), never text from traffic. */
export function createMetrics({ process = false }: { readonly process?: boolean } = {}) {
  const registry = new Registry();
  if (process) collectDefaultMetrics({ register: registry });
  return {
    ...streamMetrics(registry),
    ...workMetrics(registry),
    ...httpMetrics(registry),
    /** Content type of `text`. */
    contentType: registry.contentType,
    /** The exposition that `/metrics` answers. */
    text: async (): Promise<string> => registry.metrics(),
  };
}

type Labelled<L extends string> = {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly L[];
};

function counter<L extends string>(registry: Registry, how: Labelled<L>): Counter<L> {
  return new Counter<L>({ ...how, registers: [registry] });
}

function streamMetrics(registry: Registry) {
  return {
    published: counter(registry, {
      name: "umbra_stream_published_total",
      help: "Messages the stream took durably.",
      labelNames: ["topic"],
    }),
    consumed: counter(registry, {
      name: "umbra_stream_consumed_total",
      help: "Messages whose handler resolved.",
      labelNames: ["topic"],
    }),
    redelivered: counter(registry, {
      name: "umbra_stream_redelivered_batches_total",
      help: "Batches handed over again because the handler rejected.",
      labelNames: ["topic"],
    }),
    deadLetters: counter(registry, {
      name: "umbra_stream_dead_letters_total",
      help: "Messages that could not be read or carried, by reason.",
      labelNames: ["topic", "reason"],
    }),
    lost: counter(registry, {
      name: "umbra_stream_lost_total",
      help: "Messages given up because the process had to stop before the stream took them.",
      labelNames: ["topic"],
    }),
    pendingBytes: new Gauge({
      name: "umbra_stream_pending_bytes",
      help: "Bytes waiting to be taken by the broker.",
      registers: [registry],
    }),
    brokerFailures: counter(registry, {
      name: "umbra_stream_broker_failures_total",
      help: "Failed attempts to reach the broker, each of them retried.",
      labelNames: ["part"],
    }),
  };
}

function workMetrics(registry: Registry) {
  return {
    collected: counter(registry, {
      name: "umbra_collector_total",
      help: "What collectors read, by counter name.",
      labelNames: ["counter"],
    }),
    weirds: counter(registry, {
      name: "umbra_weirds_total",
      help: "Input that did not fit, by name.",
      labelNames: ["weird"],
    }),
    narrowings: counter(registry, {
      name: "umbra_grouping_narrowings_total",
      help: "How often a service had too many paths and its tree of routes got half the room.",
      labelNames: [],
    }),
    events: counter(registry, {
      name: "umbra_inventory_events_total",
      help: "News in the inventory, by type.",
      labelNames: ["type"],
    }),
    commits: counter(registry, {
      name: "umbra_store_commits_total",
      help: "Commits to the store, by result.",
      labelNames: ["result"],
    }),
    commitSeconds: new Histogram({
      name: "umbra_store_commit_seconds",
      help: "Time one commit took.",
      buckets: [0.005, 0.02, 0.05, 0.2, 0.5, 2, 10],
      registers: [registry],
    }),
  };
}

function httpMetrics(registry: Registry) {
  return {
    httpRequests: counter(registry, {
      name: "umbra_api_requests_total",
      help: "Requests to the API, by route unit and status.",
      labelNames: ["route", "status"],
    }),
    httpSeconds: new Histogram({
      name: "umbra_api_request_seconds",
      help: "Time one API request took, by route unit.",
      labelNames: ["route"],
      buckets: [0.005, 0.02, 0.05, 0.2, 0.5, 2, 10],
      registers: [registry],
    }),
  };
}
