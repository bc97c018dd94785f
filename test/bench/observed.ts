// Whether every body and parameter of recorded traffic is valid by the document exported of that traffic, formats asserted.
// node --import tsx test/bench/observed.ts [--samples] INPUT.har…
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FormatsPlugin } from "ajv-formats";
import { scan } from "../../src/app/scan.ts";
import { exportOpenApi } from "../../src/openapi/export.ts";
import { isObject, list, own, text } from "../../src/openapi/reference.ts";
import type { JsonObject } from "../../src/openapi/reference.ts";

interface Entry {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly postData?: { readonly mimeType: string; readonly text?: string };
  };
  readonly response: { readonly status: number; readonly content: { mimeType: string; text?: string } };
}

type Tally = Record<string, { valid: number; invalid: number; unlisted: number }>;

const samples: string[] = [];

function count(tally: Tally, kind: string, held: "valid" | "invalid" | "unlisted", sample = ""): void {
  const of = (tally[kind] ??= { valid: 0, invalid: 0, unlisted: 0 });
  of[held] += 1;
  if (held !== "valid" && samples.length < 40) samples.push(`${kind} ${held}: ${sample}`);
}

/** Validators of the schemas of one document, by where they stand. */
function createChecks(document: JsonObject) {
  const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: true });
  (addFormats as unknown as FormatsPlugin)(ajv);
  ajv.addSchema(document, "doc");
  const known = new Map<string, ValidateFunction>();
  return (pointer: readonly string[], value: unknown): string | null => {
    const path = pointer
      .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    const validate = known.get(path) ?? ajv.compile({ $ref: `doc#/${path}` });
    known.set(path, validate);
    return validate(value) ? null : ajv.errorsText(validate.errors).slice(0, 160);
  };
}

/** `/a/{b}.json` as what matches it; literals are told before variables, segment by segment. */
function routesOf(document: JsonObject) {
  const paths = Object.keys(own(document, "paths") as JsonObject).sort((a, b) =>
    rank(a) < rank(b) ? -1 : 1,
  );
  const routes = paths.map((path) => {
    const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
    const pattern = path
      .split(/\{[^}]*\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("([^/]+)");
    return { path, names, pattern: new RegExp(`^${pattern}/?$`) };
  });
  return (asked: string, method: string) => {
    for (const { path, names, pattern } of routes) {
      const found = pattern.exec(asked);
      const operation = own(own(own(document, "paths"), path), method);
      if (found !== null && isObject(operation)) return { path, names, values: found.slice(1), operation };
    }
    return null;
  };
}

const rank = (path: string) => path.replaceAll(/\{[^}]*\}/g, "\u{ffff}");

const essence = (type: string) => (type.split(";")[0] ?? "").trim().toLowerCase();

function typed(schema: unknown, lexeme: string): unknown {
  const type = text(schema, "type");
  if (type === "integer" || type === "number") return lexeme.trim() === "" ? lexeme : Number(lexeme);
  return type === "boolean" && /^(?:true|false)$/.test(lexeme) ? lexeme === "true" : lexeme;
}

function checkParameters(
  { path, names, values, operation }: NonNullable<ReturnType<ReturnType<typeof routesOf>>>,
  method: string,
  url: URL,
  { tally, check }: { readonly tally: Tally; readonly check: ReturnType<typeof createChecks> },
): void {
  for (const [at, parameter] of list(operation, "parameters").entries()) {
    const name = text(parameter, "name") ?? "";
    const place = text(parameter, "in") ?? "";
    const schema = own(parameter, "schema");
    const pointer = ["paths", path, method, "parameters", String(at), "schema"];
    const found =
      place === "path"
        ? [decodeURIComponent(values[names.indexOf(name)] ?? "")]
        : place === "query"
          ? url.searchParams.getAll(name)
          : null;
    if (found === null || text(schema, "type") === "object") continue;
    if (found.length === 0) {
      if (own(parameter, "required") === true)
        count(tally, `${place} parameter`, "invalid", `${path} ${name} left out`);
      continue;
    }
    const lists = own(parameter, "explode") === false ? found.flatMap((one) => one.split(",")) : found;
    const value =
      text(schema, "type") === "array"
        ? lists.map((one) => typed(own(schema, "items"), one))
        : typed(schema, found[0] ?? "");
    const complaint = check(pointer, value);
    count(
      tally,
      `${place} parameter`,
      complaint === null ? "valid" : "invalid",
      `${path} ${name} ${complaint}`,
    );
  }
}

