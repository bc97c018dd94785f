// The inventory's nouns: services, endpoints and the events that tell what is new about them.
import type { GroupingSketch, Route } from "./route.ts";
import type { Facts, SightingKey } from "./sighting.ts";

/** Documentation axis. "unjudged": what is asked there cannot be heard, so no document can be held against it. */
export type Standing = "documented" | "shadow" | "zombie" | "orphan" | "unjudged";
/** How sure it is that this is a real endpoint. */
export type Confidence = "candidate" | "confirmed" | "noise";
/**
 * What answers there: only "api" belongs into exported documents and the shadow count. "encrypted": connections whose
 * content stayed closed, one row for each service, without method and path; its requests are connections.
 */
export type Category = "api" | "page" | "asset" | "probe" | "encrypted";

export type AiVerdictName = "confirmed" | "likely" | "watch" | "none";

/** One signed reason behind an AI verdict. */
export interface Evidence {
  readonly group: string;
  /** Log-odds. */
  readonly weight: number;
  readonly text: string;
  readonly count: number;
  /** Milliseconds since the epoch; absent in verdicts of older versions. */
  readonly firstSeen?: number;
  readonly lastSeen?: number;
}

/** What a verdict rests on, the richest first. */
export type AiBasis = "bodies" | "headers" | "access-log" | "server-name";

export interface AiVerdict {
  readonly verdict: AiVerdictName;
  /** Probability, 0..1. */
  readonly score: number;
  /** "chat-completion", "embedding", …; null while undecided. */
  readonly kind: string | null;
  readonly role: "provider" | "consumer" | "gateway" | null;
  /** Ids of wire formats that matched exactly. */
  readonly formats: readonly string[];
  readonly evidence: readonly Evidence[];
  /** Who owns the host, where it is known to be a vendor's; absent otherwise. */
  readonly vendor?: string;
  readonly basis?: AiBasis;
  /** Software that serves it, where a format or a header is one product's own ("Ollama", "LiteLLM"); absent otherwise. */
  readonly product?: string;
}

export interface PathParameter {
  readonly name: string;
  /** Token class that stood there (`uuid`, `int`, …), or "declared" when only a document says so. */
  readonly class: string;
  /**
   * Who gave the name: a person, a document, the source of the traffic (a declared route), or a field under which the
   * service returned the values; absent when it follows from the word before.
   */
  readonly named?: "person" | "document" | "source" | "evidence";
}

/** method + authority + path template (+ protocol operation), observed or, as orphan, only documented. */
export interface Endpoint {
  /** `ep_` and 16 characters; derived from the first key, kept for life. */
  readonly id: string;
  readonly authority: string;
  readonly method: string;
  /** Template with `{name}` variables. */
  readonly path: string;
  readonly parameters: readonly PathParameter[];
  readonly protocol: SightingKey["protocol"];
  readonly style: SightingKey["style"];
  readonly operation: string | null;
  readonly category: Category;
  readonly confidence: Confidence;
  readonly standing: Standing;
  /** Why it stands there, in one sentence; names the document and operation where there is one. */
  readonly standingReason: string;
  /** Documents that list it. */
  readonly specIds: readonly string[];
  readonly ai: AiVerdict;
  /** null for an orphan. */
  readonly facts: Facts | null;
  /** Where it was split from, while what was learned there is not its own. */
  readonly carved?: Carving;
}

/** An endpoint split off another: its counts are exact, its bodies and parameters are learned anew. */
export interface Carving {
  /** Id of the endpoint it was part of. */
  readonly from: string;
  /** Milliseconds since the epoch, by the traffic's clock. */
  readonly at: number;
  /** Of its requests, how many were examined as part of the other. */
  readonly requests: number;
}

export interface Service {
  readonly authority: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Requests that were heard; encrypted connections are none. */
  readonly requests: number;
}

/** What a classifier holds about one service and stores back in one transaction. */
export interface ServiceState {
  readonly service: Service | null;
  /** By endpoint id. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  /** Absent while nothing was heard that could be grouped. */
  readonly grouping?: ServiceGrouping;
}

