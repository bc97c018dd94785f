// News about the use of models and tools between two states of an endpoint.
import { modelFamily } from "../ai/model-family.ts";
import type { AiChange, Endpoint } from "../model/inventory.ts";
import type { ToolFacts } from "../model/tool-facts.ts";
import { modelsOf } from "./ai-inventory.ts";
import type { ToolChange } from "./ai-tools.ts";
import { currentDefinition, toolChanges } from "./ai-tools.ts";
import { aiFactsOf, isVendorUse, toolsOf } from "./ai-words.ts";

export interface AiNews {
  readonly news: AiChange;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** With the host it makes the news' identity: heard at another endpoint of the host it is no news. */
  readonly about: readonly string[];
}

/** `before` is null for what was not known. Costs little where no model or tool is used. */
export function aiNews(before: Endpoint | null, now: Endpoint): readonly AiNews[] {
  const { facts } = now;
  if (facts === null) return [];
  const isNewUse = isVendorUse(now) && (before === null || !isVendorUse(before));
  if (facts.ai === undefined && facts.tools === undefined && !isNewUse) return [];
  return [
    ...(isNewUse ? vendorNews(now, before === null ? facts.firstSeen : facts.lastSeen) : []),
    ...toolNews(before, now),
    ...modelNews(before, now, facts.lastSeen),
    ...keyNews(before, now),
  ];
}

function vendorNews({ ai: { vendor } }: Endpoint, at: number): readonly AiNews[] {
  return vendor === undefined ? [] : [{ news: { type: "ai-vendor-found", vendor }, at, about: [vendor] }];
}

/** What nobody listed is a finding over all endpoints of the server. */
type Told = Exclude<ToolChange, "undeclared">;

function toolNews(before: Endpoint | null, now: Endpoint): readonly AiNews[] {
  const old = new Map(before === null ? [] : toolsOf(before).map((tool) => [tool.name, tool]));
  return toolsOf(now).flatMap((tool) => {
    const known = old.get(tool.name);
    const wording = wordingOf(tool);
    const isSame = known !== undefined && wordingOf(known) === wording;
    const told = new Set<ToolChange>(isSame && before !== null ? changesOf(known, before) : []);
    const fresh = changesOf(tool, now).filter((one): one is Told => one !== "undeclared" && !told.has(one));
    return fresh
      .filter((change) => known === undefined || change !== "added")
      .map((change) => ({
        news: { type: "ai-tool-changed" as const, tool: tool.name, change },
        at: timeOf(change, tool, now),
        about: [tool.kind, tool.name, change, change === "added" ? "" : wording],
      }));
  });
}

function changesOf(tool: ToolFacts, endpoint: Endpoint): readonly ToolChange[] {
  return toolChanges(tool, protocolOf(endpoint));
}

function protocolOf(endpoint: Endpoint) {
  return Object.values(aiFactsOf(endpoint).protocols ?? {})[0] ?? null;
}

/** Hash of the wording heard last. */
function wordingOf(tool: ToolFacts): string {
  const last = currentDefinition(tool);
  return Object.entries(tool.definitions.kept).find(([, one]) => one === last)?.[0] ?? "";
}

function timeOf(change: Told, tool: ToolFacts, endpoint: Endpoint): number {
  if (change === "removed") return protocolOf(endpoint)?.lastList ?? tool.lastSeen;
  return currentDefinition(tool)?.firstSeen ?? tool.lastSeen;
}

/** Which model an endpoint began with is no change. */
function modelNews(before: Endpoint | null, now: Endpoint, at: number): readonly AiNews[] {
  const known = familiesOf(before);
  if (known.size === 0) return [];
  const names = [...known.keys()];
  return [...familiesOf(now)]
    .filter(([family]) => !known.has(family))
    .map(([family, model]) => ({
      news: { type: "ai-model-changed", model, family, before: names },
      at,
      about: [now.id, family],
    }));
}

/** Families to one model of each. */
function familiesOf(endpoint: Endpoint | null): ReadonlyMap<string, string> {
  const models = endpoint === null ? [] : modelsOf([endpoint]);
  return new Map(models.map((model) => [modelFamily(model), model]));
}

function keyNews(before: Endpoint | null, now: Endpoint): readonly AiNews[] {
  const keys = Object.entries(aiFactsOf(now).credentials?.kept ?? {});
  const known = (before === null ? undefined : aiFactsOf(before).credentials?.kept) ?? {};
  const first = keys.reduce((least, [, { firstSeen }]) => Math.min(least, firstSeen), Infinity);
  return keys
    .filter(([hash, { firstSeen }]) => known[hash] === undefined && firstSeen > first)
    .map(([hash, { firstSeen }]) => ({
      news: { type: "ai-key-changed", keys: keys.length },
      at: firstSeen,
      about: [hash],
    }));
}
