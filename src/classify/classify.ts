// Stop 6: a sighting becomes an endpoint with a category and an AI verdict.
import { recogniseAi } from "../ai/recognise.ts";
import type { Classified, Identified } from "../model/classified.ts";
import type { DocumentMatch } from "../model/document.ts";
import type { Facts, Sighting, SightingKey } from "../model/sighting.ts";
import { skeletonOf } from "../model/identity.ts";
import { categoryOf } from "./category.ts";
import type { DocumentedTemplates } from "./grouping.ts";
import { templateOf } from "./grouping.ts";

/** Longest method token taken apart; registered ones have at most 17 characters (IANA HTTP Method Registry). */
const MAX_METHOD = 32;
/** Operation names are chosen by clients; longer ones are cut. */
const MAX_OPERATION = 256;

/** Which endpoint a sighting is of. A function of its key and the documents alone. */
export function identify(key: SightingKey, documented: DocumentedTemplates): Identified {
  const { path, parameters } = templateOf(key, documented);
  return {
    authority: key.authority,
    method: key.method.slice(0, MAX_METHOD),
    path,
    parameters,
    protocol: key.protocol,
    style: key.style,
    operation: key.operation === null ? null : key.operation.slice(0, MAX_OPERATION),
  };
}

/** Judges an endpoint by everything known of it (`facts`) and by what documents say (`match`). */
export function judge(found: Identified, facts: Facts, match: DocumentMatch): Classified {
  const ai = recogniseAi({ ...found, path: skeletonOf(found.path) }, facts);
  const listed = match.kind === "operation";
  const isClosed = found.protocol === "tls";
  const category = isClosed ? "encrypted" : categoryOf({ key: found, facts, ai, listed });
  return { ...found, facts, match, ai, category };
}

/** Identifies and judges a single sighting, as if nothing else had been heard. */
export function classify({ key, facts }: Sighting, documented: DocumentedTemplates): Classified {
  const found = identify(key, documented);
  return judge(found, facts, documented({ ...key, path: found.path }));
}
