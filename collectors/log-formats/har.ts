// HTTP archive entries, because browsers, proxies and test tools all export them.
import type { Body, ExchangeFlag, Header, Outcome, WireProtocol } from "../../src/model/exchange.ts";
import type { Parsed } from "../../src/model/parsed.ts";
import { parsed, weird } from "../../src/model/parsed.ts";
import { statusOf } from "../gateway-log/access-record.ts";
import { harHeaders, requestBody, responseBody, valueOf } from "../gateway-log/har-body.ts";
import { harClient, harServer, harTimes } from "../gateway-log/har-ends.ts";
import { isWebSocket, webSocketTalk } from "../gateway-log/har-websocket.ts";
import type { JsonObject } from "../gateway-log/json.ts";
import { numberOf, objectOf, parseObject, textOf } from "../gateway-log/json.ts";
import type { HarTarget } from "../gateway-log/har-target.ts";
import { harTarget } from "../gateway-log/har-target.ts";
import { isMethod, protocolOf } from "../gateway-log/target.ts";
import { timeOf } from "../gateway-log/times.ts";
import { defineLogFormat } from "../log-format.ts";

interface Entry {
  readonly entry: JsonObject;
  readonly request: JsonObject;
  readonly response: JsonObject;
  readonly method: string;
  readonly startedAt: number;
  readonly target: HarTarget;
  readonly headers: readonly Header[];
}

function readEntry(record: string): Parsed<Entry> {
  const entry = parseObject(record);
  if (entry === undefined) return weird("har.json");
  const request = objectOf(entry["request"]);
  if (request === undefined) return weird("har.request");
  const method = textOf(request["method"]) ?? "";
  if (!isMethod(method)) return weird("har.method");
  const startedAt = timeOf(textOf(entry["startedDateTime"]) ?? "");
  if (startedAt === null) return weird("har.time");
  const target = harTarget(request, method);
  if (target === undefined) return weird("har.url");
  const response = objectOf(entry["response"]) ?? {};
  const headers = harHeaders(request, "cookie");
  return parsed({ entry, request, response, method, startedAt, target, headers });
}

function wireProtocolOf({ request, response, headers }: Entry): WireProtocol {
  const answered = protocolOf(textOf(response["httpVersion"]) ?? "");
  const asked = protocolOf(textOf(request["httpVersion"]) ?? "");
  const protocol = answered === "unknown" ? asked : answered;
  const grpc = /^application\/grpc(?:$|[+;])/i.test(valueOf(headers, "content-type") ?? "");
  return grpc && protocol !== "http/1.1" && protocol !== "http/1.0" ? "grpc" : protocol;
}

function outcomeOf({ response, method }: Entry): Outcome {
  const status = statusOf(numberOf(response["status"]) ?? 0);
  if (status === null) return { kind: "unknown", why: "not-recorded" };
  const headers = harHeaders(response, "set-cookie");
  return { kind: "answered", response: { status, headers, body: responseBody(response, headers, method) } };
}

interface Overlay {
  readonly protocol: WireProtocol;
  readonly flags: readonly ExchangeFlag[];
  readonly requestBody: Body;
  readonly outcome: Outcome;
  readonly lastAt: number | null;
}

/** A WebSocket's messages take the place of the handshake's bodies. */
function overlayOf(read: Entry): Overlay {
  const outcome = outcomeOf(read);
  const status = outcome.kind === "answered" ? outcome.response.status : null;
  const talk = webSocketTalk(read.entry);
  const plain = { requestBody: requestBody(read.request, read.headers, read.method), outcome, lastAt: null };
  if (talk === undefined && !isWebSocket(read.entry, status)) {
    return { ...plain, protocol: wireProtocolOf(read), flags: [] };
  }
  const upgraded = { protocol: "websocket", flags: ["upgraded"] } as const;
  if (talk === undefined) return { ...plain, ...upgraded };
  return {
    ...upgraded,
    requestBody: talk.sent,
    outcome: withBody(outcome, talk.received),
    lastAt: talk.lastAt,
  };
}

function withBody(outcome: Outcome, body: Body): Outcome {
  if (outcome.kind === "unknown") return outcome;
  return { kind: "answered", response: { ...outcome.response, body } };
}

const REQUEST = {
  method: "POST",
  url: "https://me@API.Shop.test:443/v1/orders?x=1#top",
  httpVersion: "h2",
  headers: [
    { name: ":authority", value: "api.shop.test" },
    { name: "Content-Type", value: "application/json" },
    { name: "X-Forwarded-For", value: "198.51.100.7, 10.0.0.1" },
  ],
  cookies: [{ name: "sid", value: "1" }],
  bodySize: 9,
  postData: { mimeType: "application/json", text: '{"qty":2}' },
};
const RESPONSE = {
  status: 201,
  httpVersion: "h2",
  headers: [],
  content: { size: 2, mimeType: "application/json", text: "e30=", encoding: "base64" },
  bodySize: 22,
};
const ENTRY = {
  startedDateTime: "2024-05-01T10:00:00.250Z",
  time: 30,
  request: REQUEST,
  response: RESPONSE,
  timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 1, wait: 20, receive: 9 },
  serverIPAddress: "[2001:db8::5]",
};
const example = (change: JsonObject): string => JSON.stringify({ ...ENTRY, ...change });

