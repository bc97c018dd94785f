// What classification says about an endpoint: the type that stop 6 hands to stop 7.
import type { DocumentMatch } from "./document.ts";
import { identityKey } from "./identity.ts";
import type { AiVerdict, Category, Endpoint } from "./inventory.ts";
import type { Facts } from "./sighting.ts";
import { joinVariables, nameTemplate } from "./template.ts";
import { skeletonOf } from "./identity.ts";

/** Which endpoint was heard, as far as one sighting tells. */
export type Identified = Pick<
  Endpoint,
  "authority" | "method" | "path" | "parameters" | "protocol" | "style" | "operation"
>;

export interface Classified extends Identified {
  /** Everything known of the endpoint, this batch included: rows and verdicts follow from totals, never from steps. */
  readonly facts: Facts;
  readonly category: Category;
  readonly ai: AiVerdict;
  readonly match: DocumentMatch;
}

/** Later wins where an endpoint was heard over several: the one that says most about what it is. */
const PROTOCOLS = [
  "unknown",
  "tls",
  "http/0.9",
  "http/1.0",
  "http/1.1",
  "h2",
  "h3",
  "websocket",
  "grpc",
] as const;

/** Two observations of one endpoint; commutative and associative. */
export function joinIdentified(a: Identified, b: Identified): Identified {
  if (identityKey(a) !== identityKey(b)) throw new Error("only observations of one endpoint can be joined");
  const { path, parameters } = nameTemplate(skeletonOf(a.path), joinVariables(a.parameters, b.parameters));
  const newer = PROTOCOLS.indexOf(a.protocol) < PROTOCOLS.indexOf(b.protocol) ? b.protocol : a.protocol;
  return {
    authority: a.authority,
    method: a.method,
    path,
    parameters,
    protocol: newer,
    style: a.style,
    operation: a.operation,
  };
}
