// The row of a service: when it was heard, and how much.
import type { Service } from "../model/inventory.ts";
import type { Sighting } from "../model/sighting.ts";

/** The service with what was heard of it now; null without sightings and without a known row. */
export function withSightings(known: Service | null, sightings: readonly Sighting[]): Service | null {
  let service = known;
  for (const { key, facts } of sightings) {
    service = {
      authority: key.authority,
      firstSeen: Math.min(service?.firstSeen ?? Infinity, facts.firstSeen),
      lastSeen: Math.max(service?.lastSeen ?? -Infinity, facts.lastSeen),
      requests: (service?.requests ?? 0) + (key.protocol === "tls" ? 0 : facts.requests),
    };
  }
  return service;
}
