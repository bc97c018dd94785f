// How exact exported documents are: traffic is drawn from true OpenAPI documents, and what is learned of it compared.
// node --import tsx test/bench/keywords.ts [--exchanges 60] [--operations 60] [--seed 1] [--samples] SPEC.json…
import { readFileSync } from "node:fs";
import { createDigest } from "../../src/digest/digest.ts";
import { joinFacts } from "../../src/model/facts.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { Header } from "../../src/model/exchange.ts";
import type { Endpoint } from "../../src/model/inventory.ts";
import { exportOpenApi } from "../../src/openapi/export.ts";
import { isObject, list, own, text } from "../../src/openapi/reference.ts";
import type { JsonObject } from "../../src/openapi/reference.ts";
import { anExchange, json } from "../src/digest/an-exchange.ts";
import { anEndpoint } from "../src/inventory/an-endpoint.ts";
import { randomFrom } from "../src/openapi/some-bodies.ts";
import type { Counts } from "./keyword-counts.ts";
import { compareSchemas, note } from "./keyword-counts.ts";
import type { Drawing } from "./spec-bodies.ts";
import { draw, flat } from "./spec-bodies.ts";

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly status: string;
  /** Undefined: no JSON is sent or got. */
  readonly request: unknown;
  readonly response: unknown;
  readonly parameters: readonly JsonObject[];
}

function numberAfter(flag: string, fallback: number): number {
  const at = process.argv.indexOf(flag);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
}

const EXCHANGES = numberAfter("--exchanges", 60);
const OPERATIONS = numberAfter("--operations", 60);
const SEED = numberAfter("--seed", 1);
const METHODS = ["get", "post", "put", "patch", "delete"];

function operationsOf(root: JsonObject): readonly Operation[] {
  const paths = own(root, "paths");
  return Object.entries(isObject(paths) ? paths : {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const held = own(item, method);
      if (!isObject(held)) return [];
      const responses = own(held, "responses");
      const status = Object.keys(isObject(responses) ? responses : {}).find((name) => /^2\d\d$/.test(name));
      if (status === undefined) return [];
      const parameters = [...list(item, "parameters"), ...list(held, "parameters")].map((one) =>
        flat(root, one),
      );
      const body = parameters.find((one) => own(one, "in") === "body");
      return [
        {
          method: method.toUpperCase(),
          path,
          status,
          request:
            method === "get"
              ? undefined
              : (jsonSchema(root, own(held, "requestBody")) ?? own(body, "schema")),
          response: jsonSchema(root, own(responses, status)),
          parameters,
        },
      ];
    }),
  );
}

/** Of a response or a request body of OpenAPI 3, or of a response of 2.0. */
function jsonSchema(root: JsonObject, holder: unknown): unknown {
  const held = flat(root, holder);
  const content = own(held, "content");
  const found = Object.entries(isObject(content) ? content : {}).find(([type]) => /\bjson\b/.test(type));
  return own(found?.[1], "schema") ?? own(held, "schema");
}

function endpointOf(drawing: Drawing, operation: Operation): Endpoint {
  const { digest } = createDigest({ dataClasses: [], hash32, sampleAfter: Infinity, texts: false });
  const { method, path, status, request, response } = operation;
  const facts = Array.from({ length: EXCHANGES }, (_, at) => {
    const sent: Partial<ReturnType<typeof json>> = request === undefined ? {} : json(draw(drawing, request));
    const got = response === undefined ? {} : json(draw(drawing, response));
    const heard = asked(drawing, operation.parameters);
    const headers = [...(sent.headers ?? []), ...heard.headers];
    return digest(
      anExchange({
        client: { address: `203.0.113.${at % 7}`, port: 1 },
        request: { method, path: "/x", ...sent, query: heard.query, headers },
        response: { ...got, status: Number(status) },
      }),
    ).facts;
  });
  return anEndpoint({ method, path, facts: facts.reduce((a, b) => joinFacts(a, b)) });
}

function schemaIn(parameter: JsonObject): JsonObject {
  const schema = own(parameter, "schema");
  return isObject(schema) ? schema : parameter;
}

