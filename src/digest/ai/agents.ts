// Agent protocols in an exchange: MCP and A2A of both generations, their tools and the calls of them, as facts.
import { isA2aPath, readA2a } from "../../ai/tools/a2a.ts";
import type { McpCall, McpHeard } from "../../ai/tools/mcp.ts";
import { answersById, readMcp } from "../../ai/tools/mcp.ts";
import type { RpcMessage } from "../../ai/tools/rpc.ts";
import { jsonOf, rpcMessages } from "../../ai/tools/rpc.ts";
import type { AiFacts, ProtocolFacts } from "../../model/ai-facts.ts";
import { emptyBounded, emptyRecord } from "../../model/bounded.ts";
import type { Exchange, Header } from "../../model/exchange.ts";
import type { Own } from "../../model/grow.ts";
import type { Facts } from "../../model/sighting.ts";
import { eventData } from "../events.ts";
import { headerValue } from "../message.ts";
import type { SafeName } from "../names.ts";
import { sole } from "../once.ts";
import type { Bodies } from "./bodies.ts";
import type { Sessions } from "./sessions.ts";
import type { ToolTable } from "./tool-table.ts";
import { createToolTable } from "./tool-table.ts";

export interface AgentParts {
  readonly safeName: SafeName;
  readonly hash32: (text: string) => number;
  readonly sessions: Sessions;
  /** What the server asked elsewhere while it answered. */
  readonly backendsOf: (exchange: Exchange) => readonly string[];
}

export interface AgentsHeard {
  readonly protocols: NonNullable<AiFacts["protocols"]>;
  readonly tools: Facts["tools"];
  /** Texts of the request are arguments of a tool, texts of the answer its result. */
  readonly isToolUse: boolean;
}

/** null for all exchanges that are of neither protocol; costs them a look at names and a few bytes. */
export function readAgents(exchange: Exchange, bodies: Bodies, parts: AgentParts): AgentsHeard | null {
  const stream = openedStream(exchange, bodies);
  if (stream === null && !isSuspect(exchange, bodies)) return null;
  const headers = [...bodies.requestHeaders, ...bodies.answerHeaders];
  const answers = rpcMessages(textsOf(bodies.answer(), headerValue(bodies.answerHeaders, "content-type")));
  const requests = rpcMessages([bodies.request()]);
  const table = createToolTable(exchange.startedAt, parts);
  const answered = isReadable(bodies);
  const mcp =
    stream ?? (isPage(bodies, answered, answers) ? null : readMcp({ headers, requests, answers, answered }));
  if (mcp !== null)
    return mcpFacts({ exchange, mcp, answers, table, stream: stream?.place ?? null }, bodies, parts);
  const a2a = readA2a({
    headers,
    path: exchange.request.path,
    requests,
    answers,
    request: jsonOf(bodies.request()),
    answer: jsonOf(bodies.answer()),
  });
  if (a2a === null) return null;
  for (const skill of a2a.skills) table.listed(skill);
  const spoken = { told: a2a.told, revision: a2a.revision, client: null, lists: a2a.skills.length > 0 };
  return {
    protocols: { a2a: protocolFacts(exchange, bodies, spoken, parts) },
    tools: table.tools(),
    isToolUse: false,
  };
}

/** An answer whose text is there: only then absence says something. 202 promises an answer elsewhere. */
function isReadable({ status, answer }: Bodies): boolean {
  return status !== null && status < 300 && status !== 202 && answer() !== "";
}

/** Whatever was asked, what answered is something else. */
function isPage({ answerHeaders }: Bodies, answered: boolean, answers: readonly RpcMessage[]): boolean {
  const isStream = headerValue(answerHeaders, "content-type")?.startsWith("text/event-stream") === true;
  return answered && answers.length === 0 && !isStream && !answerHeaders.some(isOwnHeader);
}

function* textsOf(text: string, mediaType: string | undefined): Generator<string> {
  if (mediaType?.startsWith("text/event-stream") !== true) yield text;
  else for (const { text: data } of eventData(text, true)) yield data;
}

const OWN_HEADER = /^(?:mcp-(?:session-id|protocol-version|method|name)|a2a-(?:version|extensions))$/;

function isSuspect(exchange: Exchange, bodies: Bodies): boolean {
  const { path, headers } = exchange.request;
  if (headers.some(isOwnHeader) || bodies.answerHeaders.some(isOwnHeader) || isRpc(exchange, bodies))
    return true;
  return (path.includes(":") || path.endsWith("ard") || A2A_PLACE.test(path)) && isA2aPath(path);
}

function isRpc({ request }: Exchange, { requestHead }: Bodies): boolean {
  if (request.method !== "POST" || request.body.kind !== "recorded") return false;
  const first = request.body.bytes[0];
  return (first === BRACE || first === BRACKET) && requestHead().includes('"jsonrpc"');
}

