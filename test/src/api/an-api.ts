// An API on a free port over an inventory in memory, with a client that holds every answer against the document.
import { request as httpRequest } from "node:http";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { OpenAPIV3_1 } from "openapi-types";
import { createApi, loadRoutes } from "../../../src/api/api.ts";
import type { ApiOptions } from "../../../src/api/api.ts";
import { documentOf } from "../../../src/api/document.ts";
import { listen } from "../../../src/api/listen.ts";
import { createGovernanceDesk } from "../../../src/app/governance-desk.ts";
import { createGroupingDesk } from "../../../src/app/pins.ts";
import { rulebookOf } from "../../../src/app/rulebook.ts";
import type { SpecDesk } from "../../../src/api/spec-desk.ts";
import { readSpec } from "../../../src/openapi/import.ts";
import { SILENT } from "../../../src/ops/log.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import type { InventoryStore } from "../../../src/store/store.ts";
import { aCommit, MORNING } from "./an-inventory.ts";

/** Keeps documents and judges nothing. */
export function plainDesk(store: InventoryStore): SpecDesk {
  return {
    async upload(name, text, authorities) {
      const read = readSpec(text, { name, authorities, uploadedAt: 1 });
      if (!read.ok) return { kind: "unreadable", weird: read.weird };
      const { revision, specs } = await store.specs();
      const known = specs.find(({ id }) => id === read.value.id);
      if (known !== undefined) return { kind: "known", spec: known };
      await store.addSpec(read.value, text, { ...aCommit(), specRevision: revision });
      return {
        kind: "added",
        spec: read.value,
        changes: [{ from: "shadow", to: "documented", endpoints: 2 }],
      };
    },
    async remove(id) {
      const { revision, specs } = await store.specs();
      if (!specs.some((spec) => spec.id === id)) return "unknown";
      await store.removeSpec(id, { ...aCommit(), specRevision: revision });
      return "removed";
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of the text, undefined when it is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into it freely
  readonly json: any;
}

export interface RunningApi {
  readonly url: string;
  readonly store: InventoryStore;
  /** `path` below /api/v1. Throws when the answer is not as documented. */
  ask(path: string, init?: RequestInit): Promise<Answer>;
  /** Any path, any headers, no check. */
  raw(path: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

const routes = await loadRoutes();
const CHECKS = { secured: checker(documentOf(routes, true)), local: checker(documentOf(routes, false)) };

export async function anApi(over: Partial<ApiOptions> = {}): Promise<RunningApi> {
  const store = over.store ?? createMemoryStore();
  const options: ApiOptions = {
    store,
    specs: plainDesk(store),
    governance: createGovernanceDesk({
      store,
      rules: async () => rulebookOf({ teams: [], files: [], specs: [] }, { policies: [], environments: [] }),
      now: () => MORNING,
      rulesChanged: () => {},
    }),
    grouping: createGroupingDesk(store, () => MORNING),
    metrics: createMetrics(),
    tokens: null,
    log: SILENT,
    ...over,
  };
  const running = await listen(await createApi(options), "127.0.0.1", 0);
  const check = options.tokens !== null ? CHECKS.secured : CHECKS.local;
  return {
    url: running.url,
    store,
    async ask(path, init = {}) {
      const response = await fetch(`${running.url}/api/v1${path}`, init);
      const text = await response.text();
      const type = response.headers.get("content-type") ?? "";
      const json: unknown = type.includes("json") ? JSON.parse(text) : undefined;
      const answer = { status: response.status, headers: response.headers, text, json };
      check(init.method ?? "GET", path, answer);
      return answer;
    },
    raw: (path, headers) => plainGet(`${running.url}${path}`, headers),
    close: running.close,
  };
}

/** fetch keeps some headers to itself; this sends what it is told. */
function plainGet(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      );
    });
    request.on("error", reject).end();
  });
}

type Check = (method: string, path: string, answer: Answer) => void;

/** Answers must have a documented status and media type, and fit the schema with no field more. */
function checker(document: OpenAPIV3_1.Document): Check {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(closed(JSON.parse(JSON.stringify(document)) as object), "document");
  return (method, path, answer) => {
    const found = operationAt(document, method, path);
    // Unknown paths and methods are answered, and documented nowhere.
    if (found === null) return;
    const documented = found.operation.responses?.[String(answer.status)];
    if (documented === undefined) throw new Error(`${method} ${path}: ${answer.status} is not documented`);
    const type = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
    const content = (documented as OpenAPIV3_1.ResponseObject).content;
    if (content === undefined && answer.text === "") return;
    if (content?.[type] === undefined) throw new Error(`${method} ${path}: ${type} is not documented`);
    const reference = (content[type].schema as OpenAPIV3_1.ReferenceObject | undefined)?.$ref;
    if (reference === undefined) return;
    if (!ajv.validate({ $ref: `document${reference}` }, answer.json)) {
      throw new Error(`${method} ${path}: ${ajv.errorsText()}`);
    }
  };
}

function operationAt(document: OpenAPIV3_1.Document, method: string, path: string) {
  const given = path.split("?")[0] ?? "";
  for (const [template, item] of Object.entries(document.paths ?? {})) {
    const pattern = new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
    const operation = item?.[method.toLowerCase() as OpenAPIV3_1.HttpMethods];
    if (pattern.test(given) && operation !== undefined) return { template, operation };
  }
  return null;
}

/** The promise to clients is open; here no answer may say more than it promises. */
function closed<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => closed(item)) as T;
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, closed<unknown>(item)]));
  const shuts = "properties" in inner && inner["type"] === "object" && !("additionalProperties" in inner);
  return (shuts ? { ...inner, additionalProperties: false } : inner) as T;
}
