// The live loop: sightings every round, health every few, the rest at the shutdown, and nothing piles up in between.
import { expect, test } from "vitest";
import type { ExchangeSink } from "../../../collectors/input.ts";
import type { LiveSource } from "../../../collectors/pcap/live-source.ts";
import { type LiveTimes, liveRole, runLive, tunnelNamed, tunnelPorts } from "../../../src/app/live.ts";
import type { CaptureHealth } from "../../../src/model/health.ts";
import { readSettings } from "../../../src/ops/config.ts";
import { SILENT } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createShutdown } from "../../../src/ops/shutdown.ts";
import { createMemoryStream } from "../../../src/stream/memory-stream.ts";
import type { Stream } from "../../../src/stream/stream.ts";
import { anExchange } from "../../support/builders.ts";

const TIMES: LiveTimes = { flushMs: 2, healthMs: 6, lastMs: 2_000 };

/** A source that the test speaks through. */
function aSource() {
  const calls: string[] = [];
  let over = (): void => {};
  let breaks = (_error: Error): void => {};
  const ended = new Promise<void>((resolve, reject) => {
    over = resolve;
    breaks = reject;
  });
  let sink: ExchangeSink | undefined;
  const source: LiveSource = {
    tick: () => void calls.push("tick"),
    refresh: async () => void calls.push("refresh"),
    stop: async () => {
      calls.push("stop");
      sink?.exchange(anExchange({ startedAt: 2_000 }));
      over();
    },
    ended,
  };
  const open = async (given: ExchangeSink): Promise<LiveSource> => {
    sink = given;
    given.exchange(anExchange({ startedAt: 1_000 }));
    return source;
  };
  return { calls, open, breaks: (error: Error) => breaks(error), sink: () => sink };
}

async function aStream() {
  const stream = createMemoryStream({ metrics: createMetrics() });
  let requests = 0;
  const health: CaptureHealth[] = [];
  await stream.consume("umbra.sightings.v1", async ({ messages }) => {
    requests += messages.reduce((sum, { value }) => sum + value.facts.requests, 0);
  });
  await stream.consume("umbra.collector-health.v1", async ({ messages }) => {
    health.push(...messages.map(({ value }) => value));
  });
  return { stream, health, requests: () => requests };
}

const parts = (stream: Stream, open: (sink: ExchangeSink) => Promise<LiveSource>) => ({
  name: "host eth0",
  secret: new Uint8Array(32),
  stream,
  open,
  times: TIMES,
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test("publishes as it goes, and what is left at the shutdown", async () => {
  const shutdown = createShutdown({ log: SILENT });
  const { stream, health, requests } = await aStream();
  const { calls, open } = aSource();
  const running = runLive({ log: SILENT, shutdown }, parts(stream, open));
  await until(() => health.length > 1);
  expect(requests()).toBe(1);
  expect(health[0]).toMatchObject({ collector: "host eth0", from: 1_000, to: 1_000 });
  expect(health[1]).toMatchObject({ from: null, counters: {} });
  expect(calls.slice(0, 4)).toEqual(["tick", "tick", "tick", "refresh"]);
  expect(await shutdown.run("test")).toBe(0);
  await running;
  await stream.flush();
  expect(requests()).toBe(2);
  expect(health.at(-1)).toMatchObject({ from: 2_000, to: 2_000 });
  expect(calls.filter((call) => call === "stop")).toHaveLength(1);
  await stream.close();
});

test("while the stream makes it wait, it waits, and still stops", async () => {
  const shutdown = createShutdown({ log: SILENT });
  const { stream } = await aStream();
  let asked = 0;
  const away: Stream = {
    ...stream,
    publish: () => {
      asked += 1;
      return new Promise<void>(() => {});
    },
  };
  const { calls, open, sink } = aSource();
  const running = runLive(
    { log: SILENT, shutdown },
    { ...parts(away, open), times: { ...TIMES, lastMs: 5 } },
  );
  running.catch(() => {});
  await until(() => asked > 0);
  const ticks = calls.length;
  expect(sink()?.ready()).toBeInstanceOf(Promise);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(calls).toHaveLength(ticks);
  expect(asked).toBe(1);
  expect(await shutdown.run("test")).toBe(0);
  expect(calls.at(-1)).toBe("stop");
  await stream.close();
});

test.each(["publishing", "listening"])("ends with an error when %s fails for good", async (what) => {
  const shutdown = createShutdown({ log: SILENT });
  const { stream } = await aStream();
  const { calls, open, breaks } = aSource();
  const failing: Stream = { ...stream, publish: () => Promise.reject(new Error("closed")) };
  const isPublishing = what === "publishing";
  const running = runLive({ log: SILENT, shutdown }, parts(isPublishing ? failing : stream, open));
  const failure = running.then(
    () => null,
    (error: unknown) => error,
  );
  await until(() => calls.length > 0);
  breaks(new Error("closed"));
  expect(await failure).toMatchObject({ message: "closed" });
  await shutdown.run("test");
  await stream.close();
});

test("a source that cannot start leaves nothing behind", async () => {
  const shutdown = createShutdown({ log: SILENT });
  const { stream } = await aStream();
  const open = (): Promise<LiveSource> => Promise.reject(new Error("no such interface"));
  await expect(runLive({ log: SILENT, shutdown }, parts(stream, open))).rejects.toThrow("no such interface");
  expect(await shutdown.run("test")).toBe(0);
  await stream.close();
});

test("the role needs Kafka and the secret, and says so before it listens", async () => {
  const shutdown = createShutdown({ log: SILENT });
  const context = { settings: readSettings({}, {}, "/"), log: SILENT, metrics: createMetrics(), shutdown };
  const capture = { interface: "eth0", snaplen: 0 };
  await expect(liveRole(context, { kind: "pcap", capture })).rejects.toThrow(
    /UMBRA_KAFKA_BROKERS.*UMBRA_SECRET/,
  );
});

test("tunnels are known by name", () => {
  expect([...tunnelPorts.keys()].map(tunnelNamed)).toEqual([...tunnelPorts.keys()]);
  expect(tunnelNamed("toString")).toBeUndefined();
});
