// Services whose API a machine made or found out: the signs together, and what they say of each endpoint.
import type { Endpoint } from "../model/inventory.ts";
import { isHeardApi, looksAi } from "../model/inventory.ts";
import type { DynamicRow, DynamicSign, DynamicSignName, HeardSpan } from "./ai-dynamic-signals.ts";
import type { AiLandscapeFinding } from "./ai-landscape.ts";
import {
  agentOnly,
  compareTexts,
  machineNamed,
  routeBurst,
  schemaFirst,
  shortLived,
  trialAndError,
} from "./ai-dynamic-signals.ts";
import { marksOf } from "./ai-words.ts";

export interface DynamicApi {
  readonly authority: string;
  /** Two signs of different kinds, one of them more than a name. */
  readonly isLikely: boolean;
  readonly signs: readonly DynamicSign[];
  /** Endpoints with a sign, by path: the first of them; signs count all. */
  readonly endpoints: readonly DynamicEndpoint[];
}

export interface DynamicEndpoint {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly signs: readonly DynamicSignName[];
}

// A person looks at some of them; a service may have ten thousand.
const MAX_NAMED = 200;

/** Services with a sign that is more than a name, by authority. */
export function dynamicApis(rows: readonly DynamicRow[]): readonly DynamicApi[] {
  const heard: HeardSpan = {
    from: rows.reduce((least, { firstSeen }) => Math.min(least, firstSeen), Infinity),
    to: rows.reduce((most, { lastSeen }) => Math.max(most, lastSeen), -Infinity),
  };
  const services = new Map<string, DynamicRow[]>();
  for (const row of rows) {
    const own = services.get(row.authority);
    if (own === undefined) services.set(row.authority, [row]);
    else own.push(row);
  }
  return [...services]
    .sort(([a], [b]) => compareTexts(a, b))
    .flatMap(([authority, own]) => dynamicApi(authority, own, heard) ?? []);
}

function dynamicApi(authority: string, rows: readonly DynamicRow[], heard: HeardSpan): DynamicApi | null {
  const signs = [
    routeBurst(rows, heard),
    schemaFirst(rows),
    machineNamed(rows),
    shortLived(rows, heard),
    agentOnly(rows),
    trialAndError(rows),
  ].filter((one) => one !== null);
  if (signs.every(({ sign }) => sign === "machine-named")) return null;
  const bySign = signs.map(({ sign, endpointIds }) => [sign, new Set(endpointIds)] as const);
  const endpoints = rows.flatMap(({ id, method, path }) => {
    const own = bySign.flatMap(([sign, ids]) => (ids.has(id) ? [sign] : []));
    return own.length === 0 ? [] : [{ id, method, path, signs: own }];
  });
  return {
    authority,
    isLikely: signs.length >= 2,
    signs,
    endpoints: endpoints
      .sort((a, b) => compareTexts(a.path, b.path) || compareTexts(a.method, b.method))
      .slice(0, MAX_NAMED),
  };
}

/** Of services with two signs: one alone may be a release, a test or a new client. */
export function dynamicFindings(apis: readonly DynamicApi[]): readonly AiLandscapeFinding[] {
  return apis
    .filter(({ isLikely }) => isLikely)
    .map(({ authority, signs }) => ({
      rule: "ai-dynamic-api",
      severity: "low",
      title: "API that a machine made or found out",
      owasp: ["API9:2023", "LLM06:2025"],
      authority,
      text: signs.map(({ text }) => text).join("; "),
    }));
}

/** null for what was never heard. */
export function dynamicRow(endpoint: Endpoint): DynamicRow | null {
  const { id, authority, method, path, parameters, facts, confidence, category } = endpoint;
  if (facts === null || confidence === "noise" || category === "encrypted") return null;
  return {
    id,
    authority,
    method,
    path,
    parameters,
    isApi: isHeardApi(endpoint),
    isAi: looksAi(endpoint) || facts.tools !== undefined,
    requests: facts.requests,
    firstSeen: facts.firstSeen,
    lastSeen: facts.lastSeen,
    callers: Object.values(facts.callers.kept),
    corrected: marksOf(endpoint, "corrected-call"),
  };
}
