// What was seen of an endpoint, as people read it: sorted rows, percentiles and what the bounds left out.
import { z } from "zod";
import type { Bounded, Histogram } from "../model/bounded.ts";
import { grpcSummary } from "../model/grpc-facts.ts";
import type { BodyFacts, Facts } from "../model/sighting.ts";
import { AUTH_SCHEMES } from "../model/sighting.ts";
import { streamSummary } from "../model/stream-facts.ts";
import { estimateDistinct, quantile } from "../model/sketch.ts";
import { authRows, dataClassRows } from "../report/endpoint-row.ts";
import { declaredJson, declaredSchema } from "./declared-json.ts";
import { count, iso, rows, time } from "./schema.ts";
import { PLACES } from "./words.ts";

const named = z.object({ name: z.string(), exchanges: count });

function bounded<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    left_out: count.describe(
      "Exchanges of rows that were not kept apart: there were too many different ones.",
    ),
  });
}

export const authRow = z.object({
  scheme: z.enum(AUTH_SCHEMES),
  name: z.string().nullable(),
  requests: count,
  successes: count,
});

export const dataClassRow = z.object({
  data_class: z.string(),
  place: z.enum(PLACES),
  field: z.string(),
  exchanges: count,
});

const bodyRow = z.object({
  media_type: z.string(),
  count,
  shaped: count.describe("Of those, how many were understood."),
  truncated: count,
  unparsed: count,
});

const percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable();

const middles = z.object({ p50: z.number(), p95: z.number() });
const frames = z.object({ frames: count, size: middles, gap_ms: middles.nullable() });

export const factsSchema = z.object({
  requests: count,
  digested: count.describe("Of those, how many had their bodies examined."),
  first_seen: time,
  last_seen: time,
  rests_on: z.array(z.object({ source: z.string(), requests: count })),
  schemes: z.array(z.object({ scheme: z.string(), requests: count })),
  responses: z.array(
    z.object({ status: z.string(), count, bodies: z.array(bodyRow), headers: bounded(named) }),
  ),
  request_bodies: z.array(bodyRow),
  query: bounded(z.object({ name: z.string(), requests: count, repeated: count })),
  request_headers: bounded(named),
  cookies: bounded(named),
  auth: bounded(authRow),
  data_classes: bounded(dataClassRow),
  callers: bounded(
    z.object({
      address: z.string(),
      agent: z.string(),
      workload: z.string().optional().describe("What headers or logs call it; `*` for several."),
      requests: count,
      first_seen: time,
      last_seen: time,
    }),
  ),
  distinct_callers: count.describe("Estimate, exact while small."),
  servers: bounded(z.object({ server: z.string(), requests: count })),
  declared: declaredSchema,
  latency_ms: percentiles,
  request_bytes: percentiles,
  response_bytes: percentiles,
  flags: z.array(z.object({ flag: z.string(), exchanges: count })),
  grpc: z
    .object({
      statuses: z.record(z.string(), count).describe("Calls by status code, `unheard` where none came."),
      streaming: z
        .enum(["none", "client", "server", "both"])
        .describe("Who sends more than one message in a call."),
    })
    .optional()
    .describe("Of gRPC calls. `responses` has the HTTP statuses that say the same as the codes."),
  stream: z
    .object({ kinds: z.record(z.string(), count), sent: frames.nullable(), received: frames.nullable() })
    .optional()
    .describe("How streams ran: what was sent at a time, by whom, and how long the next took."),
});

type FactsJson = z.infer<typeof factsSchema>;

export function factsJson(facts: Facts): FactsJson {
  return {
    requests: facts.requests,
    digested: facts.digested,
    first_seen: iso(facts.firstSeen),
    last_seen: iso(facts.lastSeen),
    rests_on: rows(facts.sources).map(([source, requests]) => ({ source, requests: requests ?? 0 })),
    schemes: rows(facts.schemes).map(([scheme, requests]) => ({ scheme, requests })),
    ...messagesJson(facts),
    ...peopleJson(facts),
    declared: declaredJson(facts),
    latency_ms: percentilesOf(facts.latency),
    request_bytes: percentilesOf(facts.requestBytes),
    response_bytes: percentilesOf(facts.responseBytes),
    flags: rows(facts.flags).map(([flag, exchanges]) => ({ flag, exchanges: exchanges ?? 0 })),
    ...(facts.grpc !== undefined && { grpc: grpcSummary(facts.grpc) }),
    ...(facts.stream !== undefined && { stream: streamSummary(facts.stream) }),
  };
}

type Messages = "responses" | "request_bodies" | "query" | "request_headers" | "cookies";

function messagesJson(facts: Facts): Pick<FactsJson, Messages> {
  return {
    responses: rows(facts.responses).map(([status, response]) => ({
      status,
      count: response.count,
      bodies: rows(response.bodies).map(bodyJson),
      headers: namedJson(response.headers),
    })),
    request_bodies: rows(facts.requestBodies).map(bodyJson),
    query: boundedJson(
      facts.query,
      (name, { requests, repeated }) => ({ name, requests, repeated }),
      (rest) => rest.requests,
    ),
    request_headers: namedJson(facts.requestHeaders),
    cookies: namedJson(facts.cookies),
  };
}

type People = "auth" | "data_classes" | "callers" | "distinct_callers" | "servers";

function peopleJson(facts: Facts): Pick<FactsJson, People> {
  return {
    auth: { items: authRows(facts), left_out: facts.auth.rest?.requests ?? 0 },
    data_classes: { items: dataClassRows(facts), left_out: facts.dataClasses.rest?.exchanges ?? 0 },
    callers: boundedJson(
      facts.callers,
      (_key, { address, agent, workload, requests, firstSeen, lastSeen }) => ({
        address,
        agent,
        ...(workload !== undefined && { workload }),
        requests,
        first_seen: iso(firstSeen),
        last_seen: iso(lastSeen),
      }),
      (rest) => rest.requests,
    ),
    distinct_callers: distinctCallers(facts),
    servers: boundedJson(
      facts.servers,
      (server, requests) => ({ server, requests }),
      (rest) => rest,
    ),
  };
}

export function distinctCallers(facts: Facts): number {
  return estimateDistinct(facts.distinctCallers);
}

function bodyJson([mediaType, body]: [string, BodyFacts]): z.infer<typeof bodyRow> {
  const { count, shaped, truncated, unparsed } = body;
  return { media_type: mediaType, count, shaped, truncated, unparsed };
}

function namedJson(names: Bounded<number>): { items: z.infer<typeof named>[]; left_out: number } {
  return boundedJson(
    names,
    (name, exchanges) => ({ name, exchanges }),
    (rest) => rest,
  );
}

function boundedJson<V, R>(
  { kept, rest }: Bounded<V>,
  row: (key: string, value: V) => R,
  counted: (rest: V) => number,
): { items: R[]; left_out: number } {
  return {
    items: rows(kept).map(([key, value]) => row(key, value)),
    left_out: rest === null ? 0 : counted(rest),
  };
}

function percentilesOf(histogram: Histogram): z.infer<typeof percentiles> {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(histogram, share));
  if (typeof p50 !== "number" || typeof p95 !== "number" || typeof p99 !== "number") return null;
  return { p50: shown(p50), p95: shown(p95), p99: shown(p99) };
}

// The sketch is right within 5 %: more digits than three would claim more.
function shown(value: number): number {
  return Number(value.toPrecision(3));
}
