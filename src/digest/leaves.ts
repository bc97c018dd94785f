// Looks for data classes in single values, and tells only which class stood under which name.
import type { DataClassFacts, Place } from "../model/sighting.ts";
import { dataClassKey } from "../model/facts.ts";
import type { DataClass } from "./data-class.ts";
import { createSieve, SHORTEST } from "./sieve.ts";

export interface LeafScanner {
  /** Looks at one value; `path` is asked for only when something was found. */
  scan(text: string, name: string, path: () => string): void;
  /** false: no number of this many characters under this name is of any class. */
  wantsNumber(name: string, length: number): boolean;
}

export interface DataClassMatcher {
  /** A credential that its form alone gives away. */
  isSecret(text: string): boolean;
  /** Notes what it finds at `place` in `found`; looks at 64 KiB of values at most. */
  scanner(place: Place, found: Map<string, DataClassFacts>): LeafScanner;
}

// Secrets and numbers are short; what is longer is prose or a blob, and its beginning must do.
const MAX_LEAF = 8192;
// All values of a usual API body; keeps huge bodies from costing more than their parsing.
const MAX_BODY = 65_536;
// An exchange with more findings says nothing new with the next.
const MAX_FOUND = 64;
// Deepest path of a public schema stays below this.
const MAX_FIELD = 256;
// Field names of all services of one collector; a full table is emptied rather than grown.
const MAX_KNOWN = 20_000;
interface Field {
  readonly name: string;
  /** Classes that only count under such a name. */
  readonly named: readonly DataClass[];
}

const NONE: readonly DataClass[] = [];
/** The one long text that most bodies are full of, and that holds nothing. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_LENGTH = 36;

export function createDataClassMatcher(dataClasses: readonly DataClass[]): DataClassMatcher {
  const free = dataClasses.filter(({ fields }) => fields === undefined);
  const byForm = createSieve(free);
  const bySecret = createSieve(free.filter(({ sensitivity }) => sensitivity === "credential"));
  const fieldOf = createFieldTable(dataClasses.filter(({ fields }) => fields !== undefined));
  const shortestNumber = byForm("0123456789+-.eE").shortest;

  const classesIn = (text: string, { name, named }: Field): readonly DataClass[] => {
    const hits =
      named.length === 0 ? NONE : named.filter((unit) => unit.hint.test(text) && unit.find(text, name));
    if (text.length < SHORTEST || (text.length === UUID_LENGTH && UUID.test(text))) return hits;
    const { shortest, hint, units } = byForm(text);
    if (text.length < shortest || !hint(text)) return hits;
    return [...hits, ...units.filter((unit) => unit.hint.test(text) && unit.find(text, name))];
  };
  return {
    isSecret(text) {
      if (text.length < SHORTEST) return false;
      const { shortest, hint, units } = bySecret(text);
      if (text.length < shortest || !hint(text)) return false;
      return units.some((unit) => unit.hint.test(text) && unit.find(text.slice(0, MAX_LEAF), ""));
    },
    scanner: (place, found) => {
      let left = MAX_BODY;
      return {
        scan(text, name, path) {
          if (left <= 0 || found.size >= MAX_FOUND) return;
          const looked = text.length > MAX_LEAF ? text.slice(0, MAX_LEAF) : text;
          left -= looked.length;
          const hits = classesIn(looked, fieldOf(name));
          for (const { id } of hits) note(found, { dataClass: id, place, field: path() });
        },
        wantsNumber: (name, length) => length >= shortestNumber || fieldOf(name).named.length > 0,
      };
    },
  };
}

// Fields of all services of one collector that hold something; a full table is emptied rather than grown.
const MAX_HITS = 20_000;
const hits = new Map<string, readonly [key: string, DataClassFacts]>();

/** The same finding is the same object, so that merging it compares no texts. */
function note(found: Map<string, DataClassFacts>, hit: Omit<DataClassFacts, "exchanges">): void {
  const field = hit.field.length > MAX_FIELD ? "{text}" : hit.field;
  const key = dataClassKey({ ...hit, field });
  let known = hits.get(key);
  if (known === undefined) {
    known = [key, { ...hit, field, exchanges: 1 }];
    if (hits.size >= MAX_HITS) hits.clear();
    hits.set(key, known);
  }
  found.set(...known);
}

function createFieldTable(named: readonly DataClass[]): (name: string) => Field {
  const known = new Map<string, Field>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= MAX_KNOWN) known.clear();
    const words = fieldWords(name);
    const field = { name: words, named: named.filter(({ fields }) => fields?.test(words) === true) };
    known.set(name, field);
    return field;
  };
}

/** `dateOfBirth`, `Date-Of-Birth`, `date of birth`: `date_of_birth`. */
export function fieldWords(name: string): string {
  return name
    .slice(0, MAX_FIELD)
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_|_$/g, "");
}
