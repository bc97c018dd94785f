// The documentation axis: what documents say about every endpoint, and which of their operations nobody calls.
import type { DocumentMatch, Spec } from "../model/document.ts";
import type { Category, Confidence, Endpoint, InventoryEvent, Standing } from "../model/inventory.ts";
import { createMatcher } from "../openapi/match.ts";
import { Prefixes } from "../openapi/prefix.ts";
import { confidenceOf } from "./confidence.ts";
import { changeEvents } from "./events.ts";
import { orphansOf, provenOf } from "./orphans.ts";

type Place = Pick<Endpoint, "standing" | "standingReason" | "specIds">;

const UNJUDGED: Place = {
  standing: "unjudged",
  standingReason: "encrypted: what is asked there cannot be heard",
  specIds: [],
};

/** What a match means for an endpoint that has traffic. */
export function standingFor(match: DocumentMatch, category: Category): Place {
  if (category === "encrypted") return UNJUDGED;
  if (match.kind !== "operation") return { standing: "shadow", standingReason: match.reason, specIds: [] };
  return {
    standing: match.retired === null ? "documented" : "zombie",
    standingReason: match.reason,
    specIds: match.specIds,
  };
}

export interface Judgement {
  /** Known rows that are different now. */
  readonly changed: readonly Endpoint[];
  /** New rows for operations that documents list and nobody calls. */
  readonly orphans: readonly Endpoint[];
  /** Orphans whose operation was heard since, or is listed no more. */
  readonly removedIds: readonly string[];
  readonly events: readonly InventoryEvent[];
  /** API endpoints by standing after the judgement; noise does not count. */
  readonly summary: Readonly<Record<Standing, number>>;
}

/**
 * Judges all endpoints by all documents, as after an upload. Rows keep their path: regrouping them is another step.
 * Judging twice changes nothing the second time. `at` is the time of the events.
 */
export function judgeAll(endpoints: readonly Endpoint[], specs: readonly Spec[], at = 0): Judgement {
  const heard = endpoints.filter((endpoint) => endpoint.facts !== null);
  const matcher = new Prefixes(createMatcher(specs)).learn(provenOf(heard));
  const judged = heard.map((endpoint) =>
    judgedBy(endpoint, matcher(endpoint.authority, endpoint.method, endpoint.path)),
  );
  const wanted = new Map(orphansOf(judged, specs).map((orphan) => [orphan.id, orphan]));
  const held = endpoints.filter((endpoint) => endpoint.facts === null);
  const heldIds = new Set(held.map((orphan) => orphan.id));
  const updates = [...judged, ...held.flatMap((orphan) => wanted.get(orphan.id) ?? [])];
  const before = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const changed = updates.filter((endpoint) => differs(endpoint, before.get(endpoint.id)));
  const orphans = [...wanted.values()].filter((orphan) => !heldIds.has(orphan.id));
  return {
    changed,
    orphans,
    removedIds: held.filter((orphan) => !wanted.has(orphan.id)).map((orphan) => orphan.id),
    events: changed.flatMap((endpoint) => changeEvents(before.get(endpoint.id) ?? null, endpoint, at)),
    summary: summaryOf([...judged, ...wanted.values()]),
  };
}

function judgedBy(endpoint: Endpoint, match: DocumentMatch): Endpoint {
  const listed = match.kind === "operation";
  const category = listed ? "api" : endpoint.category;
  return { ...endpoint, ...standingFor(match, category), category, confidence: sureness(endpoint, listed) };
}

/** Totals do not say what grouping said: noise that no document lists stays noise. */
function sureness({ facts, confidence, category }: Endpoint, listed: boolean): Confidence {
  if (facts === null || (confidence === "noise" && !listed)) return confidence;
  return confidenceOf(facts, { listed, category: listed ? "api" : category });
}

function differs(now: Endpoint, before: Endpoint | undefined): boolean {
  if (before === undefined) return true;
  return (
    now.standing !== before.standing ||
    now.standingReason !== before.standingReason ||
    now.category !== before.category ||
    now.confidence !== before.confidence ||
    now.specIds.join() !== before.specIds.join()
  );
}

function summaryOf(endpoints: readonly Endpoint[]): Readonly<Record<Standing, number>> {
  const summary: Record<Standing, number> = { documented: 0, shadow: 0, zombie: 0, orphan: 0, unjudged: 0 };
  for (const { category, confidence, standing } of endpoints) {
    if (category === "api" && confidence !== "noise") summary[standing] += 1;
  }
  return summary;
}
