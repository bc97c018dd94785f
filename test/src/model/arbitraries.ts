// Random values of the algebra's types, names from traffic that hurt included.
import * as fc from "fast-check";
import { boundedOf, emptyBounded, emptyRecord } from "../../../src/model/bounded.ts";
import type { DeclaredFacts } from "../../../src/model/declared.ts";
import { DECLARED, declaredKey } from "../../../src/model/declared.ts";
import type { FactCaps } from "../../../src/model/facts.ts";
import { authKey, boundsOf, callerKey, dataClassKey, emptyFacts } from "../../../src/model/facts.ts";
import { ALL_FORMATS } from "../../../src/model/formats.ts";
import type { Shape } from "../../../src/model/shape.ts";
import { SIBLINGS } from "../../../src/model/tags.ts";
import type { CallerFacts, BodyFacts, Facts, ResponseFacts } from "../../../src/model/sighting.ts";
import { histogramOf } from "../../../src/model/sketch.ts";

export const name = fc.constantFrom(
  "a",
  "b",
  "c",
  "d",
  "e",
  "id",
  "__proto__",
  "constructor",
  "toString",
  "0",
  "é",
);

const width = fc.constantFrom("int32" as const, "int53" as const, "int64" as const, "big" as const);
const power = fc.constantFrom(1, 2, 4, 8, 16);

const leaf: fc.Arbitrary<Shape> = fc.oneof(
  fc.constant({ count: 1, nulls: 1 }),
  fc.constant({ count: 1, booleans: 1 }),
  fc.constant({ count: 1, any: true as const }),
  fc
    .record({ count: fc.constant(1), integer: fc.boolean(), fits: width, decimals: fc.nat(3) })
    .map((number) => ({ count: 1, number })),
  fc.constant({ count: 1, string: { count: 1, empty: 1, formats: ALL_FORMATS, minLength: 0, maxLength: 0 } }),
  fc.constantFrom<Shape>(
    { count: 1, string: { count: 1, empty: 0, formats: 0, minLength: 4, maxLength: 8 }, proto: 8 },
    { count: 1, string: { count: 1, empty: 0, formats: 0, minLength: 4, maxLength: 4 }, proto: 8 + 128 },
    { count: 1, object: { count: 1, fields: emptyBounded() }, proto: 8 + 64 },
    { count: 1, proto: 8 + 64 + 128 },
  ),
  fc.constantFrom("active", "closed", "pending").map((word) => ({
    count: 1,
    string: { count: 1, empty: 0, formats: 0, minLength: 4, maxLength: 8, words: { [word]: 1 } },
  })),
  fc.record({ formats: fc.nat(255), length: power }).map(({ formats, length }) => ({
    count: 1,
    string: { count: 1, empty: 0, formats, minLength: length, maxLength: length * 2 },
  })),
);

/** As if `id` told kinds of objects apart. */
function tagged(names: readonly string[]): Pick<NonNullable<Shape["object"]>, "tags"> {
  if (!names.includes("id")) return {};
  const fields = boundedOf(
    names.map((key) => [key, 1] as const),
    SIBLINGS,
  );
  return { tags: { type: { [names.length % 2 === 0 ? "even" : "odd"]: { count: 1, fields } } } };
}

/** One observed value; `cap` fields at most. */
export function aShape(cap: number): fc.Arbitrary<Shape> {
  const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
    shape: fc.oneof(
      { depthSize: "small", maxDepth: 3 },
      leaf,
      fc.nat(3).chain((n) =>
        (n === 0 ? fc.constant({}) : tie("shape").map((items) => ({ items }))).map((items) => ({
          count: 1,
          array: {
            count: 1,
            empty: n === 0 ? 1 : 0,
            minLength: n,
            maxLength: n,
            ...items,
            ...(n === 2 && { tuple: 72 }),
          },
        })),
      ),
      fc
        .uniqueArray(fc.tuple(name, tie("shape")), { selector: ([key]) => key, maxLength: 6 })
        .map((fields) => ({
          count: 1,
          object: {
            count: 1,
            fields: boundedOf(fields, { cap, join: (a) => a }),
            ...tagged(fields.map(([key]) => key)),
          },
        })),
    ),
  }));
  return shape;
}

