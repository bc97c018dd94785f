// What changed between two captures: the earlier one, which a person gives as baseline, stands for the past.
import { emptyRecord } from "../model/bounded.ts";
import type { Own } from "../model/grow.ts";
import { ownCopy } from "../model/grow.ts";
import type { Endpoint } from "../model/inventory.ts";
import { isHeardApi } from "../model/inventory.ts";
import type { Profile } from "../model/past.ts";
import { emptyProfile, growProfile, profileOf } from "../model/profile.ts";
import type { TemplateTree } from "../openapi/template-tree.ts";
import { templateTree } from "../openapi/template-tree.ts";
import { FEWEST, isGone } from "./drift-change.ts";

const DAY = 86_400_000;
const FEWEST_CLIENTS = 2;

/** Rules that only a baseline makes hold. */
export const BASELINE_RULES = [
  {
    id: "drift.endpoint-gone",
    severity: "medium",
    title: "A busy endpoint of the baseline is no longer called",
  },
  { id: "drift.endpoint-new", severity: "info", title: "Endpoint that is not in the baseline" },
] as const;

export interface BaselineFinding {
  readonly rule: (typeof BASELINE_RULES)[number]["id"];
  readonly severity: (typeof BASELINE_RULES)[number]["severity"];
  readonly endpointId: string;
  readonly text: string;
}

export interface Compared {
  /** Those that were heard, with the baseline as their past: the rules of drift judge them. */
  readonly endpoints: readonly Endpoint[];
  /** What no row of its own can say. */
  readonly findings: readonly BaselineFinding[];
}

/** `now` and `past` as they were decided, each from its own capture. */
export function comparedWith(now: readonly Endpoint[], past: readonly Endpoint[]): Compared {
  const pastOf = finder(past);
  const met = new Set<Endpoint>();
  const findings: BaselineFinding[] = [];
  const before = requestsByService(past);
  const after = requestsByService(now);
  const endpoints = now.map((endpoint) => {
    const found = endpoint.facts === null ? [] : pastOf(endpoint);
    for (const one of found) met.add(one);
    if (found.length > 0) return withPast(endpoint, found);
    const text = newText(endpoint, { before, after });
    if (text !== null)
      findings.push({ rule: "drift.endpoint-new", severity: "info", endpointId: endpoint.id, text });
    return endpoint;
  });
  for (const endpoint of past) {
    const text = met.has(endpoint) ? null : goneText(endpoint, { before, after });
    if (text !== null)
      findings.push({ rule: "drift.endpoint-gone", severity: "medium", endpointId: endpoint.id, text });
  }
  return { endpoints, findings };
}

/** The same endpoint; else the one whose template its path fits; else all whose paths fit its template. */
function finder(past: readonly Endpoint[]): (endpoint: Endpoint) => readonly Endpoint[] {
  const heard = past.filter(({ facts }) => facts !== null);
  const byId = new Map(heard.map((endpoint) => [endpoint.id, endpoint]));
  const groups = new Map<string, Endpoint[]>();
  const trees = new Map<string, TemplateTree<Endpoint>>();
  for (const endpoint of heard) {
    const group = groupOf(endpoint);
    const tree = trees.get(group) ?? templateTree<Endpoint>();
    tree.add(endpoint.path, endpoint);
    trees.set(group, tree);
    groups.set(group, [...(groups.get(group) ?? []), endpoint]);
  }
  return (endpoint) => {
    const same = byId.get(endpoint.id);
    if (same !== undefined) return [same];
    const group = groupOf(endpoint);
    const around = trees.get(group)?.find(endpoint.path, () => true) ?? [];
    return around.length > 0 ? around : within(groups.get(group) ?? [], endpoint.path);
  };
}

function groupOf({ authority, method, style, operation }: Endpoint): string {
  return JSON.stringify([authority, method, style, operation]);
}

function within(endpoints: readonly Endpoint[], template: string): readonly Endpoint[] {
  if (!template.includes("{")) return [];
  const tree = templateTree<true>();
  tree.add(template, true);
  return endpoints.filter(({ path }) => tree.find(path, () => true).length > 0);
}

function withPast(endpoint: Endpoint, past: readonly Endpoint[]): Endpoint {
  const { facts } = endpoint;
  if (facts === null) return endpoint;
  const before = past.reduce<Own<Profile>>((all, { facts: held }) => {
    return held === null ? all : growProfile(all, profileOf(held));
  }, ownCopy(emptyProfile()));
  // A baseline is the past because a person says so, however long it took.
  const from = Math.min(before.from, before.to - DAY);
  const days = emptyRecord<Profile>();
  days[String(Math.floor(facts.lastSeen / DAY))] = profileOf(facts);
  return { ...endpoint, facts: { ...facts, history: { before: { ...before, from }, days } } };
}

type Requests = ReadonlyMap<string, number>;

function requestsByService(endpoints: readonly Endpoint[]): Requests {
  const counts = new Map<string, number>();
  for (const endpoint of endpoints) {
    if (!isHeardApi(endpoint)) continue;
    const requests = endpoint.facts?.requests ?? 0;
    counts.set(endpoint.authority, (counts.get(endpoint.authority) ?? 0) + requests);
  }
  return counts;
}

interface Totals {
  readonly before: Requests;
  readonly after: Requests;
}

/** Evidence that so busy an endpoint was no part of a past that was long enough. */
function newText(endpoint: Endpoint, { before, after }: Totals): string | null {
  const { authority, facts } = endpoint;
  const [then = 0, now = 1] = [before.get(authority), after.get(authority)];
  if (facts === null || !isHeardApi(endpoint) || facts.requests < FEWEST) return null;
  if (facts.distinctCallers.length < FEWEST_CLIENTS || !isGone((facts.requests - 1) / now, then)) return null;
  return `${facts.requests} of ${now} requests, in none of ${then} of the baseline`;
}

function goneText(endpoint: Endpoint, { before, after }: Totals): string | null {
  const { authority, method, path, facts } = endpoint;
  const [then = 1, now = 0] = [before.get(authority), after.get(authority)];
  if (facts === null || !isHeardApi(endpoint) || !isGone(facts.requests / then, now)) return null;
  return `${method} ${authority}${path}: ${facts.requests} of ${then} requests of the baseline, in none of ${now}`;
}
