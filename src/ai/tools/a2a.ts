// What one exchange tells of an A2A agent: that it is one, its revision, and the skills its card lists.
import type { ListedTool } from "./definition.ts";
import { listedTool } from "./definition.ts";
import type { RpcMessage } from "./rpc.ts";
import { fieldsOf, itemsOf, textOf } from "./rpc.ts";

/*
  Agent2Agent protocol: JSON-RPC methods of 0.x ("message/send") and of 1.0 ("SendMessage"); the HTTP binding of 1.0
  (POST /message:send, /tasks/{id}:cancel) and of 0.3 (/v1/message:send); gRPC (a2a.v1.A2AService, lf.a2a.v1.A2AService);
  cards under /.well-known.
*/
const OWN: ReadonlySet<string> = new Set([
  "message/send",
  "message/stream",
  "tasks/sendSubscribe",
  "tasks/resubscribe",
  "tasks/pushNotificationConfig/set",
  "tasks/pushNotificationConfig/get",
  "tasks/pushNotificationConfig/list",
  "tasks/pushNotificationConfig/delete",
  "tasks/pushNotification/set",
  "tasks/pushNotification/get",
  "agent/getAuthenticatedExtendedCard",
  "SendStreamingMessage",
  "SubscribeToTask",
  "GetExtendedAgentCard",
  "CreateTaskPushNotificationConfig",
  "GetTaskPushNotificationConfig",
  "ListTaskPushNotificationConfigs",
  "DeleteTaskPushNotificationConfig",
]);
const SHARED: ReadonlySet<string> = new Set([
  "tasks/send",
  "tasks/get",
  "tasks/cancel",
  "SendMessage",
  "GetTask",
  "ListTasks",
  "CancelTask",
]);
const HEADERS: ReadonlySet<string> = new Set(["a2a-version", "a2a-extensions"]);
const CARD_PATH = /\/\.well-known\/agent(?:-card)?\.json$|\/(?:extendedAgentCard|card)$/;
const HTTP_PATH = /\/(?:message:(?:send|stream)|tasks\/[^/]+:(?:cancel|subscribe))$/;
const GRPC_PATH = /^\/(?:lf\.)?a2a\.v\d{1,2}\.A2AService\/[A-Z]\w{0,63}$/;
/** Said with a message; other protocols have methods of this name. */
const SAID: ReadonlySet<string> = new Set(["message/send", "message/stream"]);
/** JSON-RPC 2.0, 5.1: said by servers that speak something else. */
const METHOD_NOT_FOUND = -32_601;
const MEDIA = "application/a2a+json";
const VERSION = /^\d{1,3}\.\d{1,3}(?:\.\d{1,3})?$/;
const MAX_SKILLS = 256;

export interface A2aHeard {
  /** What told: "headers", "method", "card", "path". */
  readonly told: readonly string[];
  readonly revision: string | null;
  readonly skills: readonly ListedTool[];
}

export interface A2aSeen {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly path: string;
  readonly requests: readonly RpcMessage[];
  readonly answers: readonly RpcMessage[];
  /** Bodies as JSON where they are one; undefined otherwise. */
  readonly request: unknown;
  readonly answer: unknown;
}

/** Whether exchanges of this path can be of A2A without JSON-RPC. */
export function isA2aPath(path: string): boolean {
  return CARD_PATH.test(path) || HTTP_PATH.test(path) || GRPC_PATH.test(path);
}

/** null when nothing of it is A2A. */
export function readA2a(seen: A2aSeen): A2aHeard | null {
  const told: string[] = [];
  const hasHeaders = seen.headers.some(
    ([name, value]) => HEADERS.has(name) || (name === "content-type" && value.startsWith(MEDIA)),
  );
  const card = cardIn(seen);
  if (hasHeaders) told.push("headers");
  if (isMethod(seen, hasHeaders)) told.push("method");
  if (card !== null) told.push("card");
  if (isOwnPath(seen)) told.push("path");
  if (told.length === 0) return null;
  return {
    told,
    revision: revisionIn(seen, card),
    skills: itemsOf(card?.["skills"], MAX_SKILLS).flatMap((skill) => listedTool("skill", skill) ?? []),
  };
}

function isOwnPath({ path, request }: A2aSeen): boolean {
  return GRPC_PATH.test(path) || (HTTP_PATH.test(path) && isMessage(fieldsOf(request)?.["message"]));
}

function isMethod({ requests, answers }: A2aSeen, hasHeaders: boolean): boolean {
  if (!hasHeaders && answers.some(({ errorCode }) => errorCode === METHOD_NOT_FOUND)) return false;
  return requests.some(({ method, params }) => {
    if (method === null || !(OWN.has(method) || SHARED.has(method))) return false;
    if (hasHeaders || isMessage(params?.["message"])) return true;
    return OWN.has(method) && method.includes("/") && !SAID.has(method);
  });
}

/** Message: { messageId, role, parts: […] }; 1.0 upper-cases roles. */
function isMessage(value: unknown): boolean {
  const message = fieldsOf(value);
  return (
    message !== null &&
    (Array.isArray(message["parts"]) || Array.isArray(message["content"])) &&
    "role" in message
  );
}

/** AgentCard: { name, skills: [{ id, name }], capabilities, url | supportedInterfaces … }. */
function cardIn({ answer, answers, path }: A2aSeen) {
  const card = fieldsOf(answer) ?? null;
  const found = [...answers.map(({ result }) => result), CARD_PATH.test(path) ? card : null];
  return (
    found.find((one) => one !== null && Array.isArray(one["skills"]) && textOf(one["name"]) !== null) ?? null
  );
}

function revisionIn({ headers }: A2aSeen, card: ReturnType<typeof cardIn>): string | null {
  const named = headers.filter(([name]) => name === "a2a-version").map(([, value]) => value.trim());
  const first = fieldsOf(itemsOf(card?.["supportedInterfaces"], 1)[0])?.["protocolVersion"];
  return (
    [...named, textOf(card?.["protocolVersion"]), textOf(first)].find(
      (one) => one !== null && VERSION.test(one),
    ) ?? null
  );
}
