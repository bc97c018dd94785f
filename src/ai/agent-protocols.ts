// Recognises MCP and A2A: JSON-RPC whose method names belong to the protocol, or headers only it has.
import type { SightingKey, Facts } from "../model/sighting.ts";
import { hasKey } from "./keys.ts";

export interface ProtocolMatch {
  readonly id: "mcp.jsonrpc" | "a2a.jsonrpc";
  readonly kind: "mcp-server" | "a2a-agent";
  readonly text: string;
}

/*
  Model Context Protocol, revisions 2024-11-05 to 2026-07-28. Names that only MCP uses …
*/
const MCP_OWN: ReadonlySet<string> = new Set([
  "tools/list",
  "tools/call",
  "resources/list",
  "resources/templates/list",
  "resources/read",
  "resources/subscribe",
  "resources/unsubscribe",
  "subscriptions/listen",
  "prompts/list",
  "prompts/get",
  "server/discover",
  "sampling/createMessage",
  "elicitation/create",
  "notifications/initialized",
  "notifications/tools/list_changed",
  "notifications/resources/list_changed",
  "notifications/resources/updated",
  "notifications/prompts/list_changed",
  "notifications/roots/list_changed",
]);

/** … and names that other JSON-RPC protocols (LSP among them) use too. */
const MCP_SHARED: ReadonlySet<string> = new Set([
  "initialize",
  "ping",
  "completion/complete",
  "logging/setLevel",
  "roots/list",
  "notifications/message",
  "notifications/progress",
  "notifications/cancelled",
  "tasks/get",
  "tasks/result",
  "tasks/list",
  "tasks/cancel",
]);

const MCP_HEADERS = ["mcp-session-id", "mcp-protocol-version", "mcp-method", "mcp-name"];

/*
  Agent2Agent 0.x and 1.0, JSON-RPC binding.
*/
const A2A: ReadonlySet<string> = new Set([
  "message/send",
  "message/stream",
  "tasks/send",
  "tasks/sendSubscribe",
  "tasks/get",
  "tasks/cancel",
  "tasks/resubscribe",
  "agent/getAuthenticatedExtendedCard",
  "SendMessage",
  "SendStreamingMessage",
  "GetTask",
  "ListTasks",
  "CancelTask",
  "SubscribeToTask",
  "GetExtendedAgentCard",
]);

const A2A_HEADERS = ["a2a-version", "a2a-extensions"];

/** The protocol spoken, or null; `key.operation` starts with the JSON-RPC method. */
export function recogniseProtocol(
  key: Pick<SightingKey, "style" | "operation">,
  facts: Facts,
): ProtocolMatch | null {
  if (key.style !== "json-rpc") return null;
  const method = (key.operation ?? "").split(" ")[0] ?? "";
  if (MCP_OWN.has(method) && !contradictsMcp(facts)) return mcp(`JSON-RPC method ${method}`);
  if (MCP_SHARED.has(method) && hasMcpMarks(facts)) return mcp(`JSON-RPC method ${method} with marks of MCP`);
  if (!A2A.has(method) || !hasA2aMarks(facts)) return null;
  return { id: "a2a.jsonrpc", kind: "a2a-agent", text: `JSON-RPC method ${method} with marks of A2A` };
}

function hasMcpMarks(facts: Facts): boolean {
  return hasHeader(facts, MCP_HEADERS) || hasHandshake(facts);
}

function hasA2aMarks(facts: Facts): boolean {
  return hasHeader(facts, A2A_HEADERS) || requestHas(facts, "params.message.parts");
}

function mcp(text: string): ProtocolMatch {
  return { id: "mcp.jsonrpc", kind: "mcp-server", text };
}

function hasHandshake(facts: Facts): boolean {
  return requestHas(facts, "params.protocolVersion") && requestHas(facts, "params.clientInfo");
}

function requestHas(facts: Facts, path: string): boolean {
  return Object.values(facts.requestBodies).some(({ shape }) => shape !== null && hasKey(shape, path));
}

/** Answers were read, and none of them was a JSON-RPC answer. */
function contradictsMcp(facts: Facts): boolean {
  const shapes = Object.entries(facts.responses)
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([, response]) => Object.values(response.bodies).flatMap(({ shape }) => shape ?? []));
  const answers = ["result", "error", "method", "*.result", "*.error"];
  return shapes.length > 0 && !shapes.some((shape) => answers.some((path) => hasKey(shape, path)));
}

function hasHeader(facts: Facts, names: readonly string[]): boolean {
  return (
    names.some((name) => facts.requestHeaders.kept[name] !== undefined) ||
    Object.values(facts.responses).some((response) =>
      names.some((name) => response.headers.kept[name] !== undefined),
    )
  );
}
