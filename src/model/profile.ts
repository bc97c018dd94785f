// What an endpoint did within some time, as little of it as comparing two times needs.
import type { Bound } from "./bounded.ts";
import { emptyBounded, emptyRecord, setEntry } from "./bounded.ts";
import { ALL_FORMATS } from "./formats.ts";
import type { Own } from "./grow.ts";
import { growBounded, growCapped, growCounters, growRecord, ownCopy } from "./grow.ts";
import type { FieldProfile, Profile } from "./past.ts";
import type { ObjectShape, Shape } from "./shape.ts";
import type { BodyFacts, Facts } from "./sighting.ts";
import { joinDistinct } from "./sketch.ts";

// Fields beyond say little more about whether an endpoint changed; a day of history stays below 5 KB.
const MAX_FIELDS = 64;
// Names of classes and media types of one endpoint; more are joined under "*".
const MAX_NAMES = 16;
const OTHER = "*";
const MAX_CLIENTS = 16;
// Deeper fields are rare and seldom what consumers break on.
const MAX_DEPTH = 6;

const FIELDS: Bound<FieldProfile> = {
  cap: MAX_FIELDS,
  join: (a, b) => growField(ownCopy(a), b),
  grow: (into, from) => growField(into, from),
};
const OBJECTS: Bound<number> = { cap: MAX_FIELDS, join: (a, b) => a + b };
const NAMES = { cap: MAX_NAMES, join: (a: number, b: number) => a + b, other: OTHER };

export function emptyProfile(): Profile {
  return {
    requests: 0,
    from: 0,
    to: 0,
    weekdays: [0, 0, 0, 0, 0, 0, 0],
    statuses: emptyRecord(),
    mediaTypes: emptyRecord(),
    known: 0,
    open: 0,
    clients: [],
    classes: emptyRecord(),
    fields: emptyBounded(),
    objects: emptyBounded(),
  };
}

/** Everything in both; `into` is changed and given back. */
export function growProfile(into: Own<Profile>, from: Profile): Profile {
  if (from.requests === 0) return into;
  into.from = into.requests === 0 ? from.from : Math.min(into.from, from.from);
  into.to = into.requests === 0 ? from.to : Math.max(into.to, from.to);
  into.requests += from.requests;
  into.weekdays = into.weekdays.map((count, day) => count + (from.weekdays[day] ?? 0));
  growRecord(into.statuses, from.statuses, NAMES.join);
  into.mediaTypes = growCapped(into.mediaTypes, from.mediaTypes, NAMES);
  into.known += from.known;
  into.open += from.open;
  into.clients = joinDistinct(into.clients, from.clients).slice(0, MAX_CLIENTS);
  into.classes = growCapped(into.classes, from.classes, NAMES);
  growBounded(into.fields, from.fields, FIELDS);
  growBounded(into.objects, from.objects, OBJECTS);
  return into;
}

function growField(into: Own<FieldProfile>, from: FieldProfile): FieldProfile {
  growWords(into, from);
  if (from.formats !== undefined) into.formats = (into.formats ?? ALL_FORMATS) & from.formats;
  into.present += from.present;
  growCounters(into.kinds, from.kinds);
  return into;
}

// Enumerations of more words are rare, and a day of history must stay small.
const MAX_WORDS = 16;

/** As in shapes: what was no word once is none for good. */
function growWords(into: Own<FieldProfile>, from: FieldProfile): void {
  if (from.kinds["string"] === undefined) return;
  const isNew = into.kinds["string"] === undefined;
  if (from.words === undefined) delete into.words;
  else if (isNew) into.words = ownCopy(from.words);
  else if (into.words !== undefined) growCounters(into.words, from.words);
  if (into.words !== undefined && Object.keys(into.words).length > MAX_WORDS) delete into.words;
}

const DAY = 86_400_000;

