// Builders for the API's tests: facts, endpoints and a batch of them for a store.
import { boundedOf } from "../../../src/model/bounded.ts";
import type { Bounded } from "../../../src/model/bounded.ts";
import {
  authKey,
  boundsOf,
  callerKey,
  dataClassKey,
  emptyFacts,
  FACT_CAPS,
} from "../../../src/model/facts.ts";
import type { Endpoint, InventoryEvent, Service } from "../../../src/model/inventory.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { AuthFacts, CallerFacts, DataClassFacts, Facts } from "../../../src/model/sighting.ts";
import { histogramOf } from "../../../src/model/sketch.ts";
import type { Commit } from "../../../src/store/store.ts";

/** 1 July 2026, 09:30 UTC. */
export const MORNING = Date.UTC(2026, 6, 1, 9, 30);

const BOUNDS = boundsOf(FACT_CAPS);

export function anAuth(over: Partial<AuthFacts> = {}): Bounded<AuthFacts> {
  const auth: AuthFacts = { scheme: "bearer-jwt", name: "authorization", requests: 5, successes: 4, ...over };
  return boundedOf([[authKey(auth), auth]], BOUNDS.auth);
}

export function aDataClass(over: Partial<DataClassFacts> = {}): Bounded<DataClassFacts> {
  const found: DataClassFacts = {
    dataClass: "email",
    place: "response.body",
    field: "user.email",
    exchanges: 3,
    ...over,
  };
  return boundedOf([[dataClassKey(found), found]], BOUNDS.dataClasses);
}

function callers(): Bounded<CallerFacts> {
  const caller = { address: "10.0.0.9", agent: "okhttp", requests: 5, firstSeen: MORNING, lastSeen: MORNING };
  return boundedOf([[callerKey(caller), caller]], BOUNDS.callers);
}

/** Five requests, all answered 200 with JSON. */
export function someFacts(over: Partial<Facts> = {}): Facts {
  return {
    ...emptyFacts(MORNING),
    requests: 5,
    digested: 5,
    responses: {
      "200": {
        count: 5,
        bodies: { "application/json": { count: 5, shaped: 5, truncated: 0, unparsed: 0, shape: null } },
        headers: boundedOf([["content-type", 5]], BOUNDS.headers),
      },
    },
    requestHeaders: boundedOf([["accept", 5]], BOUNDS.headers),
    auth: anAuth(),
    callers: callers(),
    distinctCallers: [7],
    servers: boundedOf([["10.0.0.1:80", 5]], BOUNDS.servers),
    schemes: { http: 5 },
    latency: histogramOf(12),
    sources: { mirror: 5 },
    ...over,
  };
}

export function anEndpoint(over: Partial<Endpoint> = {}): Endpoint {
  return {
    id: "ep_a",
    authority: "shop.test",
    method: "GET",
    path: "/orders/{orderId}",
    parameters: [{ name: "orderId", class: "uuid" }],
    protocol: "http/1.1",
    style: "rest",
    operation: null,
    category: "api",
    confidence: "confirmed",
    standing: "shadow",
    standingReason: "no document was uploaded for shop.test",
    specIds: [],
    ai: NO_AI,
    facts: someFacts(),
    ...over,
  };
}

export function aService(over: Partial<Service> = {}): Service {
  return { authority: "shop.test", firstSeen: MORNING, lastSeen: MORNING + 60_000, requests: 5, ...over };
}

/** A change that no message caused. */
export function aCommit(over: Partial<Commit> = {}): Commit {
  return {
    position: null,
    expectedOffset: null,
    specRevision: 0,
    services: [],
    endpoints: [],
    removedEndpointIds: [],
    events: [],
    health: [],
    ...over,
  };
}

const OF_ENDPOINT = {
  at: MORNING,
  authority: "shop.test",
  endpointId: "ep_a",
  method: "GET",
  path: "/orders/{orderId}",
};

/** One of each type. */
export const ALL_EVENTS: readonly InventoryEvent[] = [
  { type: "service-discovered", id: "ev_1", at: MORNING, authority: "shop.test" },
  { type: "endpoint-discovered", id: "ev_2", ...OF_ENDPOINT, standing: "shadow" },
  { type: "standing-changed", id: "ev_3", ...OF_ENDPOINT, from: "shadow", to: "documented" },
  { type: "confidence-changed", id: "ev_4", ...OF_ENDPOINT, from: "candidate", to: "confirmed" },
  { type: "auth-found", id: "ev_5", ...OF_ENDPOINT, scheme: "basic" },
  {
    type: "data-class-found",
    id: "ev_6",
    ...OF_ENDPOINT,
    dataClass: "email",
    place: "response.body",
    field: "email",
  },
  { type: "status-found", id: "ev_7", ...OF_ENDPOINT, status: "500" },
  { type: "ai-verdict-changed", id: "ev_8", ...OF_ENDPOINT, from: "none", to: "likely" },
  { type: "ai-tool-changed", id: "ev_8a", ...OF_ENDPOINT, tool: "find_order", change: "redefined" },
  { type: "ai-vendor-found", id: "ev_8b", ...OF_ENDPOINT, vendor: "OpenAI" },
  {
    type: "ai-model-changed",
    id: "ev_8c",
    ...OF_ENDPOINT,
    model: "claude-3-5-haiku",
    family: "claude",
    before: ["gpt"],
  },
  { type: "ai-key-changed", id: "ev_8d", ...OF_ENDPOINT, keys: 2 },
  {
    type: "endpoints-merged",
    id: "ev_9",
    ...OF_ENDPOINT,
    merged: [{ endpointId: "ep_old", path: "/orders/one" }],
    count: 2,
    evidence: [{ feature: "digits", weight: 1.5, text: "digits: 1.5" }],
  },
  {
    type: "endpoint-split",
    id: "ev_10",
    ...OF_ENDPOINT,
    from: "ep_b",
    fromPath: "/{kind}/{orderId}",
    evidence: [{ feature: "pin", weight: 0, text: "segment 1 was settled by pin" }],
  },
];
