// The AI part of a report: assets, servers of tools, vendors, tokens and findings over all of them, as plain rows.
import type { Approvals } from "../inventory/ai-approvals.ts";
import { NO_APPROVALS } from "../inventory/ai-approvals.ts";
import type { DynamicApi } from "../inventory/ai-dynamic.ts";
import { dynamicApis, dynamicFindings, dynamicRow } from "../inventory/ai-dynamic.ts";
import type { DynamicRow } from "../inventory/ai-dynamic-signals.ts";
import type { AiAsset, Usage, VendorUse } from "../inventory/ai-inventory.ts";
import { aiAssets, usagesOf, vendorUses } from "../inventory/ai-inventory.ts";
import type { AiLandscapeFinding, Segments } from "../inventory/ai-landscape.ts";
import { aiLandscape, isGateway, noteSegments } from "../inventory/ai-landscape.ts";
import type { ToolServer } from "../inventory/ai-tools.ts";
import { currentDefinition, toolChanges, toolServers } from "../inventory/ai-tools.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { ToolFacts } from "../model/tool-facts.ts";

export interface AiSection {
  readonly assets: readonly AssetRow[];
  readonly servers: readonly ServerRow[];
  readonly vendors: readonly VendorRow[];
  readonly usage: readonly Usage[];
  readonly dynamic: readonly DynamicApiRow[];
  readonly findings: readonly AiLandscapeFinding[];
}

/** ISO 8601 UTC. */
interface Times {
  readonly first_seen: string;
  readonly last_seen: string;
}

type Timed = "firstSeen" | "lastSeen";

export interface AssetRow extends Omit<AiAsset, Timed | "endpointKinds" | "open" | "asks">, Times {
  readonly endpoint_kinds: readonly string[];
  /** Other assets that its own addresses ask. */
  readonly asks_models: readonly string[];
  readonly unauthenticated: number;
}

export interface VendorRow extends Omit<VendorUse, Timed>, Times {}

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

export interface ToolRow extends Times {
  readonly kind: string;
  readonly name: string;
  readonly effect: string;
  readonly declares: string | null;
  /** Names to JSON types, "!" behind those that are required. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly calls: number;
  readonly errors: number;
  readonly changes: readonly string[];
  /** Wordings, oldest first: when each was heard, by the hash of it. */
  readonly history: readonly (Times & { readonly definition: string })[];
  readonly backends: readonly string[];
}

/** A service whose API a machine made or found out. */
export interface DynamicApiRow {
  readonly authority: string;
  readonly likely: boolean;
  readonly signs: readonly {
    readonly sign: string;
    readonly text: string;
    readonly since: string;
    readonly endpoints: number;
  }[];
  readonly endpoints: readonly {
    readonly endpoint_id: string;
    readonly method: string;
    readonly path: string;
    readonly signs: readonly string[];
  }[];
}

export function aiSection(endpoints: readonly Endpoint[], approvals: Approvals = NO_APPROVALS): AiSection {
  const gathering = createAiGathering(approvals);
  for (const endpoint of endpoints) gathering.add(endpoint);
  return gathering.section();
}

export interface AiGathering {
  add(endpoint: Endpoint): void;
  section(): AiSection;
}

/** Holds whole rows only where models, tools and gateways are: an inventory may be larger than memory. */
export function createAiGathering(approvals: Approvals): AiGathering {
  const held: Endpoint[] = [];
  const rows: DynamicRow[] = [];
  const segments: Segments = new Map();
  return {
    add(endpoint) {
      noteSegments(segments, endpoint);
      const row = dynamicRow(endpoint);
      if (row !== null) rows.push(row);
      if (isUsed(endpoint) || isGateway(endpoint, approvals.gateways)) held.push(endpoint);
    },
    section() {
      const dynamic = dynamicApis(rows);
      return {
        assets: aiAssets(held).map(assetRow),
        servers: toolServers(held).map(serverRow),
        vendors: vendorUses(held, approvals).map(vendorRow),
        usage: usagesOf(held),
        dynamic: dynamic.map(dynamicApiRow),
        findings: [...aiLandscape(held, approvals, segments), ...dynamicFindings(dynamic)],
      };
    },
  };
}

function isUsed({ ai, facts }: Endpoint): boolean {
  const { protocols, spend } = facts?.ai ?? {};
  return ai.verdict !== "none" || facts?.tools !== undefined || (protocols ?? spend) !== undefined;
}

function vendorRow({ firstSeen, lastSeen, ...rest }: VendorUse): VendorRow {
  return { ...rest, ...times({ firstSeen, lastSeen }) };
}

function assetRow({ endpointKinds, asks, open, firstSeen, lastSeen, ...rest }: AiAsset): AssetRow {
  return {
    ...rest,
    endpoint_kinds: endpointKinds,
    asks_models: asks,
    unauthenticated: open,
    ...times({ firstSeen, lastSeen }),
  };
}

function dynamicApiRow({ authority, isLikely, signs, endpoints }: DynamicApi): DynamicApiRow {
  return {
    authority,
    likely: isLikely,
    signs: signs.map(({ sign, text, at, endpointIds }) => ({
      sign,
      text,
      since: iso(at),
      endpoints: endpointIds.length,
    })),
    endpoints: endpoints.map(({ id, method, path, signs: own }) => ({
      endpoint_id: id,
      method,
      path,
      signs: own,
    })),
  };
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
    ...times(tool),
    changes: toolChanges(tool, facts),
    history: history.map(([definition, heard]) => ({ definition, ...times(heard) })),
    backends: Object.keys(tool.backends.kept).sort(),
  };
}

function times({ firstSeen, lastSeen }: { readonly firstSeen: number; readonly lastSeen: number }): Times {
  return { first_seen: iso(firstSeen), last_seen: iso(lastSeen) };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
