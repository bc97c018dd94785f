// What is exported accepts everything it was learned from: bodies and parameters, whatever they held, however merged.
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FormatsPlugin } from "ajv-formats";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDigest } from "../../src/digest/digest.ts";
import { draftLexeme, emptyDraft, shapeOf } from "../../src/digest/draft.ts";
import { createJsonReader } from "../../src/digest/json.ts";
import { createSafeName } from "../../src/digest/names.ts";
import { joinFacts } from "../../src/model/facts.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { Shape } from "../../src/model/shape.ts";
import { joinShape } from "../../src/model/shape.ts";
import type { Facts } from "../../src/model/sighting.ts";
import { downgraded } from "../../src/openapi/downgrade.ts";
import { exportOpenApi } from "../../src/openapi/export.ts";
import { schemaOf } from "../../src/openapi/schema.ts";
import { anExchange, json } from "../src/digest/an-exchange.ts";
import { anEndpoint } from "../src/inventory/an-endpoint.ts";
import { joinAnyhow, picks } from "../src/model/arbitraries.ts";
import type { Json } from "../src/openapi/some-bodies.ts";
import { aModel, randomFrom } from "../src/openapi/some-bodies.ts";

const SERVICE = { authority: "shop.test", firstSeen: 0, lastSeen: 1, requests: 1 };
const REQUEST_PATH = "/paths/~1things/post/requestBody/content/application~1json/schema";
const RESPONSE_PATH = "/paths/~1things/post/responses/200/content/application~1json/schema";
const ITEM_PATH = "/paths/~1things~1{id}/get/responses/200/content/application~1json/schema";

// The package's types describe its CommonJS form.
const withFormats = addFormats as unknown as FormatsPlugin;

function aValidator(): Ajv2020 {
  // Fields may be called as what objects inherit.
  const ajv = new Ajv2020({
    strict: false,
    ownProperties: true,
    inlineRefs: false,
    code: { optimize: false },
  });
  withFormats(ajv);
  return ajv;
}

function validators(document: object) {
  const ajv = aValidator();
  ajv.addSchema(document, "doc");
  return (path: string) => {
    const validate = ajv.compile({ $ref: `doc#${path}` });
    return (value: unknown): unknown => validate(value) || validate.errors?.[0];
  };
}

const shapeIn = (value: Json): Shape => {
  const reader = createJsonReader(
    createSafeName(() => false),
    null,
  );
  reader.read(JSON.stringify(value), true);
  return shapeOf(reader.draft);
};

/** Facts of exchanges at two endpoints that speak of the same things. */
function factsOf(bodies: readonly Json[], clients: number): readonly Facts[] {
  const { digest } = createDigest({ dataClasses: [], hash32, sampleAfter: Infinity });
  return bodies.map((body, at) => {
    const client = { address: `203.0.113.${at % clients}`, port: 1 };
    return digest(anExchange({ client, request: { method: "POST", ...json(body) }, response: json(body) }))
      .facts;
  });
}

const trial = fc.record({
  seed: fc.nat(),
  size: fc.constantFrom(1, 3, 24, 60, 130),
  clients: fc.constantFrom(1, 4),
  picks,
});

