// Envoy's access log in its default text format, and in that of Istio, which says which cluster was asked.
import type { Header, Peer } from "../../src/model/exchange.ts";
import { parsed, weird } from "../../src/model/parsed.ts";
import type { AccessRecord } from "../gateway-log/access-record.ts";
import { accessExchange, statusOf } from "../gateway-log/access-record.ts";
import { declaredIn } from "../gateway-log/declared.ts";
import type { Field } from "../gateway-log/fields.ts";
import { fieldsOf } from "../gateway-log/fields.ts";
import { sizeOf } from "../gateway-log/json.ts";
import { peerOf, UNKNOWN_PEER } from "../gateway-log/peers.ts";
import type { RequestLine } from "../gateway-log/target.ts";
import { authorityOf, parseRequestLine } from "../gateway-log/target.ts";
import { durationOf, timeOf } from "../gateway-log/times.ts";
import { defineLogFormat } from "../log-format.ts";

/*
  line  = "[" START_TIME "]" SP DQUOTE METHOD SP PATH SP PROTOCOL DQUOTE SP RESPONSE_CODE SP RESPONSE_FLAGS
          [ SP CODE_DETAILS SP TERMINATION_DETAILS SP DQUOTE TRANSPORT_FAILURE DQUOTE ]          ; Istio
          SP BYTES_RECEIVED SP BYTES_SENT SP DURATION SP UPSTREAM_SERVICE_TIME
          SP DQUOTE X-FORWARDED-FOR DQUOTE SP DQUOTE USER-AGENT DQUOTE SP DQUOTE X-REQUEST-ID DQUOTE
          SP DQUOTE AUTHORITY DQUOTE SP DQUOTE UPSTREAM_HOST DQUOTE
          [ SP UPSTREAM_CLUSTER SP UPSTREAM_LOCAL SP DOWNSTREAM_LOCAL SP DOWNSTREAM_REMOTE SP SERVER_NAME SP ROUTE ]
  What is not there is "-". Details may hold spaces: the five quoted fields in a row are the anchor.
*/
const START = /^\[([\d:.TZ+-]{1,40})\] "/;
const QUOTED = 5;
const SIZES = 4;

interface Line {
  readonly time: number;
  readonly request: string;
  readonly status: string;
  /** Received, sent, duration. */
  readonly sizes: readonly string[];
  readonly quoted: readonly string[];
  readonly rest: readonly string[];
}

function lineOf(record: string): Line | undefined {
  const time = timeOf(START.exec(record)?.[1] ?? "");
  if (time === null) return undefined;
  const fields = fieldsOf(record);
  const [, request, status] = fields;
  const at = quotedRun(fields);
  if (request?.quoted !== true || status === undefined || at < 4 + SIZES) return undefined;
  const texts = fields.map(({ text }) => text);
  const parts = { sizes: texts.slice(at - SIZES, at), quoted: texts.slice(at, at + QUOTED) };
  const isLine = /^(?:\d{1,3}|-)$/.test(status.text) && parts.sizes.every((size) => /^(?:\d+|-)$/.test(size));
  return isLine
    ? { time, request: request.text, status: status.text, ...parts, rest: texts.slice(at + QUOTED) }
    : undefined;
}

function quotedRun(fields: readonly Field[]): number {
  return fields.findIndex((_, from) => {
    const run = fields.slice(from, from + QUOTED);
    return from > 1 && run.length === QUOTED && run.every(({ quoted }) => quoted);
  });
}

/** Names for the places of a row; what a shorter line does not have is "-". */
function named<N extends string>(names: readonly N[], row: readonly string[]): Readonly<Record<N, string>> {
  const pairs = names.map((name, index) => [name, row[index] ?? "-"] as const);
  return Object.fromEntries(pairs) as Record<N, string>;
}

function recordOf(line: Line, { method, target, protocol }: RequestLine): AccessRecord {
  const size = named(["received", "sent", "duration"], line.sizes);
  const said = named(["forwarded", "agent", "id", "authority", "upstream"], line.quoted);
  const mesh = named(["cluster", "from", "local", "remote", "serverName"], line.rest);
  const flat = {
    upstreamcluster: mesh.cluster,
    upstreamhost: said.upstream,
    requestedservername: mesh.serverName,
  };
  return {
    startedAt: line.time,
    durationMs: durationOf(size.duration, "ms"),
    method,
    target,
    authority: authorityOf(said.authority, null),
    scheme: null,
    protocol,
    client: clientOf(mesh.remote, said.forwarded),
    server: mesh.local === "-" ? null : peerOf(mesh.local),
    status: statusOf(line.status),
    requestHeaders: headersOf({
      "x-forwarded-for": said.forwarded,
      "user-agent": said.agent,
      "x-request-id": said.id,
    }),
    requestSize: sizeOf(size.received),
    responseHeaders: [],
    responseSize: sizeOf(size.sent),
    declared: declaredIn(new Map(Object.entries(flat))),
  };
}

