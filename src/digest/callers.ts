// Who called: the address of the first hop that can be believed, and the family of the software.
import ipaddr from "ipaddr.js";
import type { Exchange, Header } from "../model/exchange.ts";

/** Headers that name the client behind a proxy, most specific first. */
const FORWARDED = [
  "cf-connecting-ip",
  "true-client-ip",
  "x-forwarded-for",
  "forwarded",
  "x-real-ip",
] as const;

/**
 * Address of the client. Forwarding headers count when the peer is a proxy of ours (private or loopback address) or
 * when the source does not know the peer at all (HAR).
 */
export function callerAddress(exchange: Exchange): string {
  const { address } = exchange.client;
  if (exchange.source !== "har" && !isInside(address)) return plainAddress(address) ?? hostName(address);
  for (const header of FORWARDED) {
    const value = firstValue(exchange.request.headers, header);
    const hop = value === undefined ? undefined : firstHop(value);
    if (hop !== undefined) return hop;
  }
  return plainAddress(address) ?? hostName(address);
}

/** Logs may name the client by host name; anything else is no address. */
function hostName(text: string): string {
  return /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text) ? text.toLowerCase() : "";
}

function firstValue(headers: readonly Header[], name: string): string | undefined {
  for (const [header, value] of headers) if (header === name) return value;
  return undefined;
}

/*
  X-Forwarded-For = client *( "," proxy ); RFC 7239: forwarded = *( "for=" node *( ";" pair ) "," )
*/
function firstHop(value: string): string | undefined {
  const [first = ""] = value.slice(0, 512).split(",", 1);
  const node = /(?:^|;)\s*for\s*=\s*"?([^";]+)/i.exec(first)?.[1] ?? first;
  return plainAddress(node.trim());
}

interface Known {
  readonly plain: string | undefined;
  readonly inside: boolean;
}

// Clients and servers of one collector within minutes; a full table is emptied rather than grown.
const MAX_KNOWN = 10_000;
const known = new Map<string, Known>();

/** The same few addresses come again and again, and judging one costs as much as reading a header block. */
function addressOf(text: string): Known {
  const found = known.get(text);
  if (found !== undefined) return found;
  const plain = readAddress(text);
  const judged = { plain, inside: plain !== undefined && INSIDE.has(ipaddr.parse(plain).range()) };
  if (known.size >= MAX_KNOWN) known.clear();
  if (text.length <= MAX_ADDRESS) known.set(text, judged);
  return judged;
}

// IPv6 with zone, brackets and port.
const MAX_ADDRESS = 64;

/** IPv4 or IPv6 text in its usual form, without port, brackets or zone; undefined when it is none. */
export function plainAddress(text: string): string | undefined {
  return addressOf(text).plain;
}

function readAddress(text: string): string | undefined {
  if (IPV4.test(text)) return text;
  const bare = /^\[([^\]]+)\]/.exec(text)?.[1] ?? text.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1");
  const unzoned = bare.split("%", 1)[0] ?? "";
  return ipaddr.isValid(unzoned) && /[.:].*[.:]/.test(unzoned)
    ? ipaddr.process(unzoned).toString()
    : undefined;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Ranges from which proxies and load balancers of one's own speak. */
const INSIDE = new Set(["private", "loopback", "uniqueLocal", "linkLocal", "carrierGradeNat"]);

/** An address of one's own networks, from which proxies speak. */
export function isInside(address: string): boolean {
  return addressOf(address).inside;
}

/** What browsers and crawlers hide behind "Mozilla/5.0", most specific first. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/bot\b|crawl|spider|slurp/i, "bot"],
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOpera/, "Opera"],
  [/\bSamsungBrowser\//, "SamsungBrowser"],
  [/\bElectron\//, "Electron"],
  [/\bHeadlessChrome\//, "HeadlessChrome"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS)\//, "Chrome"],
  [/\bVersion\/[\d.]+.*Safari\//, "Safari"],
  [/\bAppleWebKit\//, "WebView"],
  [/\bMSIE |Trident\//, "InternetExplorer"],
];

// Product names are short words; what is longer or of other characters is not shown.
const PRODUCT = /^([A-Za-z][A-Za-z0-9._-]{0,39})(?=[/ ;(),]|$)/;

/** Name of the software without version or anything else; "" when none came, "other" when it is no name. */
export function agentFamily(userAgent: string | undefined, safeName: (name: string) => string): string {
  const text = userAgent?.slice(0, 512).trim() ?? "";
  if (text === "" || text === "-") return "";
  if (text.startsWith("Mozilla/")) return browser(text);
  const name = PRODUCT.exec(text)?.[1];
  return name === undefined || safeName(name).startsWith("{") ? "other" : name;
}

function browser(text: string): string {
  return BROWSERS.find(([form]) => form.test(text))?.[1] ?? "Mozilla";
}