function body(): fc.Arbitrary<BodyFacts> {
  return fc.record({
    count: fc.constant(1),
    shaped: fc.constant(1),
    truncated: fc.nat(1),
    unparsed: fc.nat(1),
    shape: fc.option(aShape(256)),
  });
}

function record<V>(values: fc.Arbitrary<V>, maxLength: number): fc.Arbitrary<Record<string, V>> {
  return fc.array(fc.tuple(name, values), { maxLength }).map((entries) => {
    const made = emptyRecord<V>();
    for (const [key, value] of entries) made[key] = value;
    return made;
  });
}

/** Of more kinds than are kept. */
export const aDeclaration: fc.Arbitrary<DeclaredFacts> = fc.record({
  kind: fc.constantFrom("service" as const, "account" as const),
  name: fc.option(name),
  namespace: fc.option(fc.constantFrom("shop", "pay")),
  labels: fc.subarray(["app=a", "team=b"]),
  place: fc.constantFrom("log" as const, "response.header" as const),
  header: fc.constantFrom(null, "x-service-name"),
  requests: fc.constant(1),
});

/** What one exchange tells. */
export function aFacts(caps: FactCaps): fc.Arbitrary<Facts> {
  const bounds = boundsOf(caps);
  const response: fc.Arbitrary<ResponseFacts> = fc.record({
    count: fc.constant(1),
    bodies: record(body(), 1),
    headers: name.map((header) => boundedOf([[header, 1]], bounds.headers)),
  });
  return fc
    .record({
      at: fc.nat(1000),
      name,
      shape: aShape(256),
      status: fc.constantFrom("200", "404", "unknown"),
      response,
      bodies: record(body(), 1),
      scheme: fc.constantFrom("none" as const, "basic" as const, "api-key-header" as const),
      place: fc.constantFrom("request.body" as const, "request.query" as const),
      hash: fc.nat(2 ** 32 - 1),
      latency: fc.double({ min: 0, max: 1e6, noNaN: true }),
      declared: fc.option(aDeclaration),
      workload: fc.constantFrom(undefined, "shop/a", "shop/b"),
    })
    .map((made): Facts => {
      const auth = { scheme: made.scheme, name: made.name, requests: 1, successes: 1 };
      const dataClass = { dataClass: made.name, place: made.place, field: made.name, exchanges: 1 };
      const caller = {
        address: made.name,
        agent: made.name,
        requests: 1,
        firstSeen: made.at,
        lastSeen: made.at,
        ...(made.workload !== undefined && { workload: made.workload }),
      };
      const param = { requests: 1, repeated: 0, shape: made.shape };
      return {
        ...emptyFacts(made.at),
        requests: 1,
        digested: 1,
        responses: { [made.status]: made.response },
        requestBodies: made.bodies,
        query: boundedOf([[made.name, param]], bounds.query),
        requestHeaders: boundedOf([[made.name, 1]], bounds.headers),
        cookies: boundedOf([[made.name, 1]], bounds.cookies),
        auth: boundedOf([[authKey(auth), auth]], bounds.auth),
        dataClasses: boundedOf([[dataClassKey(dataClass), dataClass]], bounds.dataClasses),
        callers: boundedOf<CallerFacts>([[callerKey(caller), caller]], bounds.callers),
        distinctCallers: [made.hash],
        servers: boundedOf([[made.name, 1]], bounds.servers),
        schemes: { http: 1 },
        latency: histogramOf(made.latency),
        sources: { capture: 1 },
        flags: { gap: 1 },
        ...(made.declared !== null && {
          declared: boundedOf([[declaredKey(made.declared), made.declared]], DECLARED),
        }),
      };
    });
}

/** Joins `items` in a random order along a random tree. `picks` drives the choice. */
export function joinAnyhow<T>(items: readonly T[], join: (a: T, b: T) => T, picks: readonly number[]): T {
  const left = [...items];
  for (let step = 0; left.length > 1; step += 1) {
    const [a] = left.splice((picks[step * 2] ?? 0) % left.length, 1) as [T];
    const [b] = left.splice((picks[step * 2 + 1] ?? 0) % left.length, 1) as [T];
    left.push(join(a, b));
  }
  return left[0] as T;
}

export const picks = fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 });
