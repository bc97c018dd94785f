// Caddy access logs, which nest the request and its headers in one JSON object a line.
import type { Peer } from "../../src/model/exchange.ts";
import { parsed, weird } from "../../src/model/parsed.ts";
import type { AccessRecord } from "../gateway-log/access-record.ts";
import { accessExchange, statusOf } from "../gateway-log/access-record.ts";
import { headersOfMap } from "../gateway-log/header-map.ts";
import type { JsonObject } from "../gateway-log/json.ts";
import { numberOf, objectOf, parseObject, sizeOf, textOf } from "../gateway-log/json.ts";
import { peerOf, portOf } from "../gateway-log/peers.ts";
import type { Target } from "../gateway-log/target.ts";
import { authorityOf, isMethod, parseTarget, protocolOf } from "../gateway-log/target.ts";
import { durationOf, timeOf } from "../gateway-log/times.ts";
import { defineLogFormat } from "../log-format.ts";

const LOGGER = "http.log.access";

function requestOf(line: JsonObject | undefined): JsonObject | undefined {
  const logged = textOf(line?.["logger"])?.startsWith(LOGGER) === true || line?.["msg"] === "handled request";
  return logged ? objectOf(line?.["request"]) : undefined;
}

/** `client_ip` has trusted proxies taken off; before Caddy 2.5 address and port were one field. */
function clientOf(request: JsonObject): Peer {
  const address =
    textOf(request["client_ip"]) ?? textOf(request["remote_ip"]) ?? textOf(request["remote_addr"]);
  const peer = peerOf(address ?? "");
  const direct = request["client_ip"] === undefined || request["client_ip"] === request["remote_ip"];
  return direct ? { ...peer, port: peer.port ?? portOf(numberOf(request["remote_port"]) ?? 0) } : peer;
}

/*
  { "ts": seconds or text, "logger": "http.log.access…", "msg": "handled request",
    "request": { "remote_ip", "remote_port", "client_ip", "proto", "method", "host", "uri", "headers": { NAME: [ VALUE ] }, "tls"? },
    "bytes_read", "duration": seconds, "size", "status", "resp_headers": { NAME: [ VALUE ] } }
*/
interface Read {
  readonly line: JsonObject;
  readonly request: JsonObject;
  readonly endedAt: number;
  readonly method: string;
  readonly target: Target;
}

function recordOf({ line, request, endedAt, method, target }: Read): AccessRecord {
  const tls = objectOf(request["tls"]);
  const scheme = tls === undefined ? "http" : "https";
  const durationMs = durationOf(scalarOf(line["duration"]), "s");
  return {
    startedAt: endedAt - (durationMs ?? 0),
    durationMs,
    method,
    target,
    authority: authorityOf(textOf(request["host"]) ?? "", scheme),
    scheme,
    protocol: protocolOf(textOf(request["proto"]) ?? ""),
    client: clientOf(request),
    server: null,
    status: statusOf(numberOf(line["status"]) ?? 0),
    requestHeaders: headersOfMap(request["headers"]),
    requestSize: sizeOf(line["bytes_read"]),
    responseHeaders: headersOfMap(line["resp_headers"]),
    responseSize: sizeOf(line["size"]),
    mutualTls: tls?.["client_common_name"] === undefined ? undefined : true,
  };
}

/** Numbers and text as they are, anything else as text that is neither a time nor a duration. */
function scalarOf(value: unknown): string | number {
  return typeof value === "number" ? value : (textOf(value) ?? "");
}

/** Caddy writes the line when the response is done: the start is `ts` less `duration`, a number of which is in seconds. */
export default defineLogFormat({
  id: "caddy-json",
  title: "Caddy access log (JSON)",
  reference: "https://caddyserver.com/docs/caddyfile/directives/log",
  framing: "lines",
  recognise: (record) => (requestOf(parseObject(record)) === undefined ? 0 : 1),
  parse(record) {
    const line = parseObject(record);
    const request = requestOf(line);
    if (line === undefined || request === undefined) return weird("caddy-json.shape");
    const endedAt = timeOf(scalarOf(line["ts"]));
    if (endedAt === null) return weird("caddy-json.time");
    const method = textOf(request["method"]) ?? "";
    const target = parseTarget(method, textOf(request["uri"]) ?? "");
    if (!isMethod(method) || target === undefined) return weird("caddy-json.request");
    return parsed(accessExchange(recordOf({ line, request, endedAt, method, target })));
  },
  examples: [
    {
      record: `{"level":"info","ts":1714557600.5,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"198.51.100.7","remote_port":"41342","client_ip":"198.51.100.7","proto":"HTTP/2.0","method":"GET","host":"Shop.test","uri":"/orders/7?full=1","headers":{"User-Agent":["curl/8"],"Accept":["*/*"]},"tls":{"version":772,"server_name":"shop.test"}},"bytes_read":0,"user_id":"","duration":0.25,"size":10900,"status":200,"resp_headers":{"Content-Type":["application/json"]}}`,
      gives: {
        startedAt: 1_714_557_600_250,
        endedAt: 1_714_557_600_500,
        protocol: "h2",
        client: { address: "198.51.100.7", port: 41_342 },
        request: {
          method: "GET",
          authority: "shop.test",
          scheme: "https",
          path: "/orders/7",
          query: "full=1",
          headers: [
            ["user-agent", "curl/8"],
            ["accept", "*/*"],
          ],
          body: { kind: "none" },
        },
        outcome: {
          response: {
            status: 200,
            headers: [["content-type", "application/json"]],
            body: { kind: "not-recorded", size: 10_900 },
          },
        },
      },
    },
    {
      record: `{"ts":"2024-05-01T10:00:00Z","msg":"handled request","request":{"remote_addr":"[2001:db8::9]:5000","proto":"HTTP/1.1","method":"POST","host":"shop.test:80","uri":"/x"},"duration":"10ms","status":0}`,
      gives: {
        startedAt: 1_714_557_599_990,
        client: { address: "2001:db8::9", port: 5000 },
        request: { authority: "shop.test", scheme: "http", body: { kind: "not-recorded", size: null } },
        outcome: { kind: "unknown", why: "not-recorded" },
      },
    },
  ],
  rejects: [
    "",
    "{}",
    '{"logger":"http.log.access","status":"200"}',
    '{"ts":1714557600,"logger":"tls","msg":"handshake","request":{"method":"GET","host":"a","uri":"/"}}',
    '{"ts":1714557600,"logger":"http.log.access","request":{"method":"<SCRIPT>","host":"a","uri":"/"}}',
    '{"ts":1714557600,"logger":"http.log.access","request":{"method":"GET","host":"a","uri":"x"}}',
    '{"ts":"soon","logger":"http.log.access","request":{"method":"GET","host":"a","uri":"/"}}',
  ],
});