function checkBody(
  pointer: readonly string[],
  body: { readonly mimeType: string; readonly text?: string },
  kind: string,
  {
    tally,
    check,
    holder,
  }: { readonly tally: Tally; readonly check: ReturnType<typeof createChecks>; readonly holder: unknown },
): void {
  const type = essence(body.mimeType);
  if (!/\bjson$/.test(type) || body.text === undefined || body.text === "") return;
  const media = own(own(holder, "content"), type);
  const where = pointer.join(" ");
  if (!isObject(media)) return count(tally, kind, "unlisted", where);
  if (own(media, "schema") === undefined) return count(tally, kind, "valid");
  const complaint = check([...pointer, "content", type, "schema"], JSON.parse(body.text) as unknown);
  count(tally, kind, complaint === null ? "valid" : "invalid", `${where} ${complaint}`);
}

function checkEntry(
  { request, response }: Entry,
  {
    tally,
    check,
    route,
  }: {
    readonly tally: Tally;
    readonly check: ReturnType<typeof createChecks>;
    readonly route: ReturnType<typeof routesOf>;
  },
): void {
  const url = new URL(request.url);
  const method = request.method.toLowerCase();
  const found = route(url.pathname, method);
  // Whatever failed may be of a path that is no endpoint.
  if (found === null)
    return response.status < 300
      ? count(tally, "operation", "unlisted", `${method} ${url.pathname}`)
      : undefined;
  count(tally, "operation", "valid");
  if (response.status < 300) checkParameters(found, method, url, { tally, check });
  const at = ["paths", found.path, method];
  if (request.postData !== undefined)
    checkBody([...at, "requestBody"], request.postData, "request body", {
      tally,
      check,
      holder: own(found.operation, "requestBody"),
    });
  const status = String(response.status);
  const holder = own(own(found.operation, "responses"), status);
  if (holder === undefined) return count(tally, "response status", "unlisted", `${found.path} ${status}`);
  checkBody([...at, "responses", status], response.content, "response body", { tally, check, holder });
}

const total: Tally = {};
for (const file of process.argv.slice(2).filter((word) => word.endsWith(".har"))) {
  const { inventory } = await scan({ inputs: [file], specs: [] });
  const { log } = JSON.parse(readFileSync(file, "utf8")) as { log: { entries: Entry[] } };
  const tally: Tally = {};
  for (const service of inventory.services) {
    const document = JSON.parse(JSON.stringify(exportOpenApi(inventory.endpoints, service))) as JsonObject;
    const parts = { tally, check: createChecks(document), route: routesOf(document) };
    for (const entry of log.entries)
      if (new URL(entry.request.url).host === service.authority) checkEntry(entry, parts);
  }
  const said = Object.entries(tally).map(([kind, { valid, invalid, unlisted }]) => {
    const of = (total[kind] ??= { valid: 0, invalid: 0, unlisted: 0 });
    of.valid += valid;
    of.invalid += invalid;
    of.unlisted += unlisted;
    return `${kind} ${valid}/${invalid}/${unlisted}`;
  });
  process.stdout.write(`${basename(file)}: valid/invalid/unlisted ${said.join(", ")}\n`);
  if (process.argv.includes("--samples"))
    for (const sample of samples.splice(0)) process.stdout.write(`    ${sample}\n`);
}
process.stdout.write(`${JSON.stringify(total)}\n`);
