// Whole inputs at once: like sightings are added up first and decided about when all is heard, so that rows are exact.
import { growFacts, sightingKeyText } from "../model/facts.ts";
import type { Own } from "../model/grow.ts";
import { ownCopy } from "../model/grow.ts";
import { isWeighed, jsonBytes } from "../model/json-size.ts";
import type { ServiceState } from "../model/inventory.ts";
import type { Facts, Sighting, SightingKey } from "../model/sighting.ts";
import { absorb } from "./absorb.ts";
import { Admission, otherHosts, renamed } from "./admission.ts";
import { byAuthority } from "./parts.ts";
import type { Rules } from "./rules.ts";
import { dropIndex } from "./service-index.ts";

export interface Gathering {
  add(portion: readonly Sighting[]): void;
  /** What is known of each service, in order of first appearance. */
  finish(): readonly ServiceState[];
}

/*
  Of JSON; some three times as much in memory. Enough for the distinct paths of a day of one API: beyond it what is there
  is absorbed, which only costs that what is split later learns its shapes anew.
*/
const MOST_BYTES = 16 * 1024 * 1024;

const NOTHING: ServiceState = { service: null, endpoints: new Map() };

interface Held {
  readonly key: SightingKey;
  facts: Facts;
  /** Sightings in `facts`; from the second on `facts` is a copy of our own. */
  merged: number;
  bytes: number;
}

export function createGathering(rules: Rules, mostBytes = MOST_BYTES): Gathering {
  const states = new Map<string, ServiceState>();
  const admission = new Admission();
  const other = otherHosts(0);
  const absorbOne = (authority: string, group: readonly Sighting[]): void => {
    const known = states.get(authority) ?? NOTHING;
    const { state } = absorb(known, group, rules.contextOf(authority));
    // Portions are large and rare: reading the state anew costs less than keeping what lies behind it.
    dropIndex(state);
    states.set(authority, state);
  };
  const pile = new Pile();
  const absorbPile = (): void => {
    const surplus: Sighting[] = [];
    for (const [authority, group] of byAuthority(pile.take())) {
      const known = states.get(authority) ?? NOTHING;
      if (admission.admits(authority, known, group)) absorbOne(authority, group);
      else surplus.push(...renamed(group, other));
    }
    if (surplus.length > 0) absorbOne(other, surplus);
  };
  return {
    add(portion) {
      for (const sighting of portion) {
        pile.add(sighting);
        if (pile.bytes >= mostBytes) absorbPile();
      }
    },
    finish() {
      absorbPile();
      return [...states.values()];
    },
  };
}

/** Sightings, like ones added up, with an estimate of their bytes as JSON. */
class Pile {
  bytes = 0;
  readonly #held = new Map<string, Held>();

  add({ key, facts }: Sighting): void {
    const text = sightingKeyText(key);
    const known = this.#held.get(text) ?? { key, facts, merged: 0, bytes: 0 };
    if (known.merged === 0) this.#held.set(text, known);
    else known.facts = growFacts(ownFacts(known), facts);
    known.merged += 1;
    if (!isWeighed(known.merged)) return;
    this.bytes -= known.bytes;
    known.bytes = jsonBytes(known.facts);
    this.bytes += known.bytes;
  }

  take(): readonly Sighting[] {
    const sightings = Array.from(this.#held.values(), ({ key, facts }) => ({ key, facts }));
    this.#held.clear();
    this.bytes = 0;
    return sightings;
  }
}

function ownFacts({ facts, merged }: Held): Own<Facts> {
  return merged === 1 ? ownCopy(facts) : (facts as Own<Facts>);
}