describe("every body that was read", () => {
  test("is accepted by the document, whatever else was heard and in whatever order it was merged", () => {
    fc.assert(
      fc.property(trial, ({ seed, size, clients, picks: order }) => {
        const random = randomFrom(seed);
        const model = aModel(random);
        const bodies = Array.from({ length: size }, () => ({ data: model(), item: model() }));
        const facts = joinAnyhow(factsOf(bodies, clients), joinFacts, order);
        const item = joinAnyhow(
          factsOf(
            bodies.map((body) => body.item),
            clients,
          ),
          joinFacts,
          order,
        );
        const document = exportOpenApi(
          [
            anEndpoint({ method: "POST", path: "/things", facts }),
            anEndpoint({ method: "GET", path: "/things/{id}", facts: item }),
          ],
          SERVICE,
        );
        const at = validators(document);
        const [sent, got, one] = [at(REQUEST_PATH), at(RESPONSE_PATH), at(ITEM_PATH)];
        const older = validators(downgraded(document))(RESPONSE_PATH);
        for (const body of bodies) {
          expect(older(body)).toBe(true);
          expect(sent(body)).toBe(true);
          expect(got(body)).toBe(true);
          expect(one(body.item)).toBe(true);
        }
        for (const [path, example] of examplesIn(document)) expect(at(path)(example)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("is accepted whatever the cap on fields", () => {
    fc.assert(
      fc.property(trial, fc.integer({ min: 1, max: 6 }), ({ seed, size, picks: order }, cap) => {
        const random = randomFrom(seed);
        const model = aModel(random);
        const bodies = Array.from({ length: size }, model);
        const shape = joinAnyhow(bodies.map(shapeIn), (a, b) => joinShape(a, b, cap), order);
        const ajv = aValidator();
        const validate = ajv.compile(schemaOf(shape, Infinity));
        for (const body of bodies) expect(validate(body) || validate.errors).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("heard again changes nothing but what needs a number of values", () => {
    fc.assert(
      fc.property(fc.nat(), picks, (seed, order) => {
        const bodies = Array.from({ length: 12 }, aModel(randomFrom(seed)));
        const shapes = bodies.map(shapeIn);
        const once = shapes.reduce((a, b) => joinShape(a, b));
        const twice = joinAnyhow([...shapes, ...shapes.slice(4)], (a, b) => joinShape(a, b), order);
        expect(loosened(schemaOf(twice, Infinity))).toEqual(loosened(schemaOf(once, Infinity)));
      }),
      { numRuns: 30 },
    );
  });
});

/** Without the keywords that appear once enough was seen. */
function loosened(schema: unknown): unknown {
  const hidden = new Set(["format", "enum", "prefixItems", "x-umbra-format"]);
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => {
      if (hidden.has(key)) return undefined;
      const isFormat = key === "anyOf" && (value as { maxLength?: number }[])[1]?.maxLength === 0;
      return isFormat ? undefined : value;
    }),
  );
}

function* examplesIn(document: object): Generator<readonly [path: string, example: unknown]> {
  const inside = (value: unknown, path: string): [string, unknown][] => {
    if (typeof value !== "object" || value === null) return [];
    const own =
      "schema" in value && "example" in value ? [[`${path}/schema`, value.example] as [string, unknown]] : [];
    const deeper = Object.entries(value).flatMap(([key, inner]) =>
      inside(inner, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
    );
    return [...own, ...deeper];
  };
  yield* inside((document as { readonly paths: unknown }).paths, "/paths");
}

describe("every parameter that was read", () => {
  const value = fc.oneof(
    fc.constantFrom("", "1", "-2.5", "true", "asc", "desc", "a,b", "1,2,3", "a, b", "x y", "007", "1e5"),
    fc.uuid(),
    fc.string({ maxLength: 8 }),
  );
  test("is accepted in the way its style says it is written", () => {
    const names = fc.constantFrom("sort", "ids", "ids[]", "filter[name]", "filter[age]", "q");
    const query = fc.array(fc.tuple(names, value), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(query, { minLength: 1, maxLength: 60 }), picks, (queries, order) => {
        const { digest } = createDigest({ dataClasses: [], hash32, sampleAfter: Infinity });
        const seen = queries.map((pairs) => {
          const text = pairs.map(([name, held]) => `${name}=${encodeURIComponent(held)}`).join("&");
          return digest(anExchange({ request: { path: "/things", query: text } })).facts;
        });
        const facts = joinAnyhow(seen, joinFacts, order);
        const document = exportOpenApi([anEndpoint({ method: "GET", path: "/things", facts })], SERVICE);
        const at = validators(document);
        const parameters = document.paths?.["/things"]?.get?.parameters ?? [];
        const checks = parameters.map((parameter, index) => ({
          parameter: parameter as { name: string; style?: string; schema?: { type?: string } },
          check: at(`/paths/~1things/get/parameters/${index}/schema`),
        }));
        const results = queries.flatMap((pairs) =>
          checks.map(({ parameter, check }) => {
            const read = readParameter(parameter, pairs);
            return read === undefined || check(read);
          }),
        );
        expect(results.filter((result) => result !== true)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

/** As OpenAPI's styles say: form with and without explode, deepObject. */
function readParameter(
  {
    name,
    style,
    schema,
    ...held
  }: { name: string; style?: string; explode?: boolean; schema?: { type?: unknown } },
  pairs: readonly (readonly [string, string])[],
): unknown {
  if (style === "deepObject") {
    const fields = pairs.filter(([key]) => key.startsWith(`${name}[`));
    const repeated = new Map<string, unknown[]>();
    for (const [key, text] of fields) {
      const field = key.slice(name.length + 1, -1);
      repeated.set(field, [...(repeated.get(field) ?? []), lexeme(text)]);
    }
    const isList = (field: string) =>
      (schema as { properties?: Record<string, { type?: unknown }> }).properties?.[field]?.type === "array";
    return Object.fromEntries(
      [...repeated].map(([field, values]) => [field, isList(field) ? values : values[0]]),
    );
  }
  const values = pairs.filter(([key]) => key === name).map(([, text]) => text);
  if (values.length === 0) return undefined;
  if (schema?.type !== "array") return lexeme(values[0] ?? "");
  return (held.explode === false ? (values[0] ?? "").split(",") : values).map(lexeme);
}

/** Text that reads as a number or truth value is one where the schema wants one, as validators of requests do. */
function lexeme(text: string): unknown {
  const draft = emptyDraft();
  draftLexeme(draft, text);
  if (draft.strings > 0) return text;
  return JSON.parse(text) as unknown;
}
