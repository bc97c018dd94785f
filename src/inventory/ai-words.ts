// Small questions that rules about language models ask of an endpoint's facts.
import { hasKey } from "../ai/keys.ts";
import type { Endpoint } from "../model/inventory.ts";
import { looksAi } from "../model/inventory.ts";
import type { AiFacts } from "../model/ai-facts.ts";
import type { AuthFacts } from "../model/sighting.ts";
import type { ToolFacts } from "../model/tool-facts.ts";

export function aiFactsOf({ facts }: Endpoint): AiFacts {
  return facts?.ai ?? {};
}

export function toolsOf({ facts }: Endpoint): readonly ToolFacts[] {
  return Object.values(facts?.tools?.kept ?? {}).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Belongs to whoever runs Umbra, as far as can be told: not a vendor's. */
export function isOwnAi(endpoint: Endpoint): boolean {
  return looksAi(endpoint) && endpoint.ai.role !== "consumer";
}

/** A vendor's, called from here. */
export function isVendorUse({ ai }: Endpoint): boolean {
  return ai.verdict !== "none" && ai.role === "consumer";
}

/** How many requests without any credential were answered with success. */
export function openSuccesses({ facts }: Endpoint): number {
  const auth: readonly AuthFacts[] = Object.values(facts?.auth.kept ?? {});
  return auth.reduce((all, one) => (one.scheme === "none" ? all + one.successes : all), 0);
}

/** Names of classes that stand for secrets rather than for people. */
export function isCredentialClass(dataClass: string): boolean {
  return /key|token|secret|password|credential|jwt/.test(dataClass);
}

export function classesAt(endpoint: Endpoint, place: "request.body" | "response.body"): readonly string[] {
  const found = Object.values(endpoint.facts?.dataClasses.kept ?? {}).filter((one) => one.place === place);
  return [...new Set(found.map((one) => one.dataClass))].sort();
}

export function marksOf(endpoint: Endpoint, mark: string): number {
  return aiFactsOf(endpoint).marks?.[mark] ?? 0;
}

/** A body of requests had one of these key paths; false too while no body was read. */
export function asksWith({ facts }: Endpoint, paths: readonly string[]): boolean {
  return Object.values(facts?.requestBodies ?? {}).some(
    ({ shape }) => shape !== null && paths.some((path) => hasKey(shape, path)),
  );
}

export function hasReadRequests({ facts }: Endpoint): boolean {
  return Object.values(facts?.requestBodies ?? {}).some(({ shape }) => shape !== null);
}

export function answersWithHeader({ facts }: Endpoint, name: RegExp): boolean {
  return Object.values(facts?.responses ?? {}).some(({ headers }) =>
    Object.keys(headers.kept).some((header) => name.test(header)),
  );
}
