// What an endpoint did day by day of late, and before: enough to tell what changed, whatever the order of arrival.
import { emptyRecord } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { ownCopy } from "./grow.ts";
import type { Profile } from "./profile.ts";
import { emptyProfile, growProfile, profileOf } from "./profile.ts";
import type { Facts } from "./sighting.ts";

/** Bounded: seven days and all before them. Joined by `joinHistory`, commutative and associative. */
export interface EndpointHistory {
  /** Everything before the days kept one by one. */
  readonly before: Profile;
  /** By day (days since the epoch, UTC); the seven newest. */
  readonly days: Readonly<Record<string, Profile>>;
  /** Findings a person has seen (acknowledged) or taken for normal (accepted), by id; the newest 64. */
  readonly judged: Readonly<Record<string, "acknowledged" | "accepted">>;
}

/** A change is news for a week; the weekly report must still find it. */
export const DAYS_KEPT = 7;
const MAX_JUDGED = 64;
const DAY = 86_400_000;

/** `held` (changed and given back) with what one or more exchanges of about one time say. */
export function growHistory(held: EndpointHistory | undefined, facts: Facts): EndpointHistory {
  const history = (held ?? emptyHistory()) as Own<EndpointHistory>;
  const days = history.days as Record<string, Profile>;
  const day = String(Math.floor(facts.lastSeen / DAY));
  const known = days[day];
  days[day] = known === undefined ? profileOf(facts) : growProfile(known, profileOf(facts));
  if (known === undefined) settle(history);
  return history;
}

/** Of two endpoints that turned out to be one. */
export function joinHistory(
  a: EndpointHistory | undefined,
  b: EndpointHistory | undefined,
): EndpointHistory | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const history = ownCopy(a);
  const days = history.days as Record<string, Profile>;
  growProfile(history.before, b.before);
  for (const [day, profile] of Object.entries(b.days)) {
    const known = days[day];
    days[day] = known === undefined ? (ownCopy(profile) as Profile) : growProfile(known, profile);
  }
  history.judged = { ...b.judged, ...a.judged };
  settle(history);
  return history;
}

/** `history` with a person's word about a finding. */
export function judge(
  history: EndpointHistory,
  id: string,
  word: "acknowledged" | "accepted",
): EndpointHistory {
  const others = Object.entries(history.judged).filter(([held]) => held !== id);
  return { ...history, judged: Object.fromEntries([...others.slice(1 - MAX_JUDGED), [id, word]]) };
}

function emptyHistory(): EndpointHistory {
  return { before: ownCopy(emptyProfile()), days: emptyRecord(), judged: emptyRecord() };
}

/** Days that are too old by the newest one join what was before. */
function settle(history: Own<EndpointHistory>): void {
  const days = history.days as Record<string, Profile>;
  const newest = Math.max(...Object.keys(days).map(Number));
  for (const day of Object.keys(days)) {
    if (Number(day) > newest - DAYS_KEPT) continue;
    growProfile(history.before, days[day] as Profile);
    delete days[day];
  }
}
