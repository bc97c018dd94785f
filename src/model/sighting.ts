// The value-free digest of one or more like exchanges: everything after the digest sees only this.
import type { Bounded, Distinct, Histogram } from "./bounded.ts";
import type { GroupingFacts } from "./grouping-facts.ts";
import type { ExchangeFlag, Source, WireProtocol } from "./exchange.ts";
import type { AiFacts } from "./ai-facts.ts";
import type { DeclaredFacts } from "./declared.ts";
import type { GrpcFacts } from "./grpc-facts.ts";
import type { EndpointHistory } from "./past.ts";
import type { Shape } from "./shape.ts";
import type { StreamFacts } from "./stream-facts.ts";
import type { TextFacts } from "./text-facts.ts";
import type { ToolFacts } from "./tool-facts.ts";

/**
 * How a request proved who it is. "none" is a finding, not an absence of data. "not-recorded": the source does not carry
 * the headers that would tell (plain access logs).
 */
export const AUTH_SCHEMES = [
  "none",
  "basic",
  "bearer-opaque",
  "bearer-jwt",
  "api-key-header",
  "api-key-query",
  "api-key-cookie",
  "session-cookie",
  "sigv4",
  "digest",
  "mtls",
  "other",
  "not-recorded",
] as const;

export type AuthScheme = (typeof AUTH_SCHEMES)[number];

/** Where in the exchange something stood. */
export type Place =
  | "request.path"
  | "request.query"
  | "request.header"
  | "request.cookie"
  | "request.body"
  | "response.header"
  | "response.body";

export interface AuthFacts {
  readonly scheme: AuthScheme;
  /** Header, parameter or cookie name that carried it; null for none and mtls. Never its value. */
  readonly name: string | null;
  readonly requests: number;
  /** Of those, how many were answered 2xx. */
  readonly successes: number;
}

export interface DataClassFacts {
  /** Unit id under digest/data-classes, e.g. "email". */
  readonly dataClass: string;
  readonly place: Place;
  /** JSON path with [] for items (`user.emails[]`), parameter, header or cookie name; "" for unstructured text. */
  readonly field: string;
  /** Exchanges in which it was found. */
  readonly exchanges: number;
}

export interface CallerFacts {
  /** Client address as the source tells it (X-Forwarded-For already applied where the reader trusts it). */
  readonly address: string;
  /** User-agent family, e.g. "okhttp", "Chrome", "python-requests"; "" when none came. */
  readonly agent: string;
  readonly requests: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Class of AI software it claims to be ("coding-agent", "llm-sdk", …); absent for everybody else. */
  readonly actor?: string;
  /** What it is called by the mesh or the log it came through, as `namespace/name`; "*" for several. Absent: not told. */
  readonly workload?: string;
}

export interface ParamFacts {
  /** Requests that carried it. */
  readonly requests: number;
  /** Requests that carried it more than once. */
  readonly repeated: number;
  /** Of its lexemes. */
  readonly shape: Shape;
  /** Values that were lists with commas, and the items of those; absent while there was none. */
  readonly lists?: number;
  readonly items?: Shape;
}

export interface BodyFacts {
  /** Messages with a body of this media type. */
  readonly count: number;
  /** Of those: parsed into `shape`; cut short; not parseable as what it claims to be. The rest was not sampled. */
  readonly shaped: number;
  readonly truncated: number;
  readonly unparsed: number;
  readonly shape: Shape | null;
}

export interface ResponseFacts {
  readonly count: number;
  /** By media type, lower case, without parameters; "" when undeclared. At most 16, then "*". */
  readonly bodies: Readonly<Record<string, BodyFacts>>;
  /** Header names to responses that carried them. */
  readonly headers: Bounded<number>;
}

/** What is known about one kind of exchange. Joined by `joinFacts`, commutative and associative. */
export interface Facts {
  readonly requests: number;
  /** Of those, how many had their bodies examined; the others were only counted (sampling of busy endpoints). */
  readonly digested: number;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** By status, e.g. "200"; "unknown" where none was heard. */
  readonly responses: Readonly<Record<string, ResponseFacts>>;
  /** By media type, as in `ResponseFacts.bodies`. */
  readonly requestBodies: Readonly<Record<string, BodyFacts>>;
  /** By parameter name. */
  readonly query: Bounded<ParamFacts>;
  /** Header names to requests that carried them. */
  readonly requestHeaders: Bounded<number>;
  readonly cookies: Bounded<number>;
  /** Key: `${scheme} ${name ?? ""}`. */
  readonly auth: Bounded<AuthFacts>;
  /** Key: `${dataClass} ${place} ${field}`. */
  readonly dataClasses: Bounded<DataClassFacts>;
  /** Key: `${address} ${agent}`. */
  readonly callers: Bounded<CallerFacts>;
  /** Keyed hashes of client addresses. */
  readonly distinctCallers: Distinct;
  /** `address:port` to requests. */
  readonly servers: Bounded<number>;
  /** "http" | "https" | "unknown" to requests. */
  readonly schemes: Readonly<Record<string, number>>;
  /** Milliseconds from first byte of the request to first byte of the response. */
  readonly latency: Histogram;
  readonly requestBytes: Histogram;
  readonly responseBytes: Histogram;
  readonly sources: Readonly<Partial<Record<Source, number>>>;
  readonly flags: Readonly<Partial<Record<ExchangeFlag, number>>>;
  /** What grouping needs beside the rest; kept by the service's routes, not by its endpoints. */
  readonly grouping?: GroupingFacts;
  /** What is offered to language models there, and calls of it. Key: `${kind} ${name}`. Absent: nothing. */
  readonly tools?: Bounded<ToolFacts>;
  /** Use of language models and attacks on them. Absent: nothing to tell. */
  readonly ai?: AiFacts;
  /** What its texts are like; absent where nothing was said in words. */
  readonly text?: TextFacts;
  /** Of gRPC calls; absent for everything else. */
  readonly grpc?: GrpcFacts;
  /** How its streams ran; absent where nothing streams. */
  readonly stream?: StreamFacts;
  /** Who answers, as headers and logs declare it. Key: `declaredKey`. Absent: nothing does. */
  readonly declared?: Bounded<DeclaredFacts>;
  /** Of an endpoint: what it did day by day. Sightings carry none. */
  readonly history?: EndpointHistory;
}

/** What groups exchanges into one sighting. */
export interface SightingKey {
  /** host[:port], lower case, default port dropped. */
  readonly authority: string;
  readonly method: string;
  /**
   * Normalised path. Segments whose class alone tells that they are identifiers (uuid, long hex, e-mail, …) appear as
   * `{class}`, with any `:verb` or extension kept behind it; their value is gone. All other segments keep their text,
   * with literal braces percent-encoded. A route the source declares keeps its own `{names}` and sets `declared`.
   */
  readonly path: string;
  readonly declared: boolean;
  readonly protocol: WireProtocol;
  /** "rest", or the protocol on top whose operation is named below. */
  readonly style: "rest" | "graphql" | "json-rpc" | "grpc" | "soap";
  /** e.g. `query GetUser`, `tools/list`, `Greeter/SayHello`; null for rest. */
  readonly operation: string | null;
}

export interface Sighting {
  readonly key: SightingKey;
  readonly facts: Facts;
}
