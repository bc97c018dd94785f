// What counts as the name of a service: a host as RFC 3986 has it, or the address that was spoken to.
import type { Peer } from "../model/exchange.ts";
import { plainAddress } from "./callers.ts";

/*
  RFC 3986: authority = [ userinfo "@" ] host [ ":" port ]; anything else is no authority.
*/
const AUTHORITY = /^([a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9_.])?|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/;

/** `text` in lower case and without what stands before an "@"; null when that is no host[:port]. */
export function authorityIn(text: string): string | null {
  const host = text.slice(text.lastIndexOf("@") + 1).toLowerCase();
  return AUTHORITY.test(host) ? host : null;
}

/** The address as `host[:port]`, IPv6 in brackets where a port follows; "unknown" when it is none. */
export function placeOf({ address, port }: Peer): string {
  const plain = plainAddress(address) ?? "unknown";
  if (port === null) return plain;
  return `${bracketed(plain)}:${port}`;
}

/** IPv6 in brackets, as authorities have it. */
export function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
