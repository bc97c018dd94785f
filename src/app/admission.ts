// Bounds the services: whoever sends requests may write any host into them, but cannot make it answer.
import type { ServiceState } from "../model/inventory.ts";
import { isSuccess } from "../model/outcome.ts";
import type { Sighting } from "../model/sighting.ts";

/*
  Services that never answered with success: wrong names, retired hosts, scans by name. Organisations have some hundreds;
  a client that makes names up can make any number. Beyond it they are added up.
*/
export const MOST_UNANSWERED = 1_000;

/** The service that takes in all others of one partition; no host is called so (RFC 3986). */
export function otherHosts(partition: number): string {
  return partition === 0 ? "(other hosts)" : `(other hosts ${partition})`;
}

/** Something proves that it is there: an answer with success, or a connection it took part in encrypting. */
export function isAnswered(sightings: readonly Sighting[]): boolean {
  return sightings.some(
    ({ key, facts }) => key.protocol === "tls" || Object.keys(facts.responses).some(isSuccess),
  );
}

/** Remembers which services never answered. Changed in place by whoever owns it. */
export class Admission {
  readonly #unanswered: Set<string>;
  readonly #most: number;

  constructor(unanswered: Iterable<string> = [], most = MOST_UNANSWERED) {
    this.#unanswered = new Set(unanswered);
    this.#most = most;
  }

  /** Whether sightings of `authority` get a service of that name, of which `known` is known. */
  admits(authority: string, known: ServiceState, sightings: readonly Sighting[]): boolean {
    if (known.grouping?.answered === true || isAnswered(sightings)) {
      this.#unanswered.delete(authority);
      return true;
    }
    if (known.service !== null || this.#unanswered.has(authority)) return true;
    if (this.#unanswered.size >= this.#most) return false;
    this.#unanswered.add(authority);
    return true;
  }
}

export function renamed(sightings: readonly Sighting[], authority: string): readonly Sighting[] {
  return sightings.map(({ key, facts }) => ({ key: { ...key, authority }, facts }));
}
