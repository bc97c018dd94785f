// What method, target and headers tell: known attacks, software behind the call, credentials of vendors, marks.
import { actorOf } from "../../ai/actors.ts";
import type { Actor } from "../../ai/actors.ts";
import { vendorOf } from "../../ai/catalogue.ts";
import { exploitsIn } from "../../ai/exploits.ts";
import type { AiFacts, SignatureFacts } from "../../model/ai-facts.ts";
import { emptyRecord } from "../../model/bounded.ts";
import type { Exchange, Header } from "../../model/exchange.ts";
import { headerValue } from "../message.ts";
import { remembered, sole } from "../once.ts";
import type { Bodies } from "./bodies.ts";

export interface HeadHeard {
  readonly actor: Actor | null;
  readonly signatures: AiFacts["signatures"];
  readonly credentials: AiFacts["credentials"];
  readonly marks: readonly string[];
}

export function readHeads(exchange: Exchange, bodies: Bodies, hash32: (text: string) => number): HeadHeard {
  const { headers } = exchange.request;
  const userAgent = headerValue(headers, "user-agent");
  return {
    actor: actorOf(userAgent, headers),
    signatures: signaturesOf(exchange, bodies),
    credentials: isVendor(exchange.request.authority) ? credentialsOf(exchange, hash32) : undefined,
    marks: marksOf(exchange, bodies, userAgent),
  };
}

// Hosts that one collector hears within minutes; a full table is emptied rather than grown.
const MAX_HOSTS = 10_000;
const isVendor = remembered((authority) => vendorOf(authority) !== null, MAX_HOSTS);

function signaturesOf(exchange: Exchange, bodies: Bodies): AiFacts["signatures"] {
  const { method, path, query } = exchange.request;
  const hits = exploitsIn({
    method,
    target: query === "" ? path : `${path}?${query}`,
    port: exchange.server.port,
    headers: exchange.request.headers,
    status: bodies.status,
    body: bodies.requestHead,
    answer: bodies.answerHead,
  });
  if (hits.length === 0) return undefined;
  const signatures = emptyRecord<SignatureFacts>();
  const { startedAt: at } = exchange;
  for (const { id, grade } of hits) {
    const none = { attempt: 0, reached: 0, effect: 0, firstSeen: at, lastSeen: at };
    signatures[id] = { ...none, [grade]: 1 };
  }
  return signatures;
}

const KEY_HEADERS = new Set([
  "authorization",
  "x-api-key",
  "api-key",
  "x-goog-api-key",
  "xi-api-key",
  "ocp-apim-subscription-key",
]);
const KEY_PARAMETER = /(?:^|&)(?:key|api[-_]?key|token|access_token)=([^&]{8,})/i;

/** Only equality is kept: a change of keys shows, no key does. */
function credentialsOf(
  { request, startedAt }: Exchange,
  hash32: (text: string) => number,
): AiFacts["credentials"] {
  const header = request.headers.find(([name]) => KEY_HEADERS.has(name))?.[1];
  const value = header === undefined ? KEY_PARAMETER.exec(request.query)?.[1] : keyOf(header);
  if (value === undefined || value === "") return undefined;
  const tag = (hash32(value) >>> 0).toString(16).padStart(8, "0");
  return sole(tag, { requests: 1, firstSeen: startedAt, lastSeen: startedAt });
}

/** Signatures of AWS differ with every request; the key id in them does not. */
function keyOf(header: string): string {
  return /\bCredential=([^/,\s]+)/.exec(header)?.[1] ?? header.replace(/^\w+\s+/, "").trim();
}

const WEIGHTS = /\.(gguf|ggml|safetensors|ckpt|onnx|pth|nemo|mlmodel|tflite)$/i;
const VENDOR_KEY = /^(?:Bearer )?(?:sk-|gsk_|xai-|pplx-|hf_|r8_|nvapi-|AIza)/;

function marksOf(exchange: Exchange, bodies: Bodies, userAgent: string | undefined): readonly string[] {
  const { request } = exchange;
  const marks: string[] = [];
  const isSuccess = bodies.status !== null && bodies.status < 300;
  const weights = request.path.includes(".") && isSuccess ? WEIGHTS.exec(request.path)?.[1] : undefined;
  if (weights !== undefined && request.method === "GET")
    marks.push(`model-download ${weights.toLowerCase()}`);
  if (isTunnel(exchange)) marks.push("tunnel");
  if (isBrowserKey(request.headers, userAgent)) marks.push("key-in-browser");
  if (allowsEverybody(bodies.answerHeaders)) marks.push("any-origin-with-credentials");
  return marks;
}

/** CONNECT to another host; on HTTP/2 it also opens WebSockets (RFC 8441). */
function isTunnel({ request, protocol }: Exchange): boolean {
  return request.method === "CONNECT" && protocol !== "websocket";
}

/** A page that calls a model with the vendor's key gives the key to everybody who opens it. */
function isBrowserKey(headers: readonly Header[], userAgent: string | undefined): boolean {
  if (userAgent?.startsWith("Mozilla/") !== true) return false;
  return headers.some(
    ([name, value]) =>
      name === "anthropic-dangerous-direct-browser-access" ||
      (KEY_HEADERS.has(name) && VENDOR_KEY.test(value)),
  );
}

/** Fetch standard, CORS protocol and credentials: "*" with credentials, or the origin echoed for everybody. */
function allowsEverybody(headers: readonly Header[]): boolean {
  return (
    headerValue(headers, "access-control-allow-origin") === "*" &&
    headerValue(headers, "access-control-allow-credentials") === "true"
  );
}
