// Services as the API shows them.
import { z } from "zod";
import type { Endpoint, Service } from "../model/inventory.ts";
import type { ServiceSummary } from "../store/store.ts";
import { component, count, iso, pageOf, time } from "./schema.ts";
import { CATEGORIES, CONFIDENCES, STANDINGS, VERDICTS } from "./words.ts";

export const serviceRow = component(
  "ServiceRow",
  "What answers for an authority, in a list.",
  z.object({
    authority: z.string(),
    requests: count,
    first_seen: time,
    last_seen: time,
    endpoints: count.describe("All endpoints, of any category."),
    shadow: count.describe("API endpoints in no document, without noise."),
    ai: count.describe("Endpoints with the verdict confirmed or likely."),
  }),
);

export const servicePage = pageOf("ServicePage", serviceRow);

/** How many of each word; every word is there, with 0 too. */
function tally<T extends string>(words: readonly [T, ...T[]]) {
  return z.object(Object.fromEntries(words.map((word) => [word, count])) as Record<T, typeof count>);
}

export const serviceDetail = component(
  "Service",
  "What answers for an authority, with how its endpoints are spread over each axis.",
  z.object({
    authority: z.string(),
    requests: count,
    first_seen: time.nullable().describe("null when only documents name it."),
    last_seen: time.nullable(),
    endpoints: count.describe("All endpoints, pages, assets and noise too."),
    by_standing: tally(STANDINGS),
    by_confidence: tally(CONFIDENCES),
    by_category: tally(CATEGORIES),
    by_ai: tally(VERDICTS),
    spec_ids: z.array(z.string()).describe("Documents that list one of its endpoints."),
  }),
);

export function serviceRowJson(service: ServiceSummary): z.infer<typeof serviceRow> {
  return {
    authority: service.authority,
    requests: service.requests,
    first_seen: iso(service.firstSeen),
    last_seen: iso(service.lastSeen),
    endpoints: service.endpoints,
    shadow: service.shadow,
    ai: service.ai,
  };
}

export function serviceDetailJson(
  authority: string,
  service: Service | null,
  endpoints: readonly Endpoint[],
): z.infer<typeof serviceDetail> {
  return {
    authority,
    requests: service?.requests ?? 0,
    first_seen: service === null ? null : iso(service.firstSeen),
    last_seen: service === null ? null : iso(service.lastSeen),
    endpoints: endpoints.length,
    by_standing: spread(endpoints, STANDINGS, (endpoint) => endpoint.standing),
    by_confidence: spread(endpoints, CONFIDENCES, (endpoint) => endpoint.confidence),
    by_category: spread(endpoints, CATEGORIES, (endpoint) => endpoint.category),
    by_ai: spread(endpoints, VERDICTS, (endpoint) => endpoint.ai.verdict),
    spec_ids: [...new Set(endpoints.flatMap((endpoint) => endpoint.specIds))].sort(),
  };
}

function spread<T extends string>(
  endpoints: readonly Endpoint[],
  words: readonly T[],
  wordOf: (endpoint: Endpoint) => T,
): Record<T, number> {
  const counts = Object.fromEntries(words.map((word) => [word, 0])) as Record<T, number>;
  for (const endpoint of endpoints) counts[wordOf(endpoint)] += 1;
  return counts;
}
