// Combined and common log lines, because every web server and proxy can write them.
import type { Header, Peer } from "../../src/model/exchange.ts";
import { parsed, weird } from "../../src/model/parsed.ts";
import { accessExchange, statusOf } from "../gateway-log/access-record.ts";
import type { Field } from "../gateway-log/fields.ts";
import { ingressUpstream } from "../gateway-log/declared.ts";
import { closingQuote, fieldsOf, unescapeField } from "../gateway-log/fields.ts";
import { isIp, peerOf } from "../gateway-log/peers.ts";
import type { Scheme } from "../gateway-log/target.ts";
import { authorityOf, parseRequestLine } from "../gateway-log/target.ts";
import { durationOf, timeOf } from "../gateway-log/times.ts";
import { defineLogFormat } from "../log-format.ts";

/*
  line   = [ vhost [":" port] SP ] client SP ident SP user SP "[" time "]" SP DQUOTE request DQUOTE
           SP status SP bytes [ SP DQUOTE referer DQUOTE SP DQUOTE agent DQUOTE *( SP extra ) ]
  client = address / name / "unix:" / a comma list of them, quoted or not
  The user may hold spaces and brackets, the request anything: the time is the anchor both ends are read from.
*/
interface Anchored {
  readonly front: string;
  readonly time: number;
  readonly request: string;
  readonly status: string;
  readonly bytes: string;
  readonly extras: readonly Field[];
}

// Whoever chooses the user name cannot make us look for the time for ever.
const MAX_BRACKETS = 8;

function anchor(line: string): Anchored | undefined {
  let open = line.indexOf(" [");
  for (let tries = 0; open !== -1 && tries < MAX_BRACKETS; tries++) {
    const close = line.indexOf('] "', open);
    const time = close === -1 ? null : timeOf(line.slice(open + 2, close));
    if (time !== null) return behindTime(line.slice(0, open), time, line.slice(close + 3));
    open = line.indexOf(" [", open + 1);
  }
  return undefined;
}

const STATUS = /^" (\d{3}|-) (\d{1,15}|-)(?= |$)/;

function behindTime(front: string, time: number, rest: string): Anchored | undefined {
  const end = closingQuote(rest, 0);
  const answer = STATUS.exec(rest.slice(end, end + 32));
  if (answer === null) return undefined;
  const [all, status = "-", bytes = "-"] = answer;
  const extras = fieldsOf(rest, end + all.length);
  return { front, time, request: unescapeField(rest.slice(0, end)), status, bytes, extras };
}

interface Front {
  readonly client: Peer;
  readonly vhost: string | undefined;
}

function frontOf(front: string): Front {
  const fields = fieldsOf(front).map((field) => field.text);
  const [first = "", second = ""] = fields;
  const vhost = vhostPlace(fields);
  return {
    client: peerOf(vhost === 0 ? second : first),
    vhost: vhost === undefined ? undefined : fields[vhost],
  };
}

/** Which field names the host: the first of four, the second of four behind an address, or lighttpd's second of three. */
function vhostPlace([first = "", second = "", third, fourth]: readonly string[]): 0 | 1 | undefined {
  if (second === "-" || first.endsWith(",")) return undefined;
  // Nobody asks for an ident any more; its place is free for a host.
  if (fourth === undefined) return /[.:]/.test(second) ? 1 : undefined;
  if (isIp(second)) return 0;
  if (third !== "-") return undefined;
  return isIp(first) ? 1 : 0;
}

function schemeOf(vhost: string | undefined): Scheme | null {
  if (vhost === undefined) return null;
  if (vhost.endsWith(":443")) return "https";
  return vhost.endsWith(":80") ? "http" : null;
}

/** The quoted fields right behind the sizes: referer, agent, and what nginx's stock format adds to them. */
function headersOf(extras: readonly Field[]): readonly Header[] {
  const headers: Header[] = [];
  for (const [index, name] of ["referer", "user-agent", "x-forwarded-for"].entries()) {
    const field = extras[index];
    if (field === undefined || !field.quoted) break;
    const foreign = name === "x-forwarded-for" && !isIp(peerOf(field.text).address);
    if (field.text !== "-" && field.text !== "" && !foreign) headers.push([name, field.text]);
  }
  return headers;
}

