// Text that orders or identifies rows, cut so that an index entry can hold it whatever traffic sent.
import { createHash } from "node:crypto";
import type { Endpoint } from "../model/inventory.ts";

// A B-tree entry is limited to 2,704 bytes; a code point takes up to 4, and a host name has at most 253 characters.
const MAX_KEY = 300;

/** The text itself, or where it is too long its beginning and its hash: different texts keep different keys. */
export function boundedKey(text: string): string {
  if (text.length <= MAX_KEY) return text;
  return `${beginning(text, MAX_KEY)}~${createHash("sha256").update(text).digest("base64url")}`;
}

// 120 bits: of a service's 20,000 routes no two collide.
const ROUTE_ID = 20;

/** Short for the text of a route, which is as long as its path. */
export function routeId(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, ROUTE_ID);
}

// Together below the limit above.
const ORDER_PATH = 300;
const ORDER_METHOD = 20;
const ORDER_AUTHORITY = 253;

/** The order "path": by path, then method, then authority. U+0001 sorts before everything a path holds. */
export function pathOrder({ path, method, authority }: Endpoint): string {
  return [
    beginning(path, ORDER_PATH),
    beginning(method, ORDER_METHOD),
    beginning(authority, ORDER_AUTHORITY),
  ].join("\u0001");
}

/** Cuts between code points: half a surrogate pair is no text. */
function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

/** Order by code point, as PostgreSQL's collation "C" has it in UTF-8; JavaScript's own differs beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
