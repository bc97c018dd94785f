// Reads the addresses that logs write for the two ends of a conversation.
import type { Peer } from "../../src/model/exchange.ts";

/** An end that the record does not name. */
export const UNKNOWN_PEER: Peer = { address: "unknown", port: null };

const BRACKETED = /^\[([0-9a-f:.]+(?:%[\w.~-]+)?)\](?::(\d{1,5}))?$/i;
const NAME = /^([\w.-]{1,255})(?::(\d{1,5}))?$/;
const IPV6 = /^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*(?:%[\w.~-]+)?$/i;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

// The longest host name, brackets and port; also keeps the patterns above from looking at a whole body of colons.
const MAX_ADDRESS = 263;

/** "10.0.0.9", "10.0.0.9:1234", "::1", "[::1]:443", "host.example", or the first of a comma list of them. */
export function peerOf(text: string): Peer {
  const first = firstOf(text);
  if (first === "-" || first.length > MAX_ADDRESS || first.startsWith("unix:")) return UNKNOWN_PEER;
  if (IPV6.test(first)) return { address: first.toLowerCase(), port: null };
  const [, address, port] = BRACKETED.exec(first) ?? NAME.exec(first) ?? [];
  if (address === undefined) return UNKNOWN_PEER;
  return { address: address.toLowerCase(), port: port === undefined ? null : portOf(port) };
}

function firstOf(list: string): string {
  const comma = list.indexOf(",");
  const first = (comma === -1 ? list : list.slice(0, comma)).trim();
  return first.startsWith('"') || first.endsWith('"') ? first.replace(/^"|"$/g, "") : first;
}

export function isIp(text: string): boolean {
  return text.length <= MAX_ADDRESS && (IPV4.test(text) || IPV6.test(text));
}

/** null for 0 and for what no port can be. */
export function portOf(value: string | number): number | null {
  const port = Number(value);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}