/** Of cards and of the gRPC service; paths with a colon are looked at as they are. */
const A2A_PLACE = /\/\.well-known\/agent|^\/(?:lf\.)?a2a\./;

const BRACE = 0x7b;
const BRACKET = 0x5b;

function isOwnHeader([name]: Header): boolean {
  const first = name.charCodeAt(0);
  return (first === 0x6d || first === 0x61) && OWN_HEADER.test(name);
}

/*
  MCP 2024-11-05, HTTP with SSE: the stream's first event is "endpoint" and names where to post; answers come on it.
*/
const ENDPOINT_EVENT = /^(?:\uFEFF?(?::[^\n]*\r?\n|\r?\n)*)event: ?endpoint\r?\ndata: ?(\S{1,2048})/;

type Opened = McpHeard & { readonly place: string };

function openedStream({ request }: Exchange, bodies: Bodies): Opened | null {
  if (request.method !== "GET") return null;
  if (headerValue(bodies.answerHeaders, "content-type")?.startsWith("text/event-stream") !== true)
    return null;
  const target = ENDPOINT_EVENT.exec(bodies.answerHead())?.[1];
  if (target === undefined) return null;
  const answers = rpcMessages(textsOf(bodies.answer(), "text/event-stream"));
  const heard = readMcp({ headers: [["mcp-session-id", ""]], requests: [], answers, answered: false });
  return heard === null
    ? null
    : { ...heard, told: ["stream"], place: `${request.authority} ${relative(target)}` };
}

/** Servers name the place to post to as a path or as a whole URL. */
function relative(target: string): string {
  return target.replace(/^https?:\/\/[^/]+/i, "");
}

interface McpExchange {
  readonly exchange: Exchange;
  readonly mcp: McpHeard;
  readonly answers: readonly RpcMessage[];
  readonly table: ToolTable;
  /** Where calls of this stream are posted to; null when the exchange is no such stream. */
  readonly stream: string | null;
}

function mcpFacts(heard: McpExchange, bodies: Bodies, parts: AgentParts): AgentsHeard {
  const { exchange, mcp, table } = heard;
  for (const tool of mcp.listed) table.listed(tool);
  for (const call of mcp.calls) noteCall(call, heard, parts);
  if (heard.stream !== null) noteAnswers(heard.stream, heard, parts);
  const lists = mcp.listEnds;
  return {
    protocols: { mcp: protocolFacts(exchange, bodies, { ...mcp, lists }, parts) },
    tools: table.tools(),
    isToolUse: mcp.calls.length > 0 || heard.stream !== null,
  };
}

function noteCall(
  call: McpCall,
  { exchange, table }: McpExchange,
  { sessions, backendsOf }: AgentParts,
): void {
  const { authority, path, query } = exchange.request;
  const place = `${authority} ${path}${query === "" ? "" : `?${query}`}`;
  const failed = call.failed ?? (call.id === null ? null : sessions.called(place, call.id, call));
  table.called(call, failed === true);
  for (const backend of backendsOf(exchange)) table.backend(call, backend);
}

function noteAnswers(place: string, { answers, table }: McpExchange, { sessions }: AgentParts): void {
  for (const [id, failed] of answersById(answers)) {
    const call = sessions.answered(place, id, failed);
    if (call !== null && failed) table.failed(call);
  }
}

interface Spoken {
  readonly told: readonly string[];
  readonly revision: string | null;
  readonly client: string | null;
  readonly lists: boolean;
}

function protocolFacts(
  exchange: Exchange,
  bodies: Bodies,
  { told, revision, client, lists }: Spoken,
  { safeName }: AgentParts,
): ProtocolFacts {
  const counts = emptyRecord<number>();
  for (const one of told) counts[one] = 1;
  const facts: Own<ProtocolFacts> = {
    exchanges: 1,
    told: counts,
    revisions: revision === null ? emptyBounded() : sole(revision, 1),
    clients: client === null ? emptyBounded() : sole(safeName(client), 1),
    lists: lists ? 1 : 0,
    firstList: lists ? exchange.startedAt : null,
    lastList: lists ? exchange.startedAt : null,
    foreignOrigins: isForeign(exchange, bodies) ? 1 : 0,
  };
  return facts;
}

/** Servers must refuse requests of pages from elsewhere (MCP, Transports, security warning). */
function isForeign({ request }: Exchange, { requestHeaders, status }: Bodies): boolean {
  const origin = headerValue(requestHeaders, "origin");
  if (origin === undefined || origin === "null" || status === null || status >= 300) return false;
  const host = origin.replace(/^https?:\/\//i, "").toLowerCase();
  return host !== request.authority && host.split(":", 1)[0] !== request.authority.split(":", 1)[0];
}
