// The AI inventory above endpoints: assets, who uses which vendor, and what tokens would cost.
import { vendorOf as vendorOfHost } from "../ai/catalogue.ts";
import { estimatedDollars } from "../ai/spend.ts";
import type { SpendFacts } from "../model/ai-facts.ts";
import type { Endpoint } from "../model/inventory.ts";
import { looksAi } from "../model/inventory.ts";
import type { Approval, Approvals } from "./ai-approvals.ts";
import { approvalOf } from "./ai-approvals.ts";
import { aiFactsOf, openSuccesses } from "./ai-words.ts";

export type AssetKind =
  | "application"
  | "model-server"
  | "gateway"
  | "tool-server"
  | "agent"
  | "vector-store"
  | "vendor";

/** What runs under one authority. */
export interface AiAsset {
  readonly authority: string;
  readonly kind: AssetKind;
  /** Whose host it is; null for one's own, or nobody's known. */
  readonly vendor: string | null;
  readonly verdict: Endpoint["ai"]["verdict"];
  readonly endpointKinds: readonly string[];
  readonly formats: readonly string[];
  readonly models: readonly string[];
  readonly endpoints: number;
  readonly requests: number;
  readonly callers: readonly string[];
  /** Other assets that its own addresses ask; whoever heard either side, both stand in the inventory. */
  readonly asks: readonly string[];
  /** Requests without any credential that were answered with success. */
  readonly open: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

const MAX_CALLERS = 50;

export function aiAssets(endpoints: readonly Endpoint[]): readonly AiAsset[] {
  const found = endpoints.filter(looksAi);
  const asked = askedBy(found);
  const groups = grouped(found, ({ authority }) => authority);
  return [...groups].map(([authority, own]) => assetOf(authority, own, asked));
}

/** Address to the authorities it asks. */
function askedBy(endpoints: readonly Endpoint[]): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  for (const { authority, facts } of endpoints) {
    for (const { address } of Object.values(facts?.callers.kept ?? {})) {
      const known = asked.get(address);
      if (known === undefined) asked.set(address, new Set([authority]));
      else known.add(authority);
    }
  }
  return asked;
}