function asked(drawing: Drawing, parameters: readonly JsonObject[]) {
  const pairs: string[] = [];
  const headers: Header[] = [];
  for (const parameter of parameters) {
    const [name, place] = [text(parameter, "name") ?? "", text(parameter, "in")];
    if (own(parameter, "required") !== true && drawing.random() < 0.5) continue;
    const value = draw(drawing, schemaIn(parameter), name);
    const texts = (Array.isArray(value) ? value : [value]).map(String);
    if (typeof value === "object" && !Array.isArray(value)) continue;
    if (place === "header") headers.push([name.toLowerCase(), texts.join(",")]);
    if (place !== "query") continue;
    const separate = own(parameter, "explode") !== false && own(parameter, "collectionFormat") !== "csv";
    for (const one of separate ? texts : [texts.join(",")])
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(one)}`);
  }
  return { query: pairs.join("&"), headers };
}

const counts: Counts = { byKeyword: {}, samples: {} };

function measure(file: string): void {
  const root = JSON.parse(readFileSync(file, "utf8")) as JsonObject;
  const random = randomFrom(SEED);
  const drawing = { root, random };
  const all = operationsOf(root);
  const from = Math.max(0, Math.floor(random() * (all.length - OPERATIONS)));
  const chosen = all.slice(from, from + OPERATIONS);
  const endpoints = chosen.map((operation) => endpointOf(drawing, operation));
  const service = { authority: "shop.test", firstSeen: 0, lastSeen: 1, requests: 1 };
  const document = exportOpenApi(endpoints, service) as unknown as JsonObject;
  for (const [at, operation] of chosen.entries()) {
    // Paths that differ in names alone are one path of the document.
    const [only] = Object.entries(own(document, "paths") as JsonObject).filter(
      ([path]) =>
        path.replaceAll(/\{[^}]*\}/g, "{}") ===
        (endpoints[at] as Endpoint).path.replaceAll(/\{[^}]*\}/g, "{}"),
    );
    const made = own(only?.[1], operation.method.toLowerCase());
    compareOperation({ truth: root, made: document }, operation, made);
  }
}

function compareOperation(
  roots: { readonly truth: JsonObject; readonly made: JsonObject },
  operation: Operation,
  made: unknown,
): void {
  const place = `${operation.method} ${operation.path}`;
  const got = jsonSchema(roots.made, own(own(made, "responses"), operation.status));
  const sent = jsonSchema(roots.made, own(made, "requestBody"));
  compareSchemas(counts, roots, { truth: operation.response, made: got }, { place: `${place} <` });
  compareSchemas(counts, roots, { truth: operation.request, made: sent }, { place: `${place} >` });
  const learned = list(made, "parameters").filter(isObject);
  for (const parameter of operation.parameters) compareParameter(roots, parameter, { learned, place });
}

function compareParameter(
  roots: { readonly truth: JsonObject; readonly made: JsonObject },
  parameter: JsonObject,
  { learned, place }: { readonly learned: readonly JsonObject[]; readonly place: string },
): void {
  const [name, where] = [text(parameter, "name") ?? "", text(parameter, "in")];
  if (where !== "query" && where !== "header") return;
  const plain = (held: JsonObject) => (text(held, "name") ?? "").toLowerCase();
  const made = learned.find((one) => plain(one) === name.toLowerCase() && own(one, "in") === where);
  note(counts, `${where} parameter`, [true, made === undefined ? undefined : true], `${place} ${name}`);
  if (made === undefined) return;
  note(
    counts,
    "parameter required",
    [own(parameter, "required") === true || undefined, own(made, "required") === true || undefined],
    `${place} ${name}`,
  );
  if (where === "query")
    compareSchemas(
      counts,
      roots,
      { truth: schemaIn(parameter), made: own(made, "schema") },
      { place: `${place} ?${name}` },
    );
}

const share = (part: number, all: number) => (all === 0 ? "–" : (part / all).toFixed(3));
const files = process.argv.slice(2).filter((word) => word.endsWith(".json"));
for (const file of files) measure(file);
for (const [keyword, { right, wrong, missed }] of Object.entries(counts.byKeyword).sort()) {
  const line = [
    keyword.padEnd(20),
    `precision ${share(right, right + wrong)}`,
    `recall ${share(right, right + missed)}`,
    `of ${right + missed}`,
  ];
  process.stdout.write(`${line.join("  ")}\n`);
  if (process.argv.includes("--samples"))
    for (const sample of counts.samples[keyword] ?? []) process.stdout.write(`    ${sample}\n`);
}
