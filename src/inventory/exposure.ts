// Where callers stand: inside networks that are nobody else's, or outside of them.
import ipaddr from "ipaddr.js";

/** "external": at least one caller from a public address. "unknown": no caller's address is known. */
export type Exposure = "external" | "internal" | "unknown";

/*
  Ranges that the Internet does not route (RFC 6890): private (RFC 1918), loopback, link-local, unique local (RFC 4193),
  carrier-grade NAT (RFC 6598).
*/
const INSIDE = new Set(["private", "loopback", "linkLocal", "uniqueLocal", "carrierGradeNat"]);

// Callers of one inventory; a full table is emptied rather than grown.
const MAX_KNOWN = 10_000;
const known = new Map<string, Exposure>();

/** Of one address; host names, and what is no address, are unknown. */
export function exposureOfAddress(address: string): Exposure {
  const found = known.get(address);
  if (found !== undefined) return found;
  const exposure = judged(address);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(address, exposure);
  return exposure;
}

function judged(address: string): Exposure {
  if (!ipaddr.isValid(address)) return "unknown";
  return INSIDE.has(ipaddr.process(address).range()) ? "internal" : "external";
}

export type ExposureFinder = (address: string) => Exposure;

/** Of all callers together. */
export function exposureOf(
  callers: Iterable<{ readonly address: string }>,
  exposureAt: ExposureFinder = exposureOfAddress,
): Exposure {
  let exposure: Exposure = "unknown";
  for (const { address } of callers) {
    const one = exposureAt(address);
    if (one === "external") return one;
    if (one === "internal") exposure = one;
  }
  return exposure;
}
