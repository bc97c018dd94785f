// Reads a folder of public OpenAPI documents into the compact corpus that vocabulary, weights and evaluation come from.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { EXCLUDED_PROVIDER, EXCLUDED_TITLE } from "./excluded.ts";

/** What a document says of one path parameter. */
export interface CorpusParameter {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly examples?: readonly string[];
}

export interface CorpusOperation {
  readonly method: string;
  /** Server base path and path, split at slashes; parameters as `{name}`. */
  readonly segments: readonly string[];
  readonly parameters: Readonly<Record<string, CorpusParameter>>;
  readonly status: number;
  /** Media type of the success, "" when it has no body. */
  readonly media: string;
  /** Key paths of the success (`items/[]/id`) to whether they are required all the way down. */
  readonly keys: Readonly<Record<string, boolean>>;
}

export interface CorpusDocument {
  readonly name: string;
  readonly operations: readonly CorpusOperation[];
  /** String enum values anywhere in the document. */
  readonly enums: readonly string[];
}

export interface CorpusProvider {
  readonly provider: string;
  readonly documents: readonly CorpusDocument[];
}

export interface Corpus {
  /** SHA-256 over names and contents of the documents that were kept. */
  readonly hash: string;
  readonly read: number;
  readonly excluded: number;
  readonly unreadable: number;
  readonly providers: readonly CorpusProvider[];
}

type Json = Record<string, unknown>;
const METHODS = ["get", "put", "post", "delete", "patch", "head"] as const;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

// Domain parts that name no company; the provider is the longest of the others, so that `bbc.com` and `bbc.co.uk` are one.
const COMMON = new Set(
  "com net org io co uk gov local dev app azurewebsites herokuapp appspot api edu ai au in ca us".split(" "),
);

/** The company behind a domain. */
export function providerOf(domain: string): string {
  const parts = domain.replace(/\.json$/, "").split(".");
  const named = parts.filter((part) => !COMMON.has(part)).sort((a, b) => b.length - a.length);
  return named[0] ?? domain;
}

/** Reads every document below `<folder>/api`, but those of excluded providers. */
export function readCorpus(folder: string): Corpus {
  const root = join(folder, "api");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort();
  const hash = createHash("sha256");
  const providers = new Map<string, CorpusDocument[]>();
  let excluded = 0;
  let unreadable = 0;
  for (const file of files) {
    const domain = file.split("/")[0] ?? file;
    if (EXCLUDED_PROVIDER.test(domain.replace(/\.json$/, ""))) {
      excluded += 1;
      continue;
    }
    const text = readFileSync(join(root, file), "utf8");
    const document = documentOf(file, text);
    if (document === "excluded") excluded += 1;
    else if (document === undefined) unreadable += 1;
    else {
      hash.update(file).update("\0").update(text).update("\0");
      const name = providerOf(domain);
      providers.set(name, [...(providers.get(name) ?? []), document]);
    }
  }
  return {
    hash: hash.digest("hex"),
    read: files.length,
    excluded,
    unreadable,
    providers: [...providers]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([provider, documents]) => ({ provider, documents })),
  };
}

function documentOf(name: string, text: string): CorpusDocument | "excluded" | undefined {
  try {
    const document = objectOf(JSON.parse(text));
    const title = String(objectOf(document["info"])["title"] ?? "");
    if (EXCLUDED_TITLE.test(title)) return "excluded";
    const operations = operationsOf(document);
    return operations.length === 0 ? undefined : { name, operations, enums: enumsOf(document) };
  } catch {
    return undefined;
  }
}