export default defineLogFormat({
  id: "har",
  title: "HTTP archive (HAR 1.1 and 1.2)",
  reference: "http://www.softwareishard.com/blog/har-12-spec/",
  framing: "har-entries",
  recognise(record) {
    const entry = parseObject(record);
    return objectOf(entry?.["request"]) !== undefined && textOf(entry?.["startedDateTime"]) !== undefined
      ? 1
      : 0;
  },
  parse(record) {
    const read = readEntry(record);
    if (!read.ok) return read;
    const { entry, startedAt, method, target, headers } = read.value;
    const { answeredAt, endedAt } = harTimes(entry, startedAt);
    const { lastAt, protocol, flags, requestBody, outcome } = overlayOf(read.value);
    return parsed({
      startedAt,
      answeredAt,
      endedAt: lastAt === null ? endedAt : Math.max(endedAt ?? startedAt, lastAt),
      source: "har",
      protocol,
      client: harClient(entry, headers),
      server: harServer(entry, target),
      request: {
        method,
        authority: target.authority,
        scheme: target.scheme,
        path: target.path,
        query: target.query,
        headers,
        body: requestBody,
      },
      outcome,
      flags,
    });
  },
  examples: [
    {
      record: example({}),
      gives: {
        startedAt: 1_714_557_600_250,
        answeredAt: 1_714_557_600_271,
        endedAt: 1_714_557_600_280,
        source: "har",
        protocol: "h2",
        client: { address: "198.51.100.7", port: null },
        server: { address: "2001:db8::5", port: 443 },
        request: {
          method: "POST",
          authority: "api.shop.test",
          scheme: "https",
          path: "/v1/orders",
          query: "x=1",
          headers: [
            ["content-type", "application/json"],
            ["x-forwarded-for", "198.51.100.7, 10.0.0.1"],
            ["cookie", "sid=1"],
          ],
          body: { kind: "recorded", bytes: Buffer.from('{"qty":2}'), size: 9, complete: true },
        },
        outcome: {
          kind: "answered",
          response: {
            status: 201,
            headers: [["content-type", "application/json"]],
            body: { kind: "recorded", bytes: Buffer.from("{}"), size: 22, complete: true },
          },
        },
        flags: [],
      },
    },
    {
      record: example({
        request: { ...REQUEST, method: "CONNECT", url: "https://chat.test:443/chat.test:443" },
      }),
      gives: { request: { method: "CONNECT", authority: "chat.test", path: "chat.test:443" } },
    },
    {
      record: example({
        time: 0,
        timings: { send: -1, wait: -1, receive: -1 },
        _clientIp: "203.0.113.9",
        response: { status: 0, httpVersion: "", headers: [], content: { size: 0 } },
      }),
      gives: {
        answeredAt: null,
        endedAt: null,
        client: { address: "203.0.113.9" },
        outcome: { kind: "unknown", why: "not-recorded" },
      },
    },
    {
      record: example({
        request: { ...REQUEST, url: "wss://chat.test/live", postData: undefined },
        response: { ...RESPONSE, status: 101, content: { size: 0, mimeType: "x-unknown" } },
        _webSocketMessages: [
          { type: "send", time: 1_714_557_601, opcode: 1, data: '{"a":1}' },
          { type: "receive", time: 1_714_557_602, opcode: 1, data: '{"b":1}' },
          { type: "receive", time: 1_714_557_603, opcode: 2, data: "AAAA" },
          { type: "receive", time: 1_714_557_604, opcode: 1, data: '{"b":2}' },
        ],
      }),
      gives: {
        protocol: "websocket",
        endedAt: 1_714_557_604_000,
        request: { scheme: "https", body: { bytes: Buffer.from('{"a":1}') } },
        outcome: { response: { status: 101, body: { bytes: Buffer.from('{"b":1}\n{"b":2}'), size: 18 } } },
        flags: ["upgraded"],
      },
    },
  ],
  rejects: [
    "",
    "[]",
    "{}",
    '{"request":',
    example({ request: { ...REQUEST, method: "GET /" } }),
    example({ request: { ...REQUEST, url: "data:text/html,x" } }),
    example({ request: { ...REQUEST, url: "https://a b/" } }),
    example({ startedDateTime: "yesterday" }),
  ],
});
