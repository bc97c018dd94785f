// Notices requests during whose answering the same server calls a model host: the graph tells what no body needs to.
import { vendorOf } from "../../ai/catalogue.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { NestingFacts } from "../../model/text-facts.ts";
import { nothing, remembered, sole } from "../once.ts";

export interface Nesting {
  /** undefined: the server of this exchange is not known to call models. */
  note(exchange: Exchange): NestingFacts | undefined;
}

interface Call {
  readonly from: number;
  readonly to: number;
  readonly host: string;
  readonly trace: string;
}

interface Caller {
  readonly calls: Call[];
  since: number;
  count: number;
}

// Calls of the last minute or so of one server; longer answers are rare.
const MAX_CALLS = 64;
// Servers of one collector that call models; the one that called first is forgotten first.
const MAX_CALLERS = 1024;
const MAX_HOSTS = 10_000;

export function createNesting(): Nesting {
  const callers = new Map<string, Caller>();
  return {
    note(exchange) {
      if (isModelCall(exchange)) remember(callers, exchange);
      if (callers.size === 0) return undefined;
      const caller = callers.get(exchange.server.address);
      return caller === undefined ? undefined : nestingOf(caller, exchange);
    },
  };
}

const isModelHost = remembered((authority) => vendorOf(authority)?.trust === "certain", MAX_HOSTS);
const MODEL_PATH =
  /\/(?:chat\/completions|completions|v1\/(?:messages|responses|embeddings)|api\/(?:chat|generate|embed)|converse(?:-stream)?)$|:(?:stream)?generatecontent$/i;

function isModelCall({ request }: Exchange): boolean {
  return isModelHost(request.authority) || (request.method === "POST" && MODEL_PATH.test(request.path));
}

function remember(callers: Map<string, Caller>, exchange: Exchange): void {
  const { client, startedAt, endedAt, answeredAt, request } = exchange;
  if (client.address === "") return;
  const caller = callers.get(client.address) ?? { calls: [], since: startedAt, count: 0 };
  callers.set(client.address, caller);
  caller.calls.push({
    from: startedAt,
    to: endedAt ?? answeredAt ?? startedAt,
    host: request.authority,
    trace: traceOf(exchange),
  });
  caller.count += 1;
  caller.since = Math.min(caller.since, startedAt);
  if (caller.calls.length > MAX_CALLS) caller.calls.shift();
  if (callers.size <= MAX_CALLERS) return;
  for (const oldest of callers.keys()) {
    callers.delete(oldest);
    return;
  }
}

/*
  W3C Trace Context: traceparent = version "-" trace-id "-" parent-id "-" flags; the trace-id is the same all the way.
*/
function traceOf({ request }: Exchange): string {
  for (const [name, value] of request.headers) {
    if (name === "traceparent") return value.split("-")[1] ?? "";
    if (name === "x-request-id" || name === "x-b3-traceid") return value;
  }
  return "";
}

function nestingOf(caller: Caller, exchange: Exchange): NestingFacts | undefined {
  const { startedAt: from, endedAt: to } = exchange;
  if (to === null || to <= from) return undefined;
  const trace = traceOf(exchange);
  const inside = caller.calls.filter((call) => call.from >= from && call.to <= to);
  const linked = trace !== "" && inside.some((call) => call.trace === trace);
  const host = inside[0]?.host;
  return {
    requests: 1,
    enclosing: inside.length > 0 ? 1 : 0,
    chance: linked ? 0 : Math.round(1000 * chanceOf(caller, from, to)),
    hosts: host === undefined ? nothing() : sole(host, 1),
  };
}

// What is known of a server's habits when it has been heard only as long as this many requests take.
const LEAST_SPAN = 4;

// Requests and calls begin and end a little apart though one is made for the other.
const SLACK = 0.05;

/**
 * That a request of this length encloses a call though neither has to do with the other (Poisson): the call would have
 * to begin within the time by which the request is longer.
 */
function chanceOf({ calls, since, count }: Caller, from: number, to: number): number {
  const took = to - from;
  const until = calls.reduce((latest, call) => Math.max(latest, call.to), to);
  const span = Math.max(until - Math.min(since, from), LEAST_SPAN * took);
  const usual = calls.reduce((all, call) => all + call.to - call.from, 0) / calls.length;
  const room = Math.max(took - usual, SLACK * took);
  return 1 - Math.exp((-count / span) * room);
}
