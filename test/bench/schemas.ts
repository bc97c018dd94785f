// How much exported schemas say: which share of changed bodies they reject, by kind of change, after how many bodies.
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FormatsPlugin } from "ajv-formats";
import { shapeOf } from "../../src/digest/draft.ts";
import { createJsonReader } from "../../src/digest/json.ts";
import { createSafeName } from "../../src/digest/names.ts";
import { joinShape } from "../../src/model/shape.ts";
import { schemaOf } from "../../src/openapi/schema.ts";
import type { Json } from "../src/openapi/some-bodies.ts";
import { aModel, randomFrom } from "../src/openapi/some-bodies.ts";

type Change = (value: Json, random: () => number) => Json;

/** Changes one leaf or field, chosen at random from the root down. */
const inside =
  (change: Change): Change =>
  (value, random) => {
    if (typeof value !== "object" || value === null || random() < 0.15) return change(value, random);
    if (Array.isArray(value)) {
      const at = Math.floor(random() * value.length);
      return value.map((item: Json, index) => (index === at ? inside(change)(item, random) : item));
    }
    const names = Object.keys(value);
    const name = names[Math.floor(random() * names.length)];
    if (name === undefined) return change(value, random);
    return { ...value, [name]: inside(change)((value as Record<string, Json>)[name] as Json, random) };
  };

const CHANGES: Readonly<Record<string, Change>> = {
  "another kind": inside((value) => (typeof value === "object" ? 7 : { changed: true })),
  "no number": inside((value) => (typeof value === "number" ? "seven" : 7)),
  "another text": inside((value) => (typeof value === "string" ? "~ no format has this ~" : value)),
  "field left out": inside((value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).slice(1));
  }),
};

/** Places of fields, and of the objects they stand in, with how often each was there. */
function placesIn(value: Json, place: string, into: Map<string, number>): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) for (const item of value) placesIn(item as Json, `${place}[]`, into);
  else {
    into.set(place, (into.get(place) ?? 0) + 1);
    for (const [name, held] of Object.entries(value)) {
      const at = `${place}.${name}`;
      into.set(`${at}?`, (into.get(`${at}?`) ?? 0) + 1);
      placesIn(held as Json, at, into);
    }
  }
}

/** Without one field that all objects of its kind have, wherever the first such is; as it is where there is none. */
function withoutNeeded(value: Json, place: string, needed: (place: string, name: string) => boolean): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const [first, ...others] = value as Json[];
    return first === undefined ? value : [withoutNeeded(first, `${place}[]`, needed), ...others];
  }
  const names = Object.keys(value);
  const lost = names.findLast((name) => needed(place, name));
  if (lost !== undefined)
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== lost)) as Json;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      name,
      withoutNeeded(held as Json, `${place}.${name}`, needed),
    ]),
  ) as Json;
}

// Enough to tell fields that are always there from those that nearly are.
const TRUTH = 600;

function rejected(seed: number, size: number): Record<string, readonly [number, number]> {
  const random = randomFrom(seed);
  const model = aModel(random);
  const bodies = Array.from({ length: size }, () => ({ data: model() }));
  const shapes = bodies.map((body) => {
    const reader = createJsonReader(
      createSafeName(() => false),
      null,
    );
    reader.read(JSON.stringify(body), true);
    return shapeOf(reader.draft);
  });
  const ajv = new Ajv2020({ strict: false, ownProperties: true });
  (addFormats as unknown as FormatsPlugin)(ajv);
  const validate = ajv.compile(
    schemaOf(
      shapes.reduce((a, b) => joinShape(a, b)),
      20,
      5,
    ),
  );
  const counts: Record<string, readonly [number, number]> = {};
  const places = new Map<string, number>();
  for (let at = 0; at < TRUTH; at += 1) placesIn(model(), "", places);
  const isNeeded = (place: string, name: string) => places.get(`${place}.${name}?`) === places.get(place);
  const changes: Readonly<Record<string, Change>> = {
    ...CHANGES,
    "needed field left out": (value) => withoutNeeded(value, "", isNeeded),
  };
  for (const [name, change] of Object.entries(changes)) {
    const changed = bodies
      .map((body): Json => ({ data: change(body.data, random) }))
      .filter((body, at) => JSON.stringify(body) !== JSON.stringify(bodies[at]));
    counts[name] = [changed.filter((body) => !validate(body)).length, changed.length];
  }
  return counts;
}

for (const size of [5, 30, 130]) {
  const sums: Record<string, [number, number]> = {};
  for (let seed = 1; seed <= 150; seed += 1) {
    for (const [name, [part, all]] of Object.entries(rejected(seed, size))) {
      const sum = (sums[name] ??= [0, 0]);
      sum[0] += part;
      sum[1] += all;
    }
  }
  const rates = Object.entries(sums).map(
    ([name, [part, all]]) => `${name} ${((100 * part) / all).toFixed(0)} %`,
  );
  process.stdout.write(`after ${size} bodies, rejected: ${rates.join(", ")}\n`);
}
