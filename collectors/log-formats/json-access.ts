// JSON access logs whose keys their owners chose, read by the usual names; see access-keys.ts for the table.
import type { Header, Peer } from "../../src/model/exchange.ts";
import type { Parsed } from "../../src/model/parsed.ts";
import { parsed, weird } from "../../src/model/parsed.ts";
import type { AccessRecord } from "../gateway-log/access-record.ts";
import { accessExchange, statusOf } from "../gateway-log/access-record.ts";
import { ACCESS_KEYS, DURATION_KEYS, HEADER_KEYS } from "../gateway-log/access-keys.ts";
import { declaredIn } from "../gateway-log/declared.ts";
import type { FlatRecord } from "../gateway-log/flat-record.ts";
import { flatten, namedHeaders, told, toldSize, toldText } from "../gateway-log/flat-record.ts";
import { headersOfMap } from "../gateway-log/header-map.ts";
import type { JsonObject } from "../gateway-log/json.ts";
import { parseObject } from "../gateway-log/json.ts";
import { peerOf, portOf } from "../gateway-log/peers.ts";
import type { RequestLine, Scheme } from "../gateway-log/target.ts";
import { authorityOf, isMethod, parseRequestLine, parseTarget, protocolOf } from "../gateway-log/target.ts";
import type { Unit } from "../gateway-log/times.ts";
import { durationOf, timeOf } from "../gateway-log/times.ts";
import { defineLogFormat } from "../log-format.ts";

/** Whether the record has the keys of a request at all, however odd their values. */
function isAccess(flat: FlatRecord): boolean {
  const has = (row: readonly string[]): boolean => row.some((key) => flat.has(key));
  const whole = typeof told(flat, ACCESS_KEYS.requestLine) === "string";
  const parts = has(ACCESS_KEYS.method) && (has(ACCESS_KEYS.uri) || has(ACCESS_KEYS.route));
  return (whole || parts) && has(ACCESS_KEYS.time) && has(ACCESS_KEYS.status);
}

function requestOf(flat: FlatRecord): RequestLine | undefined {
  const method = toldText(flat, ACCESS_KEYS.method);
  const uri = toldText(flat, ACCESS_KEYS.uri) ?? routeOf(flat);
  if (method === undefined || uri === undefined) {
    return parseRequestLine(toldText(flat, ACCESS_KEYS.requestLine) ?? "");
  }
  const target = isMethod(method) ? parseTarget(method, uri) : undefined;
  if (target === undefined) return undefined;
  const args = (toldText(flat, ACCESS_KEYS.query) ?? "").replace(/^\?/, "");
  const query = target.query === "" ? args : target.query;
  const protocol = protocolOf(toldText(flat, ACCESS_KEYS.protocol) ?? "");
  return { method, target: { ...target, query }, protocol };
}

/** "/pets/{petId}", also out of "GET /pets/{petId}"; "$default" and the like name no path. */
function routeOf(flat: FlatRecord): string | undefined {
  return /^(?:[A-Z]+ )?(\/.*)$/s.exec(toldText(flat, ACCESS_KEYS.route) ?? "")?.[1];
}

/** API Gateway's requestTime is a time, nginx's request_time a duration: what it looks like decides. */
function timeIn(flat: FlatRecord): number | null {
  for (const key of ACCESS_KEYS.time) {
    const value = told(flat, [key]);
    const time = value === undefined ? null : timeOf(value);
    if (time !== null) return time;
  }
  return null;
}

function durationIn(flat: FlatRecord): number | null {
  for (const [key, unit] of DURATION_KEYS) {
    const value = told(flat, [key]);
    const duration = value === undefined ? null : durationOf(value, unit ?? unitBy(flat, key));
    if (duration !== null) return duration;
  }
  return null;
}

/** Traefik and Envoy both write a bare "duration", each with more keys of its own. */
function unitBy(flat: FlatRecord, key: string): Unit | null {
  if (key !== "duration") return null;
  if (flat.has("startutc") || flat.has("downstreamstatus")) return "ns";
  return flat.has("responseflags") || flat.has("responsecode") ? "ms" : null;
}