/** Envoy adds who connected to it at the end of X-Forwarded-For. */
function clientOf(remote: string, forwarded: string): Peer {
  if (remote !== "-") return peerOf(remote);
  const last = forwarded.slice(forwarded.lastIndexOf(",") + 1).trim();
  return last === "-" ? UNKNOWN_PEER : peerOf(last);
}

function headersOf(told: Readonly<Record<string, string>>): readonly Header[] {
  return Object.entries(told).filter(([, value]) => value !== "-" && value !== "");
}

/** The logged time is the start. Quotes within a header are not escaped by Envoy; such lines are refused or read short. */
export default defineLogFormat({
  id: "envoy-text",
  title: "Envoy access log (default text format, Istio's too)",
  reference: "https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage",
  framing: "lines",
  recognise: (record) => (lineOf(record) === undefined ? 0 : 1),
  parse(record) {
    const line = lineOf(record);
    if (line === undefined) return weird("envoy-text.shape");
    const request = parseRequestLine(line.request);
    return request === undefined
      ? weird("envoy-text.request")
      : parsed(accessExchange(recordOf(line, request)));
  },
  examples: [
    {
      record:
        '[2016-04-15T20:17:00.310Z] "POST /api/v1/locations?a=1 HTTP/2" 204 - 154 0 226 100 "198.51.100.7, 10.0.35.28" "nsq2http" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "locations" "tcp://10.0.2.1:80"',
      gives: {
        startedAt: 1_460_751_420_310,
        endedAt: 1_460_751_420_536,
        protocol: "h2",
        client: { address: "10.0.35.28" },
        request: {
          method: "POST",
          authority: "locations",
          path: "/api/v1/locations",
          query: "a=1",
          headers: [
            ["x-forwarded-for", "198.51.100.7, 10.0.35.28"],
            ["user-agent", "nsq2http"],
            ["x-request-id", "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2"],
          ],
          body: { kind: "not-recorded", size: 154 },
        },
        outcome: { response: { status: 204, body: { kind: "none" } } },
      },
    },
    {
      record:
        '[2020-11-25T21:26:18.409Z] "GET /status/418 HTTP/1.1" 418 - via_upstream - "-" 0 135 4 4 "-" "curl/7.73.0-DEV" "84961386-6d84-929d-98bd-c5aee93b5c88" "httpbin:8000" "10.44.1.27:80" outbound|8000||httpbin.foo.svc.cluster.local 10.44.1.23:37652 10.0.45.184:8000 10.44.1.23:46520 - default',
      gives: {
        client: { address: "10.44.1.23", port: 46_520 },
        server: { address: "10.0.45.184", port: 8000 },
        request: { authority: "httpbin:8000", body: { kind: "none" } },
        outcome: { response: { status: 418 } },
        declared: [{ role: "answers", kind: "service", name: "httpbin", namespace: "foo" }],
      },
    },
    {
      record:
        '[2020-11-25T21:26:18.409Z] "GET /status/418 HTTP/1.1" 418 - via_upstream - "-" 0 135 3 1 "-" "curl/7.73.0-DEV" "84961386-6d84-929d-98bd-c5aee93b5c88" "httpbin:8000" "127.0.0.1:80" inbound|8000|| 127.0.0.1:41854 10.44.1.27:80 10.44.1.23:37652 outbound_.8000_._.httpbin.foo.svc.cluster.local default',
      gives: {
        server: { address: "10.44.1.27", port: 80 },
        declared: [{ role: "answers", kind: "service", name: "httpbin", namespace: "foo" }],
      },
    },
    {
      record:
        '[2020-11-25T21:26:18.409Z] "GET / HTTP/1.1" 0 DC downstream_remote_disconnect - "-" 0 0 3 - "-" "-" "-" "-" "-" - - - - - -',
      gives: {
        client: { address: "unknown" },
        request: { authority: "unknown", headers: [] },
        outcome: { kind: "unknown", why: "not-recorded" },
      },
    },
  ],
  rejects: [
    "",
    "hello",
    "{}",
    '[2016-04-15T20:17:00.310Z] "- - -" 0 - 154 0 226 - "-" "-" "-" "-" "10.0.2.1:80"',
    '[2016-04-15T20:17:00.310Z] "GET / HTTP/1.1" 200 - 154 0 226 - "-" "-" "-" "a"',
    '[2016-04-15T20:17:00.310Z] "GET / HTTP/1.1" ok - 154 0 226 - "-" "-" "-" "a" "b"',
    '[2016-04-15T20:17:00.310Z] "GET / HTTP/1.1" 200 - x 0 226 - "-" "-" "-" "a" "b"',
    '[never] "GET / HTTP/1.1" 200 - 154 0 226 - "-" "-" "-" "a" "b"',
    '[01/May/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 - 154 0 226 - "-" "-" "-" "a" "b"',
  ],
});
