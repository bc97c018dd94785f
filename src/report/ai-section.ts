// The AI part of a report: assets, servers of tools, vendors, tokens and findings over all of them, as plain rows.
import type { Approvals } from "../inventory/ai-approvals.ts";
import { NO_APPROVALS } from "../inventory/ai-approvals.ts";
import type { AiAsset, Usage, VendorUse } from "../inventory/ai-inventory.ts";
import { aiAssets, usagesOf, vendorUses } from "../inventory/ai-inventory.ts";
import type { AiLandscapeFinding } from "../inventory/ai-landscape.ts";
import { aiLandscape } from "../inventory/ai-landscape.ts";
import type { ToolServer } from "../inventory/ai-tools.ts";
import { currentDefinition, toolChanges, toolServers } from "../inventory/ai-tools.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { ToolFacts } from "../model/tool-facts.ts";

export interface AiSection {
  readonly assets: readonly AssetRow[];
  readonly servers: readonly ServerRow[];
  readonly vendors: readonly VendorRow[];
  readonly usage: readonly Usage[];
  readonly findings: readonly AiLandscapeFinding[];
}

export interface AssetRow {
  readonly authority: string;
  readonly kind: string;
  readonly vendor: string | null;
  readonly verdict: string;
  readonly endpoint_kinds: readonly string[];
  readonly formats: readonly string[];
  readonly models: readonly string[];
  readonly endpoints: number;
  readonly requests: number;
  readonly callers: readonly string[];
  readonly unauthenticated: number;
  readonly first_seen: string;
  readonly last_seen: string;
}

export interface ServerRow {
  readonly protocol: string;
  readonly authority: string;
  readonly revisions: readonly string[];
  readonly clients: readonly string[];
  readonly exchanges: number;
  readonly lists: number;
  readonly unauthenticated: number;
  readonly tools: readonly ToolRow[];
}

export interface ToolRow {
  readonly kind: string;
  readonly name: string;
  readonly effect: string;
  readonly declares: string | null;
  /** Names to JSON types, "!" behind those that are required. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly calls: number;
  readonly errors: number;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly changes: readonly string[];
  /** Wordings, oldest first: when each was heard, by the hash of it. */
  readonly history: readonly {
    readonly definition: string;
    readonly first_seen: string;
    readonly last_seen: string;
  }[];
  readonly backends: readonly string[];
}

export interface VendorRow {
  readonly vendor: string;
  readonly approval: string;
  readonly hosts: readonly string[];
  readonly callers: readonly string[];
  readonly requests: number;
  readonly connections: number;
  readonly keys: number;
  readonly first_seen: string;
  readonly last_seen: string;
}

export function aiSection(endpoints: readonly Endpoint[], approvals: Approvals = NO_APPROVALS): AiSection {
  return {
    assets: aiAssets(endpoints).map(assetRow),
    servers: toolServers(endpoints).map(serverRow),
    vendors: vendorUses(endpoints, approvals).map(vendorRow),
    usage: usagesOf(endpoints),
    findings: aiLandscape(endpoints, approvals),
  };
}

function assetRow({ endpointKinds, open, firstSeen, lastSeen, ...rest }: AiAsset): AssetRow {
  return {
    ...rest,
    endpoint_kinds: endpointKinds,
    unauthenticated: open,
    first_seen: iso(firstSeen),
    last_seen: iso(lastSeen),
  };
}

function vendorRow({ firstSeen, lastSeen, ...rest }: VendorUse): VendorRow {
  return { ...rest, first_seen: iso(firstSeen), last_seen: iso(lastSeen) };
}

function serverRow({ protocol, authority, facts, tools, open }: ToolServer): ServerRow {
  return {
    protocol,
    authority,
    revisions: Object.keys(facts?.revisions.kept ?? {}).sort(),
    clients: Object.keys(facts?.clients.kept ?? {}).sort(),
    exchanges: facts?.exchanges ?? 0,
    lists: facts?.lists ?? 0,
    unauthenticated: open,
    tools: tools.map((tool) => toolRow(tool, facts)),
  };
}

function toolRow(tool: ToolFacts, facts: ToolServer["facts"]): ToolRow {
  const now = currentDefinition(tool);
  const history = Object.entries(tool.definitions.kept).sort(([, a], [, b]) => a.firstSeen - b.firstSeen);
  return {
    kind: tool.kind,
    name: tool.name,
    effect: now?.effect ?? "unknown",
    declares: now?.declares ?? null,
    parameters: { ...now?.parameters },
    calls: tool.calls,
    errors: tool.errors,
    first_seen: iso(tool.firstSeen),
    last_seen: iso(tool.lastSeen),
    changes: toolChanges(tool, facts),
    history: history.map(([definition, { firstSeen, lastSeen }]) => ({
      definition,
      first_seen: iso(firstSeen),
      last_seen: iso(lastSeen),
    })),
    backends: Object.keys(tool.backends.kept).sort(),
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