function requestHeaders(record: JsonObject, flat: FlatRecord): readonly Header[] {
  const headers = [...headersOfMap(flat.get("requestheaders") ?? flat.get("headers"))];
  headers.push(
    ...namedHeaders(record, "request").filter(([name]) => !headers.some(([known]) => known === name)),
  );
  for (const [name, keys] of Object.entries(HEADER_KEYS)) {
    const value = toldText(flat, keys);
    if (value !== undefined && !headers.some(([known]) => known === name)) headers.push([name, value]);
  }
  return headers;
}

function responseHeaders(record: JsonObject, flat: FlatRecord): readonly Header[] {
  return [...headersOfMap(flat.get("responseheaders")), ...namedHeaders(record, "response")];
}

function schemeOf(flat: FlatRecord): Scheme | null {
  const scheme = toldText(flat, ACCESS_KEYS.scheme)?.toLowerCase();
  return scheme === "http" || scheme === "https" ? scheme : null;
}

function hostOf(flat: FlatRecord, headers: readonly Header[], scheme: Scheme | null): string | null {
  const said = toldText(flat, ACCESS_KEYS.host) ?? headers.find(([name]) => name === "host")?.[1];
  return said === undefined ? null : authorityOf(said, scheme);
}

function portIn(flat: FlatRecord, row: readonly string[]): number | null {
  return portOf(toldText(flat, row) ?? "");
}

function clientOf(flat: FlatRecord): Peer {
  const { address, port } = peerOf(toldText(flat, ACCESS_KEYS.client) ?? "");
  return { address, port: port ?? portIn(flat, ACCESS_KEYS.clientPort) };
}

function serverOf(flat: FlatRecord): Peer | null {
  const server = toldText(flat, ACCESS_KEYS.server);
  return server === undefined
    ? null
    : { address: peerOf(server).address, port: portIn(flat, ACCESS_KEYS.serverPort) };
}

function readRecord(record: JsonObject): Parsed<AccessRecord> {
  const flat = flatten(record);
  if (!isAccess(flat)) return weird("json-access.shape");
  const startedAt = timeIn(flat);
  if (startedAt === null) return weird("json-access.time");
  const request = requestOf(flat);
  if (request === undefined) return weird("json-access.request");
  const { method, target, protocol } = request;
  const headers = requestHeaders(record, flat);
  const scheme = schemeOf(flat);
  return parsed({
    startedAt,
    durationMs: durationIn(flat),
    method,
    target,
    authority: hostOf(flat, headers, scheme),
    scheme,
    protocol,
    client: clientOf(flat),
    server: serverOf(flat),
    status: statusOf(toldText(flat, ACCESS_KEYS.status) ?? 0),
    requestHeaders: headers,
    requestSize: toldSize(flat, ACCESS_KEYS.requestSize),
    responseHeaders: responseHeaders(record, flat),
    responseSize: toldSize(flat, ACCESS_KEYS.responseSize),
    declaredRoute: routeOf(flat),
    mutualTls: toldText(flat, ACCESS_KEYS.clientVerify) === "SUCCESS" ? true : undefined,
    declared: declaredIn(flat),
  });
}

/**
 * The logged time is taken as the start. No host: authority "unknown". The client is who connected; what it claims in
 * X-Forwarded-For stays a header.
 */
