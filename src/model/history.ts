// Grows what an endpoint did day by day of late, and before: the same whatever the order of arrival.
import { emptyRecord } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { ownCopy } from "./grow.ts";
import type { EndpointHistory, Profile } from "./past.ts";
import { emptyProfile, growProfile, profileOf } from "./profile.ts";
import type { Facts } from "./sighting.ts";

/** A change is news for a week; the weekly report must still find it. */
export const DAYS_KEPT = 7;
const DAY = 86_400_000;

export function emptyHistory(): EndpointHistory {
  return { before: ownCopy(emptyProfile()), days: emptyRecord() };
}

/** What one or more exchanges of about one time say. */
export function historyOf(facts: Facts): EndpointHistory {
  const days = emptyRecord<Profile>();
  days[String(Math.floor(facts.lastSeen / DAY))] = profileOf(facts);
  return { ...emptyHistory(), days };
}

/** `from` joined into `into`, which it gives back. */
export function growHistory(into: Own<EndpointHistory>, from: EndpointHistory): EndpointHistory {
  const days = into.days as Record<string, Profile>;
  growProfile(into.before, from.before);
  let isWider = false;
  for (const [day, profile] of Object.entries(from.days)) {
    const known = days[day];
    if (known !== undefined) growProfile(known, profile);
    else {
      days[day] = ownCopy(profile);
      isWider = true;
    }
  }
  if (isWider) settle(into);
  return into;
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
