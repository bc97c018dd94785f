// When a HAR entry's exchange was answered and over, and between whom it went.
import type { Header, Peer } from "../../src/model/exchange.ts";
import { serverOf } from "./access-record.ts";
import { valueOf } from "./har-body.ts";
import type { JsonObject } from "./json.ts";
import { numberOf, objectOf, textOf } from "./json.ts";
import { peerOf, UNKNOWN_PEER } from "./peers.ts";
import type { Scheme } from "./target.ts";

export interface HarTimes {
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
}

/*
  entry.timings, in ms, -1 = does not apply: blocked + dns + connect + send + wait + receive = time; ssl is part of
  connect. An exporter without a clock writes 0 or -1 everywhere; nothing takes no time, so a total of 0 is unknown.
*/
export function harTimes(entry: JsonObject, startedAt: number): HarTimes {
  const timings = objectOf(entry["timings"]) ?? {};
  const known = (name: string): number => Math.max(0, numberOf(timings[name]) ?? 0);
  const toAnswer = ["blocked", "dns", "connect", "send", "wait"].reduce((sum, name) => sum + known(name), 0);
  const total = Math.max(numberOf(entry["time"]) ?? 0, toAnswer + known("receive"));
  const waited = (numberOf(timings["wait"]) ?? -1) >= 0 && total > 0;
  return {
    answeredAt: waited ? startedAt + toAnswer : null,
    endedAt: total > 0 ? startedAt + total : null,
  };
}

// HAR has no place for the client; recorders on the server side each add their own.
const CLIENT_KEYS = [
  "_clientIp",
  "_clientIP",
  "_clientIpAddress",
  "clientIPAddress",
  "_clientAddress",
] as const;

/** The recorder's word for the client, else the first hop that the request names. */
export function harClient(entry: JsonObject, headers: readonly Header[]): Peer {
  for (const key of CLIENT_KEYS) {
    const client = peerOf(textOf(entry[key]) ?? "");
    if (client !== UNKNOWN_PEER) return client;
  }
  return peerOf(valueOf(headers, "x-forwarded-for") ?? valueOf(headers, "x-real-ip") ?? "");
}

/** `serverIPAddress` where it is given, else the name in the URL; the port is the URL's. */
export function harServer(
  entry: JsonObject,
  target: { readonly authority: string; readonly scheme: Scheme | null },
): Peer {
  const named = serverOf(target.authority);
  const seen = peerOf(textOf(entry["serverIPAddress"]) ?? "");
  return {
    address: seen === UNKNOWN_PEER ? named.address : seen.address,
    port: seen.port ?? named.port ?? usualPort(target.scheme),
  };
}

function usualPort(scheme: Scheme | null): number | null {
  if (scheme === null) return null;
  return scheme === "https" ? 443 : 80;
}
