// Counts of an endpoint are those of its routes, whatever became part of it or was split off in between.
import { emptyBounded, emptyRecord, setEntry } from "../model/bounded.ts";
import { emptyFacts } from "../model/facts.ts";
import type { RouteEvidence } from "../model/route.ts";
import type { Facts, ResponseFacts } from "../model/sighting.ts";

/** Counts and times as `evidence` has them. */
export type Counts = Pick<RouteEvidence, "requests" | "firstSeen" | "lastSeen" | "statuses">;

export function isExact(facts: Facts, counts: Counts): boolean {
  return (
    facts.requests === counts.requests &&
    facts.firstSeen === counts.firstSeen &&
    facts.lastSeen === counts.lastSeen &&
    sameStatuses(facts.responses, counts.statuses)
  );
}

function sameStatuses(responses: Facts["responses"], statuses: Counts["statuses"]): boolean {
  let left = 0;
  for (const status in statuses) {
    if (responses[status]?.count !== statuses[status]) return false;
    left += 1;
  }
  for (const status in responses) if (responses[status] !== undefined) left -= 1;
  return left === 0;
}

/** `facts` with exact counts and times; all else is what was learned, perhaps as part of another endpoint. */
export function withCounts(facts: Facts, counts: Counts): Facts {
  if (isExact(facts, counts)) return facts;
  const { requests, firstSeen, lastSeen, statuses } = counts;
  const responses = emptyRecord<ResponseFacts>();
  for (const status in statuses) {
    const count = statuses[status] ?? 0;
    setEntry(responses, status, { ...(facts.responses[status] ?? NOTHING_LEARNED), count });
  }
  return { ...facts, requests, digested: Math.min(facts.digested, requests), firstSeen, lastSeen, responses };
}

const NOTHING_LEARNED: Omit<ResponseFacts, "count"> = { bodies: {}, headers: emptyBounded() };

/** Of an endpoint of which nothing is known but its routes. */
export function factsFrom(evidence: RouteEvidence): Facts {
  return { ...withCounts(emptyFacts(evidence.firstSeen), evidence), distinctCallers: evidence.callers };
}

/** Counts of several together. */
export function sumOf(all: readonly Counts[]): Counts {
  const statuses = emptyRecord<number>();
  let requests = 0;
  let firstSeen = Infinity;
  let lastSeen = -Infinity;
  for (const one of all) {
    requests += one.requests;
    firstSeen = Math.min(firstSeen, one.firstSeen);
    lastSeen = Math.max(lastSeen, one.lastSeen);
    for (const status in one.statuses) {
      setEntry(statuses, status, (statuses[status] ?? 0) + (one.statuses[status] ?? 0));
    }
  }
  return { requests, firstSeen, lastSeen, statuses };
}
