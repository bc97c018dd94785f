// What one exchange tells of an MCP server: that it is one, what it offers, what was called and how that ended.
import type { ToolKind } from "../../model/tool-facts.ts";
import type { ListedTool } from "./definition.ts";
import { listedTool } from "./definition.ts";
import type { RpcMessage } from "./rpc.ts";
import { fieldsOf, itemsOf, textOf } from "./rpc.ts";

/*
  Model Context Protocol, revisions 2024-11-05 (HTTP+SSE), 2025-03-26 to 2025-11-25 (streamable HTTP with sessions) and
  2026-07-28 (stateless: method and name stand in headers). Methods that no other JSON-RPC protocol has …
*/
const OWN: ReadonlySet<string> = new Set([
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

/** … and methods that others (the Language Server Protocol among them) have too. */
const SHARED: ReadonlySet<string> = new Set([
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

const HEADERS: ReadonlySet<string> = new Set([
  "mcp-session-id",
  "mcp-protocol-version",
  "mcp-method",
  "mcp-name",
]);

/** Methods that use one thing by its name or URI. */
const CALLS: Readonly<Record<string, readonly [ToolKind, field: string]>> = {
  "tools/call": ["tool", "name"],
  "prompts/get": ["prompt", "name"],
};

const LISTS: Readonly<Record<string, readonly [ToolKind, field: string]>> = {
  "tools/list": ["tool", "tools"],
  "resources/list": ["resource", "resources"],
  "resources/templates/list": ["resource", "resourceTemplates"],
  "prompts/list": ["prompt", "prompts"],
};

/** Tools of one list that are read. */
const MAX_LISTED = 512;
/** JSON-RPC 2.0, 5.1. */
const METHOD_NOT_FOUND = -32_601;

export interface McpCall {
  readonly kind: ToolKind;
  readonly name: string;
  /** null while the answer is not known. */
  readonly failed: boolean | null;
  /** Pairs the call with an answer that comes elsewhere. */
  readonly id: string | null;
}

export interface McpHeard {
  /** What told: "headers", "method", "error", "answer". */
  readonly told: readonly string[];
  /** e.g. "2025-06-18"; null when none was named. */
  readonly revision: string | null;
  readonly client: string | null;
  readonly listed: readonly ListedTool[];
  /** A list ended here: what was in none of its pages is not offered. */
  readonly listEnds: boolean;
  readonly calls: readonly McpCall[];
  readonly methods: readonly string[];
}

export interface McpSeen {
  /** Of request and response, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly requests: readonly RpcMessage[];
  readonly answers: readonly RpcMessage[];
  /** Answers were recorded, whatever they were. */
  readonly answered: boolean;
}

/** null when nothing of it is MCP. */
export function readMcp(seen: McpSeen): McpHeard | null {
  const marks = seen.headers.filter(([name]) => HEADERS.has(name));
  const spoken = headerMethod(marks);
  const methods = [...seen.requests.flatMap(({ method }) => method ?? []), ...spoken];
  const told = toldBy(seen, marks.length > 0, methods);
  if (told.length === 0) return null;
  const { listed, ends } = listsIn(seen);
  return {
    told,
    revision: revisionIn(seen, marks),
    client: clientIn(seen),
    listed,
    listEnds: ends,
    calls: seen.requests.length > 0 ? callsIn(seen) : headerCalls(marks),
    methods: [...new Set(methods.filter((method) => OWN.has(method) || SHARED.has(method)))],
  };
}

function toldBy(seen: McpSeen, hasHeaders: boolean, methods: readonly string[]): readonly string[] {
  const isSpoken = isOwnMethod(seen, hasHeaders, methods) || isSharedMethod(seen, hasHeaders, methods);
  const failed = isSpoken && seen.answers.some(({ errorCode }) => errorCode !== null);
  return [...(hasHeaders ? ["headers"] : []), ...(isSpoken ? ["method"] : []), ...(failed ? ["error"] : [])];
}

/** An answer that is no JSON-RPC is another service's; "no such method" is said by servers that are not MCP either. */
function isOwnMethod(seen: McpSeen, hasHeaders: boolean, methods: readonly string[]): boolean {
  if (!methods.some((method) => OWN.has(method))) return false;
  if (hasHeaders) return true;
  const isContradicted = seen.answered && seen.answers.length === 0;
  return !isContradicted && !seen.answers.some(({ errorCode }) => errorCode === METHOD_NOT_FOUND);
}

function isSharedMethod(seen: McpSeen, hasHeaders: boolean, methods: readonly string[]): boolean {
  return methods.some((method) => SHARED.has(method)) && (hasHeaders || isHandshake(seen));
}

/** InitializeRequest: { protocolVersion, capabilities, clientInfo }. */
function isHandshake({ requests }: McpSeen): boolean {
  return requests.some(
    ({ method, params }) =>
      method === "initialize" &&
      REVISION.test(textOf(params?.["protocolVersion"]) ?? "") &&
      fieldsOf(params?.["clientInfo"]) !== null,
  );
}

const REVISION = /^20\d\d-\d\d-\d\d$/;

function revisionIn({ requests, answers }: McpSeen, marks: McpSeen["headers"]): string | null {
  const agreed = answers.map(({ result }) => textOf(result?.["protocolVersion"]));
  const asked = requests.map(({ params }) => textOf(params?.["protocolVersion"]));
  const named = marks.filter(([name]) => name === "mcp-protocol-version").map(([, value]) => value);
  return [...agreed, ...named, ...asked].find((one) => one !== null && REVISION.test(one)) ?? null;
}

/** In `initialize`, or since 2026-07-28 with every request. */
function clientIn({ requests }: McpSeen): string | null {
  for (const { params } of requests) {
    const meta = fieldsOf(params?.["_meta"])?.["io.modelcontextprotocol/clientInfo"];
    const name = textOf(fieldsOf(params?.["clientInfo"] ?? meta)?.["name"]);
    if (name !== null) return name;
  }
  return null;
}

function headerMethod(marks: McpSeen["headers"]): readonly string[] {
  return marks.filter(([name]) => name === "mcp-method").map(([, value]) => value.trim().slice(0, 64));
}

function listsIn({ requests, answers }: McpSeen): {
  readonly listed: readonly ListedTool[];
  readonly ends: boolean;
} {
  const asked = new Set(requests.map(({ method }) => method));
  const listed: ListedTool[] = [];
  let ends = false;
  for (const { result } of answers) {
    if (result === null) continue;
    for (const [method, [kind, field]] of Object.entries(LISTS)) {
      if (!Array.isArray(result[field]) || (requests.length > 0 && !asked.has(method))) continue;
      listed.push(...itemsOf(result[field], MAX_LISTED).flatMap((item) => listedTool(kind, item) ?? []));
      if (kind === "tool" && result["nextCursor"] === undefined) ends = true;
    }
  }
  return { listed, ends };
}

function callsIn({ requests, answers, answered }: McpSeen): readonly McpCall[] {
  return requests.flatMap(({ method, params, id }) => {
    const call = method === null ? undefined : CALLS[method];
    const name = call === undefined ? null : textOf(params?.[call[1]]);
    if (call === undefined || name === null) return [];
    const answer = answers.find((one) => one.id === id);
    const failed = answer === undefined ? null : isFailure(answer);
    return [{ kind: call[0], name, failed: answered ? failed : null, id }];
  });
}

/** A tool may fail without the protocol failing: `isError`. */
export function isFailure({ errorCode, result }: Pick<RpcMessage, "errorCode" | "result">): boolean {
  return errorCode !== null || result?.["isError"] === true;
}

/** Without bodies the headers of 2026-07-28 still tell which tool was called. */
function headerCalls(marks: McpSeen["headers"]): readonly McpCall[] {
  const value = (wanted: string) => marks.find(([name]) => name === wanted)?.[1].trim();
  const call = CALLS[value("mcp-method") ?? ""];
  const name = headerText(value("mcp-name") ?? "");
  return call === undefined || name === "" ? [] : [{ kind: call[0], name, failed: null, id: null }];
}

/*
  MCP 2026-07-28: values that a header cannot carry stand there as "=?base64?" text "?=".
*/
function headerText(value: string): string {
  const encoded = /^=\?base64\?([A-Za-z0-9+/=]{1,1024})\?=$/.exec(value)?.[1];
  return encoded === undefined ? value.slice(0, 256) : Buffer.from(encoded, "base64").toString("utf8");
}

/** The fields an answer gives for a call that was heard elsewhere. */
export function answersById(answers: readonly RpcMessage[]): ReadonlyMap<string, boolean> {
  return new Map(
    answers
      .filter(({ id, method }) => id !== null && method === null)
      .map((one) => [one.id as string, isFailure(one)]),
  );
}