/** What templates are decided from. */
export interface ServiceGrouping {
  /** Raised by each stored commit of the service; 0 before the first. */
  readonly version: number;
  /** Something proved that it is there: an answer with success, or a connection it took part in encrypting. */
  readonly answered: boolean;
  readonly routes: readonly Route[];
  readonly sketch: GroupingSketch;
  /** What the last decision left for the next. */
  readonly remembered: readonly string[];
}

interface EventBase {
  /** Deterministic: same news, same id. */
  readonly id: string;
  /** Milliseconds since the epoch, by the traffic's clock (by the wall clock for what a person did). */
  readonly at: number;
  readonly authority: string;
}

interface EndpointEventBase extends EventBase {
  readonly endpointId: string;
  readonly method: string;
  readonly path: string;
}

export type InventoryEvent =
  | (EventBase & { readonly type: "service-discovered" })
  | (EndpointEventBase & { readonly type: "endpoint-discovered"; readonly standing: Standing })
  | (EndpointEventBase & {
      readonly type: "standing-changed";
      readonly from: Standing;
      readonly to: Standing;
    })
  | (EndpointEventBase & {
      readonly type: "confidence-changed";
      readonly from: Confidence;
      readonly to: Confidence;
    })
  | (EndpointEventBase & { readonly type: "auth-found"; readonly scheme: string })
  | (EndpointEventBase & {
      readonly type: "data-class-found";
      readonly dataClass: string;
      readonly place: string;
      readonly field: string;
    })
  | (EndpointEventBase & { readonly type: "status-found"; readonly status: string })
  | (EndpointEventBase & {
      readonly type: "ai-verdict-changed";
      readonly from: AiVerdictName;
      readonly to: AiVerdictName;
    })
  | (EndpointEventBase & AiChange)
  | (EndpointEventBase & {
      /** Other endpoints became part of this one. */
      readonly type: "endpoints-merged";
      /** At most 16, oldest first. */
      readonly merged: readonly { readonly endpointId: string; readonly path: string }[];
      /** How many there were. */
      readonly count: number;
      readonly evidence: readonly GroupingReason[];
    })
  | (EndpointEventBase & {
      /** What was part of another endpoint is one of its own now: this one. */
      readonly type: "endpoint-split";
      readonly from: string;
      readonly fromPath: string;
      readonly evidence: readonly GroupingReason[];
    });

/** What changed about the use of models and tools. */
export type AiChange =
  | {
      readonly type: "ai-tool-changed";
      readonly tool: string;
      readonly change: "added" | "removed" | "redefined" | "newly-destructive";
    }
  /** A host of the vendor was asked for the first time. */
  | { readonly type: "ai-vendor-found"; readonly vendor: string }
  /** A model of another family than those before, which are listed. */
  | {
      readonly type: "ai-model-changed";
      readonly model: string;
      readonly family: string;
      readonly before: readonly string[];
    }
  /** A credential for a vendor that had not been heard before; how many there are now. */
  | { readonly type: "ai-key-changed"; readonly keys: number };

/** One signed reason behind a decision about a segment of a path. */
export interface GroupingReason {
  readonly feature: string;
  /** Log-odds: above 0 for a variable, below for a route word. */
  readonly weight: number;
  readonly text: string;
}

export const NO_AI: AiVerdict = {
  verdict: "none",
  score: 0,
  kind: null,
  role: null,
  formats: [],
  evidence: [],
};

/** Counts as an API endpoint somebody owns: heard, and not a page, an asset, a probe or noise. */
export function isHeardApi({ category, confidence, standing }: Endpoint): boolean {
  return category === "api" && confidence !== "noise" && standing !== "orphan";
}

/** Shadow as people mean it. */
export function isShadowApi(endpoint: Endpoint): boolean {
  return endpoint.standing === "shadow" && isHeardApi(endpoint);
}

/** Belongs into the AI inventory. */
export function looksAi({ ai }: Endpoint): boolean {
  return ai.verdict === "confirmed" || ai.verdict === "likely";
}
