// The sighting of a connection whose content stayed closed: who reached which service, how often, how much.
import { emptyBounded, emptyRecord, boundedOf } from "../model/bounded.ts";
import type { EncryptedFlow } from "../model/encrypted-flow.ts";
import { boundsOf, callerKey, emptyFacts, FACT_CAPS } from "../model/facts.ts";
import type { CallerFacts, Facts, ResponseFacts, Sighting } from "../model/sighting.ts";
import { histogramOf } from "../model/sketch.ts";
import { authorityIn, placeOf } from "./authority.ts";
import { plainAddress } from "./callers.ts";

const BOUNDS = boundsOf(FACT_CAPS);
const DEFAULT_PORT = 443;

export interface FlowDigestOptions {
  /** Keyed, as for exchanges. */
  readonly hash32: (text: string) => number;
  /** Authorities told apart. */
  readonly maxAuthorities?: number;
}

/*
  Clients choose the server names they ask for, and each is a service of the inventory. A large office reaches some
  thousands of hosts; who makes up more names than this gets no row for each.
*/
const MAX_AUTHORITIES = 10_000;
/** Stands for the authorities beyond those told apart: the first that come stay. */
export const OTHER_AUTHORITIES = "(other)";

/** Digests flows; never throws. Remembers the authorities it told apart. */
export function createFlowDigest({ hash32, maxAuthorities = MAX_AUTHORITIES }: FlowDigestOptions) {
  const known = new Set<string>();
  return (flow: EncryptedFlow): Sighting => {
    const named = authorityOf(flow);
    if (known.size < maxAuthorities) known.add(named);
    return sightingOf(flow, known.has(named) ? named : OTHER_AUTHORITIES, hash32);
  };
}

/** A request of it is a connection, counted where it is told first, with unknown outcome: what was asked and answered could not be heard. */
function sightingOf(flow: EncryptedFlow, authority: string, hash32: FlowDigestOptions["hash32"]): Sighting {
  return {
    key: {
      authority,
      method: "",
      path: "",
      declared: false,
      protocol: "tls",
      style: "rest",
      operation: null,
    },
    facts: factsOf(flow, hash32),
  };
}

/** The server's name where one was asked for; names in a hello carry no port (RFC 6066, section 3). */
function authorityOf({ sni, server }: EncryptedFlow): string {
  const named = sni === null || sni.includes(":") ? null : authorityIn(sni);
  const { port } = server;
  const place = named ?? placeOf({ ...server, port: server.port ?? DEFAULT_PORT });
  if (named === null) return place.replace(/:443$/, "");
  return port === null || port === DEFAULT_PORT ? named : `${named}:${port}`;
}

function factsOf(flow: EncryptedFlow, hash32: (text: string) => number): Facts {
  const startedAt = Number.isFinite(flow.startedAt) ? flow.startedAt : 0;
  const lastSeen = flow.endedAt >= startedAt ? flow.endedAt : startedAt;
  const address = plainAddress(flow.client.address) ?? "";
  const requests = flow.isFurther === true ? 0 : 1;
  const caller: CallerFacts = { address, agent: "", requests, firstSeen: startedAt, lastSeen };
  return {
    ...emptyFacts(startedAt),
    requests,
    lastSeen,
    responses: one<ResponseFacts>("unknown", {
      count: requests,
      bodies: emptyRecord(),
      headers: emptyBounded(),
    }),
    callers: address === "" ? emptyBounded() : boundedOf([[callerKey(caller), caller]], BOUNDS.callers),
    distinctCallers: address === "" ? [] : [hash32(address) >>> 0],
    servers: boundedOf([[placeOf(flow.server), requests]], BOUNDS.servers),
    schemes: one("unknown", requests),
    requestBytes: histogramOf(flow.bytes[0]),
    responseBytes: histogramOf(flow.bytes[1]),
    sources: one(flow.source, requests),
  };
}

function one<V>(name: string, value: V): Record<string, V> {
  const record = emptyRecord<V>();
  record[name] = value;
  return record;
}
