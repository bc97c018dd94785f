// What makes two observations one endpoint, and the id that follows from it.
import { createHash } from "node:crypto";

/** Everything that tells endpoints of one service apart; parameter names are not part of it. */
export interface EndpointIdentity {
  readonly authority: string;
  readonly method: string;
  /** Template; only its skeleton counts. */
  readonly path: string;
  readonly style: string;
  readonly operation: string | null;
}

/** The template without its variable names: `/users/{userId}.json` becomes `/users/{}.json`. */
export function skeletonOf(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, "{}");
}

// Rows are asked for their key over and over and never change.
const knownKeys = new WeakMap<EndpointIdentity, string>();

/** Equal for two observations exactly when they are of the same endpoint of one service. */
export function identityKey(of: EndpointIdentity): string {
  const known = knownKeys.get(of);
  if (known !== undefined) return known;
  const style = of.style === "rest" ? "" : of.style;
  const key = [of.method, of.authority, skeletonOf(of.path), style, of.operation ?? ""].join("\n");
  knownKeys.set(of, key);
  return key;
}

/** `ep_` and 16 characters of RFC 4648 base32 (80 bits: two of a million endpoints collide once in 10^12 installs). */
export function endpointId(of: EndpointIdentity): string {
  return `ep_${shortHash(identityKey(of))}`;
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** 16 lower-case base32 characters of the SHA-256 of a text. */
export function shortHash(text: string): string {
  let bits = BigInt(`0x${createHash("sha256").update(text).digest("hex").slice(0, 20)}`);
  let out = "";
  for (let index = 0; index < 16; index += 1) {
    out = BASE32.charAt(Number(bits & 31n)) + out;
    bits >>= 5n;
  }
  return out;
}
