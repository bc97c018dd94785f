// Whether what is exported of some traffic is valid for two validators in both editions, and documents what it came from.
// node --import tsx test/bench/documents.ts [--keep FOLDER] INPUT…
import { mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import { scan } from "../../src/app/scan.ts";
import { isHeardApi } from "../../src/model/inventory.ts";
import type { Endpoint, Service } from "../../src/model/inventory.ts";
import { downgraded } from "../../src/openapi/downgrade.ts";
import type { ExportOptions } from "../../src/openapi/export.ts";
import { exportOpenApi } from "../../src/openapi/export.ts";
import { readSpec } from "../../src/openapi/import.ts";
import { createMatcher } from "../../src/openapi/match.ts";
import { renderJson, renderYaml } from "../../src/openapi/render.ts";

const config = await createConfig({ extends: ["spec"] });
const validator = new Validator();

async function complaints(source: string): Promise<readonly string[]> {
  const problems = await lintFromString({ source, config });
  const errors = problems.filter(({ severity }) => severity === "error");
  const { errors: others = [] } = await validator.validate(JSON.parse(source) as Record<string, unknown>);
  return [
    ...errors.map(({ message, location }) => `redocly: ${message} at ${location[0]?.pointer ?? ""}`),
    ...[others].flat().map((other) => `seriousme: ${JSON.stringify(other).slice(0, 200)}`),
  ];
}

/** Endpoints that the document they were exported to does not list. */
function undocumented(source: string, endpoints: readonly Endpoint[]): readonly string[] {
  const spec = readSpec(source, { name: "round trip", authorities: [], uploadedAt: 1 });
  if (!spec.ok) return [`${spec.weird.name} ${spec.weird.detail ?? ""}`];
  const match = createMatcher([spec.value]);
  return (
    endpoints
      // What is asked of proxies has no path.
      .filter(({ path }) => path.startsWith("/"))
      .filter(({ authority, method, path }) => match(authority, method, path).kind !== "operation")
      .map(({ method, path }) => `${method} ${path}`)
  );
}

async function check(
  service: Service,
  endpoints: readonly Endpoint[],
  keep: string | null,
): Promise<readonly string[]> {
  const own = endpoints.filter((one) => one.authority === service.authority && isHeardApi(one));
  if (own.length === 0) return [];
  const document = exportOpenApi(endpoints, service);
  const lower = downgraded(document);
  const editions = [document, lower].map(renderJson);
  if (keep !== null) {
    mkdirSync(keep, { recursive: true });
    const name = service.authority.replaceAll(/[^\w.-]/g, "_");
    for (const [at, source] of editions.entries()) writeFileSync(`${keep}/${name}.3${1 - at}.json`, source);
  }
  const found = (await Promise.all(editions.map(complaints))).flatMap((list, at) =>
    list.map((text) => `3.${1 - at} ${text}`),
  );
  const sources = [...editions, renderYaml(document), renderYaml(lower)];
  const parts = await Promise.all(partsOf(own).map((part) => partComplaints(service, endpoints, part)));
  return [
    ...found,
    ...sources.flatMap((source) => undocumented(source, own).map((one) => `not listed: ${one}`)),
    ...parts.flat(),
  ];
}

interface Part {
  readonly options: ExportOptions;
  readonly listed: readonly Endpoint[];
}

/** What people choose of a service: what is shadow, one method, what is below its busiest path. */
function partsOf(own: readonly Endpoint[]): readonly Part[] {
  const first = own.map(({ path }) => path.split("/").slice(0, 3).join("/"));
  const below = first.find((path) => path.startsWith("/") && !path.includes("{")) ?? "/";
  return [
    { options: { only: "shadow" }, listed: own.filter(({ standing }) => standing === "shadow") },
    { options: { method: "POST" }, listed: own.filter(({ method }) => method === "POST") },
    {
      options: { below },
      listed: own.filter(({ path }) => path === below || path.startsWith(`${below}/`)),
    },
  ];
}

async function partComplaints(
  service: Service,
  endpoints: readonly Endpoint[],
  { options, listed }: Part,
): Promise<readonly string[]> {
  const source = renderJson(exportOpenApi(endpoints, service, options));
  const again = renderJson(exportOpenApi([...endpoints].reverse(), service, options));
  return [
    ...(await complaints(source)),
    ...undocumented(source, listed).map((one) => `not listed: ${one}`),
    ...(source === again ? [] : ["bytes depend on the order"]),
  ].map((text) => `${JSON.stringify(options)}: ${text}`);
}

const words = process.argv.slice(2);
const at = words.indexOf("--keep");
const keep = at < 0 ? null : (words[at + 1] ?? null);
const inputs = words.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
for (const input of inputs) {
  const { inventory } = await scan({ inputs: [input], specs: [] });
  let documents = 0;
  const all: string[] = [];
  for (const service of inventory.services) {
    documents += 1;
    all.push(...(await check(service, inventory.endpoints, keep)));
  }
  process.stdout.write(
    `${basename(input)}: ${documents} services, ${inventory.endpoints.length} endpoints, ${all.length} complaints\n`,
  );
  for (const text of all.slice(0, 8)) process.stdout.write(`    ${text}\n`);
}
