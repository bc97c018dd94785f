// Whole inputs at once: like sightings are added up first and decided about when all is heard, so that rows are exact.
import { growFacts, sightingKeyText } from "../model/facts.ts";
import type { Own } from "../model/grow.ts";
import { ownCopy } from "../model/grow.ts";
import type { ServiceState } from "../model/inventory.ts";
import type { Facts, Sighting, SightingKey } from "../model/sighting.ts";
import { absorb } from "./absorb.ts";
import { Admission, otherHosts, renamed } from "./admission.ts";
import { byAuthority } from "./parts.ts";
import type { Rules } from "./rules.ts";

export interface Gathering {
  add(portion: readonly Sighting[]): void;
  /** What is known of each service, in order of first appearance. */
  finish(): readonly ServiceState[];
}

// Some 8 KiB of objects each: beyond it what is there is absorbed, which only costs that splits learn their shapes anew.
const MOST_KEYS = 20_000;

const NOTHING: ServiceState = { service: null, endpoints: new Map() };

interface Held {
  readonly key: SightingKey;
  facts: Facts;
  /** `facts` is a copy of our own. */
  isOwn: boolean;
}

export function createGathering(rules: Rules, mostKeys = MOST_KEYS): Gathering {
  const states = new Map<string, ServiceState>();
  const held = new Map<string, Held>();
  const admission = new Admission();
  const other = otherHosts(0);
  const absorbOne = (authority: string, group: readonly Sighting[]): void => {
    const known = states.get(authority) ?? NOTHING;
    states.set(authority, absorb(known, group, rules.contextOf(authority)).state);
  };
  const absorbHeld = (): void => {
    const sightings = Array.from(held.values(), ({ key, facts }) => ({ key, facts }));
    held.clear();
    const surplus: Sighting[] = [];
    for (const [authority, group] of byAuthority(sightings)) {
      const known = states.get(authority) ?? NOTHING;
      if (admission.admits(authority, known, group)) absorbOne(authority, group);
      else surplus.push(...renamed(group, other));
    }
    if (surplus.length > 0) absorbOne(other, surplus);
  };
  return {
    add(portion) {
      for (const { key, facts } of portion) {
        const text = sightingKeyText(key);
        const known = held.get(text);
        if (known === undefined) held.set(text, { key, facts, isOwn: false });
        else {
          known.facts = growFacts(known.isOwn ? (known.facts as Own<Facts>) : ownCopy(known.facts), facts);
          known.isOwn = true;
        }
      }
      if (held.size >= mostKeys) absorbHeld();
    },
    finish() {
      absorbHeld();
      return [...states.values()];
    },
  };
}
