// Says that an endpoint speaks MCP or A2A, by what the digest heard of either protocol there.
import type { ProtocolFacts } from "../model/ai-facts.ts";
import type { Facts } from "../model/sighting.ts";

export interface ProtocolMatch {
  readonly id: "mcp.jsonrpc" | "a2a.jsonrpc";
  readonly kind: "mcp-server" | "a2a-agent";
  readonly text: string;
}

const MATCHES = [
  ["mcp", "MCP", { id: "mcp.jsonrpc", kind: "mcp-server" }],
  ["a2a", "A2A", { id: "a2a.jsonrpc", kind: "a2a-agent" }],
] as const;

/** A scanner that tries the protocol on a page now and then does not make a server of it. */
const LEAST_SHARE = 0.05;

/** The protocol spoken there, or null. */
export function recogniseProtocol(facts: Facts): ProtocolMatch | null {
  for (const [protocol, name, match] of MATCHES) {
    const spoken = facts.ai?.protocols?.[protocol];
    if (spoken === undefined || spoken.exchanges < LEAST_SHARE * facts.requests) continue;
    return { ...match, text: `${name}: ${toldBy(spoken)}${revisionsOf(spoken)}` };
  }
  return null;
}

const WORDS: Readonly<Record<string, string>> = {
  headers: "headers that only it has",
  method: "methods that are its own",
  error: "errors in its form",
  stream: "a stream that names where to post",
  card: "an agent card",
  path: "its paths with its messages",
};

function toldBy({ told }: ProtocolFacts): string {
  return Object.keys(told)
    .sort()
    .map((one) => WORDS[one] ?? one)
    .join(", ");
}

function revisionsOf({ revisions }: ProtocolFacts): string {
  const named = Object.keys(revisions.kept).sort();
  return named.length === 0 ? "" : ` (revision ${named.join(", ")})`;
}