/** What the servers of these endpoints ask elsewhere. */
function asksOf(
  authority: string,
  own: readonly Endpoint[],
  asked: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const servers = own.flatMap(({ facts }) => Object.keys(facts?.servers.kept ?? {}));
  const addresses = new Set(servers.map((server) => server.replace(/:\d+$/, "")));
  const found = [...addresses].flatMap((address) => [...(asked.get(address) ?? [])]);
  return distinct(found.filter((one) => one !== authority));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function assetOf(
  authority: string,
  own: readonly Endpoint[],
  asked: ReadonlyMap<string, ReadonlySet<string>>,
): AiAsset {
  const facts = own.flatMap((endpoint) => endpoint.facts ?? []);
  const asks = asksOf(authority, own, asked);
  return {
    authority,
    kind: kindOf(own, asks),
    asks,
    vendor: vendorOf(own),
    verdict: own.some(({ ai }) => ai.verdict === "confirmed") ? "confirmed" : "likely",
    endpointKinds: distinct(own.flatMap(({ ai }) => ai.kind ?? [])),
    formats: distinct(own.flatMap(({ ai }) => ai.formats)),
    models: modelsOf(own),
    endpoints: own.length,
    requests: facts.reduce((all, one) => all + one.requests, 0),
    callers: distinct(
      facts.flatMap(({ callers }) => Object.values(callers.kept).map((one) => one.address)),
    ).slice(0, MAX_CALLERS),
    open: own.reduce((all, endpoint) => all + openSuccesses(endpoint), 0),
    firstSeen: Math.min(...facts.map((one) => one.firstSeen)),
    lastSeen: Math.max(...facts.map((one) => one.lastSeen)),
  };
}

/** What is rarest says most about the whole: an application has chat endpoints too. */
const ASSETS: readonly (readonly [AssetKind, ReadonlySet<string>])[] = [
  ["tool-server", new Set(["mcp-server"])],
  ["agent", new Set(["a2a-agent", "agent"])],
  ["vector-store", new Set(["vector-db"])],
  ["application", new Set(["ai-app"])],
];

/** Formats of models, that a gateway passes on as they are. */
const PASSED = new Set(["chat-completion", "completion", "embedding"]);

function kindOf(own: readonly Endpoint[], asks: readonly string[]): AssetKind {
  if (own.some(({ ai }) => ai.role === "consumer")) return "vendor";
  if (own.some(({ ai }) => ai.role === "gateway")) return "gateway";
  const found = ASSETS.find(([, kinds]) => own.some(({ ai }) => kinds.has(ai.kind ?? "")));
  if (found !== undefined) return found[0];
  // The two sides of a gateway may have been heard by two collectors, of which none saw one inside the other.
  const passes = own.some(({ ai }) => ai.formats.length > 0 && PASSED.has(ai.kind ?? ""));
  if (asks.length > 0 && passes) return "gateway";
  return own.some(({ ai }) => ai.formats.length > 0) ? "model-server" : "application";
}

function vendorOf(own: readonly Endpoint[]): string | null {
  return own.find(({ ai }) => ai.vendor !== undefined)?.ai.vendor ?? null;
}

export function modelsOf(own: readonly Endpoint[]): readonly string[] {
  const spent = own.flatMap((endpoint) => Object.values(aiFactsOf(endpoint).spend?.kept ?? {}));
  return distinct(spent.flatMap(({ model }) => (model === "" || model === "*" ? [] : model)));
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

/** Use of one vendor's hosts from here. */
export interface VendorUse {
  readonly vendor: string;
  readonly approval: Approval;
  readonly hosts: readonly string[];
  readonly callers: readonly string[];
  readonly requests: number;
  /** Connections whose content stayed closed: that they were made is all there is to see. */
  readonly connections: number;
  /** Different credentials heard. */
  readonly keys: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export function vendorUses(endpoints: readonly Endpoint[], approvals: Approvals): readonly VendorUse[] {
  const used = endpoints.filter((endpoint) => endpoint.facts !== null && nameOfVendor(endpoint) !== null);
  return [...grouped(used, (endpoint) => nameOfVendor(endpoint) ?? "")].map(([vendor, own]) => {
    const facts = own.flatMap((endpoint) => endpoint.facts ?? []);
    const requests = (closed: boolean) =>
      own.reduce(
        (all, one) => ((one.category === "encrypted") === closed ? all + (one.facts?.requests ?? 0) : all),
        0,
      );
    return {
      vendor,
      approval: approvalOf(
        vendor,
        own.map(({ authority }) => authority),
        approvals,
      ),
      hosts: distinct(own.map(({ authority }) => authority)),
      callers: distinct(
        facts.flatMap(({ callers }) => Object.values(callers.kept).map((one) => one.address)),
      ).slice(0, MAX_CALLERS),
      requests: requests(false),
      connections: requests(true),
      keys: new Set(own.flatMap((one) => Object.keys(aiFactsOf(one).credentials?.kept ?? {}))).size,
      firstSeen: Math.min(...facts.map((one) => one.firstSeen)),
      lastSeen: Math.max(...facts.map((one) => one.lastSeen)),
    };
  });
}

function nameOfVendor({ ai, authority }: Endpoint): string | null {
  if (ai.verdict === "none") return null;
  const row = vendorOfHost(authority);
  return ai.vendor ?? (row?.trust === "certain" ? row.vendor : null);
}

/** Tokens of one caller on one model, and what they would cost by list price. */
export interface Usage {
  readonly authority: string;
  readonly caller: string;
  readonly model: string;
  readonly exchanges: number;
  readonly input: number;
  readonly output: number;
  /** US dollars, an estimate; null for a model without public price. */
  readonly dollars: number | null;
}

/** Busy endpoints are sampled, so their tokens are scaled up to all requests. */
export function usagesOf(endpoints: readonly Endpoint[]): readonly Usage[] {
  return endpoints
    .flatMap((endpoint) => {
      const { requests = 0, digested = 0 } = endpoint.facts ?? {};
      const scale = digested === 0 ? 1 : requests / digested;
      const rows: readonly SpendFacts[] = Object.values(aiFactsOf(endpoint).spend?.kept ?? {});
      return rows.map((row) => usageOf(endpoint.authority, row, scale));
    })
    .sort((a, b) => (b.dollars ?? 0) - (a.dollars ?? 0) || b.input + b.output - a.input - a.output);
}

function usageOf(authority: string, row: SpendFacts, scale: number): Usage {
  const input = Math.round(row.input * scale);
  const output = Math.round(row.output * scale);
  const dollars = estimatedDollars(row.model, { input, output });
  return {
    authority,
    caller: row.caller,
    model: row.model,
    exchanges: Math.round(row.exchanges * scale),
    input,
    output,
    dollars: dollars === null ? null : Math.round(dollars * 10_000) / 10_000,
  };
}