/** What the facts of one or more exchanges of about one time say. */
export function profileOf(facts: Facts): Profile {
  const at = facts.lastSeen;
  const weekdays = [0, 0, 0, 0, 0, 0, 0];
  weekdays[(((Math.floor(at / DAY) + 4) % 7) + 7) % 7] = facts.requests;
  const succeeded = Object.entries(facts.responses).filter(([status]) => /^2\d\d$/.test(status));
  const auth = Object.values(facts.auth.kept).filter(({ scheme }) => scheme !== "not-recorded");
  const successes = (isOpen: boolean) =>
    auth.filter(({ scheme }) => (scheme === "none") === isOpen).reduce((all, one) => all + one.successes, 0);
  const fields: Fields = { fields: emptyRecord(), objects: emptyRecord() };
  for (const [, { bodies }] of succeeded) addBodies(fields, "<", bodies);
  if (succeeded.length > 0 && succeeded.length === Object.keys(facts.responses).length) {
    addBodies(fields, ">", facts.requestBodies);
  }
  return growProfile(ownCopy(emptyProfile()), {
    requests: facts.requests,
    from: facts.firstSeen,
    to: at,
    weekdays,
    statuses: counts(Object.entries(facts.responses).map(([status, { count }]) => [status, count])),
    mediaTypes: counts(
      succeeded.flatMap(([, { bodies }]) => Object.entries(bodies).map(([type, { count }]) => [type, count])),
    ),
    known: successes(false),
    open: successes(true),
    clients: facts.distinctCallers,
    classes: counts(
      Object.values(facts.dataClasses.kept)
        .filter(({ place }) => place.startsWith("response."))
        .map(({ dataClass, exchanges }) => [dataClass, exchanges]),
    ),
    fields: { kept: fields.fields, tau: null, rest: null },
    objects: { kept: fields.objects, tau: null, rest: null },
  });
}

function counts(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const record = emptyRecord<number>();
  for (const [name, count] of pairs) setEntry(record, name, (record[name] ?? 0) + count);
  return record;
}

interface Fields {
  readonly fields: Record<string, FieldProfile>;
  readonly objects: Record<string, number>;
}

function addBodies(into: Fields, side: string, bodies: Readonly<Record<string, BodyFacts>>): void {
  for (const { shape } of Object.values(bodies)) {
    if (shape !== null) addShape(into, side, shape, 0);
  }
}

function addShape(into: Fields, path: string, { object, array }: Shape, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (array?.items !== undefined) addShape(into, `${path}[]`, array.items, depth + 1);
  if (object !== undefined && object.count > 0) addObject(into, path, object, depth);
}

function addObject(into: Fields, path: string, object: ObjectShape, depth: number): void {
  into.objects[path] = (into.objects[path] ?? 0) + object.count;
  for (const [name, field] of Object.entries(object.fields.kept)) {
    // Names in braces are keys of a map: none of them is expected. Namespaces of XML are none of what it is about.
    if (name.startsWith("{") || name.startsWith("@xmlns")) continue;
    const key = depth === 0 ? `${path} ${name}` : `${path}.${name}`;
    const found = { present: field.count, kinds: kindsIn(field), ...wordsIn(field), ...formatsIn(field) };
    const held = into.fields[key];
    into.fields[key] = held === undefined ? found : growField(ownCopy(held), found);
    addShape(into, key, field, depth + 1);
  }
}

function wordsIn({ string }: Shape): Pick<FieldProfile, "words"> {
  if (string === undefined) return {};
  const words = string.count === string.empty ? emptyRecord<number>() : string.words;
  return words === undefined || Object.keys(words).length > MAX_WORDS ? {} : { words };
}

function formatsIn({ string }: Shape): Pick<FieldProfile, "formats"> {
  return string === undefined || string.count === string.empty ? {} : { formats: string.formats };
}

function kindsIn({ nulls, booleans, number, string, array, object }: Shape): Record<string, number> {
  const found: readonly (readonly [string, number | undefined])[] = [
    ["null", nulls],
    ["boolean", booleans],
    [number?.integer === false ? "number" : "integer", number?.count],
    ["string", string?.count],
    ["array", array?.count],
    ["object", object?.count],
  ];
  return counts(found.flatMap(([kind, count = 0]) => (count > 0 ? [[kind, count] as const] : [])));
}
