// The closed vocabularies of the model as lists, so that parameters and schemas name what is allowed; the compiler finds a forgotten word.
import type { TrafficState } from "../inventory/axes.ts";
import type { ClaimSource, Decision, Delivery, FindingRecord, OwnerFile } from "../model/governance.ts";
import type { AiVerdictName, Category, Confidence, InventoryEvent, Standing } from "../model/inventory.ts";
import type { Place } from "../model/sighting.ts";
import type { EndpointSort } from "../store/store.ts";

/** Keys of `words`, in order; the type forces every member of the union to be there. */
function all<T extends string>(words: Readonly<Record<T, true>>): readonly [T, ...T[]] {
  return Object.keys(words) as [T, ...T[]];
}

export const STANDINGS = all<Standing>({
  documented: true,
  shadow: true,
  zombie: true,
  orphan: true,
  unjudged: true,
});

export const CONFIDENCES = all<Confidence>({ candidate: true, confirmed: true, noise: true });

export const TRAFFIC = all<TrafficState>({ candidate: true, confirmed: true, noise: true, quiet: true });

export const CATEGORIES = all<Category>({
  api: true,
  page: true,
  asset: true,
  probe: true,
  encrypted: true,
});

export const VERDICTS = all<AiVerdictName>({ confirmed: true, likely: true, watch: true, none: true });

export const PLACES = all<Place>({
  "request.path": true,
  "request.query": true,
  "request.header": true,
  "request.cookie": true,
  "request.body": true,
  "response.header": true,
  "response.body": true,
});

export const EVENT_TYPES = all<InventoryEvent["type"]>({
  "service-discovered": true,
  "endpoint-discovered": true,
  "standing-changed": true,
  "confidence-changed": true,
  "auth-found": true,
  "data-class-found": true,
  "status-found": true,
  "ai-verdict-changed": true,
  "ai-tool-changed": true,
  "ai-vendor-found": true,
  "ai-model-changed": true,
  "ai-key-changed": true,
  "endpoints-merged": true,
  "endpoint-split": true,
});

export const DECISIONS = all<Decision>({
  unreviewed: true,
  approved: true,
  "to-be-retired": true,
  ignored: true,
});

export const FINDING_STATES = all<FindingRecord["state"]>({
  open: true,
  acknowledged: true,
  accepted: true,
  resolved: true,
});

export const SEVERITIES = all<FindingRecord["severity"]>({
  info: true,
  low: true,
  medium: true,
  high: true,
  critical: true,
});

export const DELIVERY_STATES = all<Delivery["state"]>({ pending: true, delivered: true, dead: true });

export const OWNER_FILES = all<OwnerFile["kind"]>({ codeowners: true, "catalog-info": true, rules: true });

export const CLAIMS = all<ClaimSource>({ person: true, import: true, rule: true, inferred: true });

export const SORTS = all<EndpointSort>({
  path: true,
  "-first_seen": true,
  "-last_seen": true,
  "-requests": true,
});