/** Follows `$ref` within the document; what leads nowhere is empty. */
function resolve(document: Json, value: unknown): Json {
  let seen = objectOf(value);
  for (let hops = 0; typeof seen["$ref"] === "string" && hops < 20; hops += 1) {
    let at: unknown = document;
    for (const key of seen["$ref"].replace(/^#\//, "").split("/"))
      at = objectOf(at)[decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~")];
    seen = objectOf(at);
  }
  return seen;
}

function basePathOf(document: Json): string {
  if (typeof document["basePath"] === "string") return document["basePath"].replace(/\/+$/, "");
  const url = objectOf(listOf(document["servers"])[0])["url"];
  if (typeof url !== "string") return "";
  const path = url.replace(/^(?:[a-z]+:)?\/\/[^/]*/i, "").replaceAll(/\{[^}]*\}/g, "v1");
  return path.split("?")[0]?.replace(/\/+$/, "") ?? "";
}

function operationsOf(document: Json): CorpusOperation[] {
  const base = basePathOf(document);
  const found: CorpusOperation[] = [];
  for (const [path, itemValue] of Object.entries(objectOf(document["paths"]))) {
    if (!path.startsWith("/") || /[#?&\s]/.test(path)) continue;
    const item = resolve(document, itemValue);
    for (const method of METHODS) {
      if (!isObject(item[method])) continue;
      const operation = item[method];
      const segments = `${base}${path}`.split("/").filter((segment) => segment !== "");
      found.push({
        method: method.toUpperCase(),
        segments,
        parameters: parametersOf(document, [
          ...listOf(item["parameters"]),
          ...listOf(operation["parameters"]),
        ]),
        ...successOf(document, operation),
      });
    }
  }
  return found;
}

const texts = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value === "string" || typeof value === "number").map(String);

function parametersOf(document: Json, listed: readonly unknown[]): Record<string, CorpusParameter> {
  const found: Record<string, CorpusParameter> = {};
  for (const entry of listed) {
    const parameter = resolve(document, entry);
    if (parameter["in"] !== "path" || typeof parameter["name"] !== "string") continue;
    const schema = resolve(document, parameter["schema"] ?? parameter);
    const examples = texts([parameter["example"], schema["example"], parameter["x-example"]]);
    const allowed = texts(listOf(schema["enum"])).slice(0, 64);
    found[parameter["name"]] = {
      ...(typeof schema["type"] === "string" && { type: schema["type"] }),
      ...(typeof schema["format"] === "string" && { format: schema["format"] }),
      ...(typeof schema["pattern"] === "string" && { pattern: schema["pattern"] }),
      ...(allowed.length > 0 && { enum: allowed }),
      ...(examples.length > 0 && { examples }),
    };
  }
  return found;
}

function successOf(document: Json, operation: Json): Pick<CorpusOperation, "status" | "media" | "keys"> {
  const answers = Object.entries(objectOf(operation["responses"])).sort(([a], [b]) => (a < b ? -1 : 1));
  const [code, value] = answers.find(([status]) => /^2\d\d$|^2XX$|^default$/i.test(status)) ?? ["200", {}];
  const response = resolve(document, value);
  const status = /^2\d\d$/.test(code) ? Number(code) : 200;
  const [media, content] = Object.entries(objectOf(response["content"]))[0] ?? [];
  const schema = media === undefined ? response["schema"] : objectOf(content)["schema"];
  const keys: Record<string, boolean> = {};
  if (schema !== undefined)
    collectKeys({ document, keys }, schema, { path: "", required: true, depth: 0, hops: 0 });
  return { status, media: media ?? (schema === undefined ? "" : "application/json"), keys };
}

interface Place {
  readonly path: string;
  readonly required: boolean;
  readonly depth: number;
  readonly hops: number;
}

// More keys than this tell no more of a response; deeper ones repeat what is above.
const MAX_KEYS = 60;
const MAX_DEPTH = 3;

function collectKeys(
  into: { document: Json; keys: Record<string, boolean> },
  value: unknown,
  place: Place,
): void {
  if (place.depth > MAX_DEPTH || place.hops > 12 || Object.keys(into.keys).length > MAX_KEYS) return;
  const schema = resolve(into.document, value);
  const deeper = { ...place, hops: place.hops + 1 };
  for (const part of listOf(schema["allOf"])) collectKeys(into, part, deeper);
  const [either] = [...listOf(schema["oneOf"]), ...listOf(schema["anyOf"])];
  if (either !== undefined) collectKeys(into, either, deeper);
  if (schema["items"] !== undefined)
    collectKeys(into, schema["items"], { ...deeper, path: `${place.path}[]/`, depth: place.depth + 1 });
  const required = new Set(texts(listOf(schema["required"])));
  for (const [name, property] of Object.entries(objectOf(schema["properties"])).slice(0, MAX_KEYS)) {
    const path = `${place.path}${name}`;
    const always = place.required && required.has(name);
    into.keys[path] = always;
    collectKeys(into, property, {
      path: `${path}/`,
      required: always,
      depth: place.depth + 1,
      hops: place.hops + 1,
    });
  }
}

/** String enum values of a document, each once. */
function enumsOf(document: Json): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, depth: number): void => {
    if (depth > 40 || typeof value !== "object" || value === null) return;
    if (isObject(value)) {
      const allowed = value["enum"];
      if (Array.isArray(allowed) && (value["type"] === undefined || value["type"] === "string"))
        for (const word of allowed.slice(0, 256))
          if (typeof word === "string" && word.length <= 48) found.add(word);
    }
    for (const child of Object.values(value)) walk(child, depth + 1);
  };
  walk(document, 0);
  return [...found].sort();
}

/** The corpus as one file, to read it once and use it often. */
export function saveCorpus(file: string, corpus: Corpus): void {
  writeFileSync(file, gzipSync(JSON.stringify(corpus)));
}

export function loadCorpus(file: string): Corpus {
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Corpus;
}