// nginx writes $request_time with three decimals, Traefik its duration with a unit; anything else is guesswork.
const SECONDS = /^(?:(?:rt|req_time|request_time|reqtime)[=:]"?)?(\d{1,9}\.\d{3})"?$/;
const WITH_UNIT = /^\d{1,12}(?:\.\d{1,6})?(?:ms|us|µs)$/;

function durationIn(extras: readonly Field[]): number | null {
  for (const { text } of extras) {
    const seconds = SECONDS.exec(text)?.[1];
    if (seconds !== undefined) return durationOf(seconds, "s");
    if (WITH_UNIT.test(text)) return durationOf(text, null);
  }
  return null;
}

/* ingress-nginx, log-format-upstream: … "[" $proxy_upstream_name "]" SP "[" $proxy_alternative_upstream_name "]" … */
function upstreamIn(extras: readonly Field[]): string {
  const at = extras.findIndex(({ text }, index) => isBracketed(text) && isBracketed(extras[index + 1]?.text));
  return extras[at]?.text.slice(1, -1) ?? "";
}

function isBracketed(text = ""): boolean {
  return /^\[[\w.-]*\]$/.test(text);
}

/**
 * The logged time is taken as the start. No host in the line: authority "unknown". Bytes "-" is Apache's %b for none.
 */
export default defineLogFormat({
  id: "combined",
  title: "Combined or common access log (nginx, Apache and others)",
  reference: "https://httpd.apache.org/docs/2.4/mod/mod_log_config.html",
  framing: "lines",
  recognise: (record) => (anchor(record) === undefined ? 0 : 1),
  parse(record) {
    const line = anchor(record);
    if (line === undefined) return weird("combined.shape");
    const request = parseRequestLine(line.request);
    if (request === undefined) return weird("combined.request");
    const { client, vhost } = frontOf(line.front);
    const scheme = schemeOf(vhost);
    return parsed(
      accessExchange({
        startedAt: line.time,
        method: request.method,
        target: request.target,
        protocol: request.protocol,
        durationMs: durationIn(line.extras),
        authority: vhost === undefined ? null : authorityOf(vhost, scheme),
        scheme,
        client,
        server: null,
        status: statusOf(line.status),
        requestHeaders: headersOf(line.extras),
        requestSize: null,
        responseHeaders: [],
        responseSize: line.bytes === "-" ? 0 : Number(line.bytes),
        declared: ingressUpstream(upstreamIn(line.extras)),
      }),
    );
  },
  examples: [
    {
      record: '192.0.2.7 - frank [10/Oct/2000:13:55:36 -0700] "GET /orders/7?full=1 HTTP/1.0" 200 2326',
      gives: {
        startedAt: 971_211_336_000,
        source: "access-log",
        protocol: "http/1.0",
        client: { address: "192.0.2.7", port: null },
        request: { method: "GET", authority: "unknown", path: "/orders/7", query: "full=1", headers: [] },
        outcome: { kind: "answered", response: { status: 200, body: { kind: "not-recorded", size: 2326 } } },
      },
    },
    {
      record:
        'shop.test:443 2001:db8::9 - - [01/May/2024:10:00:00 +0200] "POST /login HTTP/2.0" 204 0 "-" "a \\"b\\" \\x22c\\x22" 412 0.125',
      gives: {
        startedAt: 1_714_550_400_000,
        endedAt: 1_714_550_400_125,
        protocol: "h2",
        client: { address: "2001:db8::9" },
        server: { address: "shop.test", port: null },
        request: { authority: "shop.test", scheme: "https", headers: [["user-agent", 'a "b" "c"']] },
        outcome: { response: { status: 204, body: { kind: "none" } } },
      },
    },
    {
      record:
        '"198.51.100.1, 10.0.0.1" - a [b] c [01/May/2024:10:00:00 +0000] "PATCHp /a b HTTP/1.1" - - "https://shop.test/" "-" "203.0.113.5"',
      gives: {
        client: { address: "198.51.100.1" },
        request: {
          method: "PATCHp",
          path: "/a b",
          headers: [
            ["referer", "https://shop.test/"],
            ["x-forwarded-for", "203.0.113.5"],
          ],
        },
        outcome: { kind: "unknown", why: "not-recorded" },
      },
    },
    {
      record:
        '10.0.0.3 - - [01/May/2024:10:00:00 +0000] "GET http://API.test:80/x HTTP/1.1" 200 5 "-" "-" 7 "web@docker" "http://10.0.0.4:80" 12ms',
      gives: { endedAt: 1_714_557_600_012, request: { authority: "api.test", scheme: "http", path: "/x" } },
    },
    {
      record:
        '10.0.0.3 - - [01/May/2024:10:00:00 +0000] "GET /x HTTP/1.1" 200 5 "-" "curl/8" 80 0.004 [shop-orders-80] [] 10.1.0.4:8080 5 0.003 200 8e4f',
      gives: { declared: [{ role: "answers", kind: "upstream", name: "shop-orders" }] },
    },
  ],
  rejects: [
    "",
    "hello",
    "{}",
    '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "" 400 0 "-" "-"',
    '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "-" 408 - "-" "-"',
    '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "hello" 400 157 "-" "-"',
    '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "\\x16\\x03\\x01\\x02 \\x00\\x01" 400 157 "-" "-"',
    '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "<SCRIPT>alert(1)</SCRIPT> / HTTP/1.1" 400 157 "-" "-"',
    '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "PRI * HTTP/2.0" 400 157 "-" "-"',
    '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "GET / HTTP/1.1',
    '192.0.2.7 - - [32/Foo/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 1',
  ],
});
