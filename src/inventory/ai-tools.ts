// What an agent protocol's server offers, over all its endpoints: tools, their history, and the risks of both.
import { isDestructive } from "../ai/tools/definition.ts";
import type { ProtocolFacts } from "../model/ai-facts.ts";
import { growAi } from "../model/ai-facts.ts";
import { emptyBounded, emptyRecord } from "../model/bounded.ts";
import type { Own } from "../model/grow.ts";
import { growBounded } from "../model/grow.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { ToolDefinition, ToolFacts } from "../model/tool-facts.ts";
import { TOOLS } from "../model/tool-facts.ts";
import { openSuccesses } from "./ai-words.ts";

/** An MCP server or A2A agent: what answers under one authority. */
export interface ToolServer {
  readonly protocol: "mcp" | "a2a";
  readonly authority: string;
  readonly endpoints: readonly Endpoint[];
  readonly facts: ProtocolFacts | null;
  readonly tools: readonly ToolFacts[];
  /** Requests without any credential that were answered with success. */
  readonly open: number;
}

/** All servers, by authority. */
export function toolServers(endpoints: readonly Endpoint[]): readonly ToolServer[] {
  const servers = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    for (const protocol of protocolsOf(endpoint)) {
      const key = `${protocol} ${endpoint.authority}`;
      servers.set(key, [...(servers.get(key) ?? []), endpoint]);
    }
  }
  return [...servers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]) => serverOf(key, own));
}

function protocolsOf({ facts }: Endpoint): readonly ("mcp" | "a2a")[] {
  const heard = facts?.ai?.protocols ?? {};
  return (["mcp", "a2a"] as const).filter((protocol) => heard[protocol] !== undefined);
}

function serverOf(key: string, endpoints: readonly Endpoint[]): ToolServer {
  const [protocol, authority = ""] = key.split(" ") as ["mcp" | "a2a", string?];
  const ai = endpoints.reduce(
    (all, { facts }) => (facts?.ai === undefined ? all : growAi(all, facts.ai)),
    emptyRecord<never>() as Parameters<typeof growAi>[0],
  );
  const tools: Own<ReturnType<typeof emptyBounded<ToolFacts>>> = emptyBounded<ToolFacts>();
  for (const { facts } of endpoints) if (facts?.tools !== undefined) growBounded(tools, facts.tools, TOOLS);
  return {
    protocol,
    authority,
    endpoints,
    facts: ai.protocols?.[protocol] ?? null,
    tools: Object.values(tools.kept).sort((a, b) => (a.name < b.name ? -1 : 1)),
    open: endpoints.reduce((all, endpoint) => all + openSuccesses(endpoint), 0),
  };
}

/** The wording heard last; null for a tool that was only called. */
export function currentDefinition({ definitions }: ToolFacts): ToolDefinition | null {
  const all = Object.values(definitions.kept);
  return all.reduce<ToolDefinition | null>(
    (last, one) => (last === null || one.lastSeen > last.lastSeen ? one : last),
    null,
  );
}

export type ToolChange = "added" | "removed" | "redefined" | "newly-destructive" | "undeclared";

// Pages of one list come right after each other; a tool is gone only when a list ended well after it was last there.
const LIST_TAKES = 60_000;

/** What changed about a tool since the server was first listed. */
export function toolChanges(tool: ToolFacts, facts: ProtocolFacts | null): readonly ToolChange[] {
  const definitions = Object.values(tool.definitions.kept).sort((a, b) => a.firstSeen - b.firstSeen);
  const [first] = definitions;
  const last = currentDefinition(tool);
  if (first === undefined || last === null) return isUndeclared(tool, facts) ? ["undeclared"] : [];
  const isOther = definitions.length > 1;
  const isWorse = isOther && isDestructive(last) && !isDestructive(first);
  const changes: readonly (readonly [ToolChange, boolean])[] = [
    ["added", isLater(first.firstSeen, facts?.firstList)],
    ["removed", isLater(facts?.lastList, last.lastSeen)],
    ["redefined", isOther],
    ["newly-destructive", isWorse],
  ];
  return changes.flatMap(([change, holds]) => (holds ? [change] : []));
}

function isLater(at: number | null | undefined, before: number | null | undefined): boolean {
  return typeof at === "number" && typeof before === "number" && at > before + LIST_TAKES;
}

/** Called, though lists were heard and it stood in none. */
function isUndeclared({ kind, calls }: ToolFacts, facts: ProtocolFacts | null): boolean {
  return kind === "tool" && calls > 0 && (facts?.lists ?? 0) > 0;
}
