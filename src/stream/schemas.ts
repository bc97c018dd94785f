// What each message must look like, checked when it is consumed and published as JSON Schema under docs/messages/.
import { z } from "zod";
import { GRPC_STATUSES } from "../model/grpc-facts.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Shape } from "../model/shape.ts";
import type { Sighting } from "../model/sighting.ts";
import { AUTH_SCHEMES } from "../model/sighting.ts";
import { STREAM_KINDS } from "../model/stream-facts.ts";
import { TEXT_SIGNALS } from "../model/text-facts.ts";
import { aiFacts, toolFacts } from "./ai-schemas.ts";
import { bare, bounded, count, hash32, named, time } from "./schema-parts.ts";

export { PROTO_STAND_IN } from "./schema-parts.ts";

const numberShape = z.object({
  count,
  integer: z.boolean(),
  fits: z.enum(["int32", "int53", "int64", "big"]),
  decimals: count,
});

const stringShape = z.object({
  count,
  empty: count,
  formats: z.number().int(),
  minLength: count,
  maxLength: count,
  words: named(count).exactOptional(),
});

const tags = named(named(z.object({ count, fields: bounded(count) })));

export const shapeSchema: z.ZodType<Shape> = z
  .strictObject({
    count,
    nulls: count.exactOptional(),
    booleans: count.exactOptional(),
    number: numberShape.exactOptional(),
    string: stringShape.exactOptional(),
    get array() {
      return z
        .strictObject({
          count,
          empty: count,
          minLength: count,
          maxLength: count,
          items: z.lazy(() => shapeSchema).exactOptional(),
          tuple: count.exactOptional(),
        })
        .exactOptional();
    },
    get object() {
      return z
        .object({ count, fields: bounded(z.lazy(() => shapeSchema)), tags: tags.exactOptional() })
        .exactOptional();
    },
    any: z.literal(true).exactOptional(),
    proto: count.exactOptional(),
  })
  .meta({ id: "Shape" });

const bodyFacts = z
  .strictObject({
    count,
    shaped: count,
    truncated: count,
    unparsed: count,
    shape: shapeSchema.nullable(),
  })
  .meta({ id: "BodyFacts" });

const responseFacts = z.object({
  count,
  bodies: named(bodyFacts),
  headers: bounded(count),
});

const paramFacts = z.object({
  requests: count,
  repeated: count,
  shape: shapeSchema,
  lists: count.exactOptional(),
  items: shapeSchema.exactOptional(),
});

const authFacts = z.object({
  scheme: z.enum(AUTH_SCHEMES),
  name: z.string().nullable(),
  requests: count,
  successes: count,
});

const dataClassFacts = z.object({
  dataClass: z.string(),
  place: z.enum([
    "request.path",
    "request.query",
    "request.header",
    "request.cookie",
    "request.body",
    "response.header",
    "response.body",
  ]),
  field: z.string(),
  exchanges: count,
});

const callerFacts = z.object({
  address: z.string(),
  agent: z.string(),
  requests: count,
  firstSeen: time,
  lastSeen: time,
  actor: z.string().exactOptional(),
  workload: z.string().exactOptional(),
});

const declaredFacts = z
  .object({
    kind: z.enum(["service", "workload", "account", "upstream"]),
    name: z.string().nullable(),
    namespace: z.string().nullable(),
    labels: z.array(z.string()).max(8),
    place: z.enum(["log", "request.header", "response.header"]),
    header: z.string().nullable(),
    requests: count,
  })
  .meta({ id: "DeclaredFacts" });

const source = z.enum(["mirror", "capture", "har", "access-log", "gateway-log", "push"]);
const flag = z.enum([
  "request-partial",
  "response-partial",
  "midstream",
  "tcp-conflict",
  "gap",
  "one-way",
  "orphan-response",
  "smuggling-suspect",
  "encoding-error",
  "encoding-limit",
  "upgraded",
  "continued",
  "aborted",
]);

const heard = z.object({ first: time, last: time, callers: z.array(hash32) });

const groupingFacts = z
  .object({
    good: heard.exactOptional(),
    bad: heard.exactOptional(),
    pages: named(count).exactOptional(),
    segments: z.array(hash32.nullable()).exactOptional(),
    returned: bounded(z.array(hash32)).exactOptional(),
  })
  .meta({ id: "GroupingFacts" });

const textFacts = z
  .object({
    looked: count,
    signals: z.partialRecord(z.enum(TEXT_SIGNALS), z.object({ count, firstSeen: time, lastSeen: time })),
    duration: named(count),
    speed: named(count),
    length: named(count),
    fit: z.object({ n: count, x: count, y: count, xx: count, yy: count, xy: count }),
    ins: z.array(hash32),
    outs: z.array(hash32),
    words: z.array(hash32),
    wordCount: count,
    pairs: bounded(z.object({ count, outs: z.array(hash32) })),
    nesting: z
      .object({ requests: count, enclosing: count, chance: count, hosts: bounded(count) })
      .exactOptional(),
  })
  .meta({ id: "TextFacts" });

const grpcFacts = z
  .object({
    statuses: z.partialRecord(z.enum(GRPC_STATUSES), count),
    sent: named(count),
    received: named(count),
  })
  .meta({ id: "GrpcFacts" });

const frameFacts = z.object({ frames: count, sizes: named(count), gaps: named(count) });

const streamFacts = z
  .object({
    kinds: z.partialRecord(z.enum(STREAM_KINDS), count),
    sent: frameFacts.exactOptional(),
    received: frameFacts.exactOptional(),
  })
  .meta({ id: "StreamFacts" });

const factsSchema = z.object({
  requests: count,
  digested: count,
  firstSeen: time,
  lastSeen: time,
  responses: named(responseFacts),
  requestBodies: named(bodyFacts),
  query: bounded(paramFacts),
  requestHeaders: bounded(count),
  cookies: bounded(count),
  auth: bounded(authFacts),
  dataClasses: bounded(dataClassFacts),
  callers: bounded(callerFacts),
  distinctCallers: z.array(hash32),
  servers: bounded(count),
  schemes: named(count),
  latency: named(count),
  requestBytes: named(count),
  responseBytes: named(count),
  sources: z.partialRecord(source, count),
  flags: z.partialRecord(flag, count),
  grouping: groupingFacts.exactOptional(),
  tools: bounded(toolFacts).exactOptional(),
  ai: aiFacts.exactOptional(),
  text: textFacts.exactOptional(),
  grpc: grpcFacts.exactOptional(),
  stream: streamFacts.exactOptional(),
  declared: bounded(declaredFacts).exactOptional(),
});

const keySchema = z.object({
  authority: z.string(),
  method: z.string(),
  path: z.string(),
  declared: z.boolean(),
  protocol: z.enum(["http/0.9", "http/1.0", "http/1.1", "h2", "h3", "grpc", "websocket", "tls", "unknown"]),
  style: z.enum(["rest", "graphql", "json-rpc", "grpc", "soap"]),
  operation: z.string().nullable(),
});

/** The annotations make the compiler compare each schema with the type it stands for. */
export const sightingSchema: z.ZodType<Sighting> = z.object({ key: keySchema, facts: factsSchema });

export const healthSchema: z.ZodType<CaptureHealth> = z.object({
  collector: z.string(),
  from: time.nullable(),
  to: time.nullable(),
  counters: named(z.number().min(0)),
  weirds: z.record(z.templateLiteral([z.string(), ".", z.string()]), count).overwrite(bare),
});