export default defineLogFormat({
  id: "json-access",
  title: "JSON access log (nginx, Traefik, Envoy, API Gateway and others)",
  reference: "https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format",
  framing: "lines",
  // A format that knows its server is surer.
  recognise(record) {
    const object = parseObject(record);
    return object !== undefined && isAccess(flatten(object)) ? 0.8 : 0;
  },
  parse(record) {
    const object = parseObject(record);
    if (object === undefined) return weird("json-access.json");
    const read = readRecord(object);
    return read.ok ? parsed(accessExchange(read.value)) : read;
  },
  examples: [
    {
      record: `{"time_iso8601":"2024-05-01T10:00:00+02:00","remote_addr":"198.51.100.7","request_method":"GET","request_uri":"/orders/7?full=1","server_protocol":"HTTP/2.0","status":"200","body_bytes_sent":"512","request_time":"0.125","http_host":"Shop.test:443","scheme":"https","http_user_agent":"a \\x22b\\x22","http_referer":"-","http_x_request_id":"r1","sent_http_content_type":"application/json","upstream_addr":"10.0.0.4:80, 10.0.0.5:80"}`,
      gives: {
        startedAt: 1_714_550_400_000,
        endedAt: 1_714_550_400_125,
        protocol: "h2",
        client: { address: "198.51.100.7" },
        request: {
          method: "GET",
          authority: "shop.test",
          scheme: "https",
          path: "/orders/7",
          query: "full=1",
          headers: [
            ["user-agent", 'a "b"'],
            ["x-request-id", "r1"],
          ],
        },
        outcome: {
          response: {
            status: 200,
            headers: [["content-type", "application/json"]],
            body: { kind: "not-recorded", size: 512 },
          },
        },
      },
    },
    {
      record: `{"ClientAddr":"198.51.100.7:5123","ClientHost":"198.51.100.7","DownstreamContentSize":12,"DownstreamStatus":404,"Duration":2500000,"RequestHost":"shop.test","RequestMethod":"GET","RequestPath":"/x?y=1","RequestProtocol":"HTTP/1.1","RequestScheme":"http","RouterName":"web@docker","StartUTC":"2024-05-01T10:00:00.123456789Z","request_User-Agent":"curl/8","time":"2024-05-01T10:00:01Z","ServiceName":"orders@docker"}`,
      gives: {
        endedAt: 1_714_557_600_125.956_8,
        declared: [{ role: "answers", kind: "service", name: "orders" }],
        request: { authority: "shop.test", path: "/x", query: "y=1", headers: [["user-agent", "curl/8"]] },
        outcome: { response: { status: 404 } },
      },
    },
    {
      record: `{":authority":"api.test","bytes_received":"7","bytes_sent":9,"downstream_remote_address":"198.51.100.7:5123","duration":5,"method":"POST","x-envoy-origin-path":"/","protocol":"HTTP/1.1","response_code":503,"response_flags":"UF","start_time":"2024-05-01T10:00:00.000Z","path":"/v1/pay","user-agent":"-","x-forwarded-for":"203.0.113.1","upstream_cluster":"outbound|80||pay.shop.svc.cluster.local"}`,
      gives: {
        declared: [{ role: "answers", kind: "service", name: "pay", namespace: "shop" }],
        endedAt: 1_714_557_600_005,
        client: { address: "198.51.100.7", port: 5123 },
        request: {
          authority: "api.test",
          path: "/v1/pay",
          headers: [["x-forwarded-for", "203.0.113.1"]],
          body: { kind: "not-recorded", size: 7 },
        },
        outcome: { response: { status: 503 } },
      },
    },
    {
      record: `{"requestId":"1","ip":"198.51.100.7","requestTime":"01/May/2024:10:00:00 +0000","httpMethod":"GET","resourcePath":"/pets/{petId}","status":"200","protocol":"HTTP/1.1","responseLength":"9"}`,
      gives: {
        startedAt: 1_714_557_600_000,
        endedAt: null,
        declaredRoute: "/pets/{petId}",
        request: { authority: "unknown", path: "/pets/{petId}" },
      },
    },
    {
      record: `{"time":1714557600,"request":"GET /a?b=c HTTP/1.1","status":301,"host":"shop.test","remote_ip":"::1"}`,
      gives: {
        protocol: "http/1.1",
        client: { address: "::1" },
        request: { authority: "shop.test", path: "/a", query: "b=c" },
      },
    },
    {
      record: `{"request":{"method":"GET","uri":"/pub/a","url":"http://gw.test:8000/pub/a","headers":{"host":"gw.test:8000","accept":"*/*"}},"upstream_uri":"/a","response":{"status":200,"size":"44"},"client_ip":"198.51.100.7","started_at":1714557600000,"latencies":{"request":7}}`,
      gives: {
        endedAt: 1_714_557_600_007,
        request: {
          authority: "gw.test:8000",
          path: "/pub/a",
          headers: [
            ["host", "gw.test:8000"],
            ["accept", "*/*"],
          ],
        },
        outcome: { response: { body: { size: 44 } } },
      },
    },
  ],
  rejects: [
    "",
    "null",
    "{}",
    '{"level":"info","msg":"started","time":"2024-05-01T10:00:00Z"}',
    '{"time":1714557600,"request_method":"","request_uri":"","request":"","status":400}',
    '{"time":1714557600,"method":"<SCRIPT>","uri":"/","status":400}',
    '{"time":"never","method":"GET","uri":"/","status":200}',
    '{"time":1714557600,"method":"GET","uri":"nowhere","status":200}',
  ],
});
