// Stop 6: an endpoint, by everything known of it, gets a category and an AI verdict.
import { recogniseAi } from "../ai/recognise.ts";
import type { Classified, Identified } from "../model/classified.ts";
import type { DocumentMatch } from "../model/document.ts";
import { skeletonOf } from "../model/identity.ts";
import type { Facts } from "../model/sighting.ts";
import { categoryOf } from "./category.ts";

/** Judges an endpoint by everything known of it (`facts`) and by what documents say (`match`). */
export function judge(found: Identified, facts: Facts, match: DocumentMatch): Classified {
  // By the traffic's own clock: what has long not shown in an endpoint that is still called says less.
  const ai = recogniseAi({ ...found, path: skeletonOf(found.path) }, facts, { now: facts.lastSeen });
  const listed = match.kind === "operation";
  const isClosed = found.protocol === "tls";
  const category = isClosed ? "encrypted" : categoryOf({ key: found, facts, ai, listed });
  return { ...found, facts, match, ai, category };
}
