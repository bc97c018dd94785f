// Builders for tests: sane whole things, of which a test names only what matters to it.
import { boundedOf } from "../../src/model/bounded.ts";
import type { Exchange, Request, Response } from "../../src/model/exchange.ts";
import { NO_BODY } from "../../src/model/exchange.ts";
import { emptyFacts } from "../../src/model/facts.ts";
import { endpointId } from "../../src/model/identity.ts";
import type { Endpoint, Service } from "../../src/model/inventory.ts";
import { NO_AI } from "../../src/model/inventory.ts";
import type { AuthFacts, CallerFacts, DataClassFacts, Facts } from "../../src/model/sighting.ts";

export const NOON = Date.UTC(2026, 10, 2, 12);

const WIDE = { cap: 1000, join: <V>(a: V) => a };

/** Facts of `requests` answered exchanges, with what else is given by plain rows. */
export function someFacts(
  given: Partial<Omit<Facts, "auth" | "dataClasses" | "callers">> & {
    readonly auth?: readonly AuthFacts[];
    readonly dataClasses?: readonly DataClassFacts[];
    readonly callers?: readonly CallerFacts[];
  } = {},
): Facts {
  const { auth = [], dataClasses = [], callers = [], ...rest } = given;
  return {
    ...emptyFacts(NOON),
    requests: 1,
    digested: 1,
    ...rest,
    auth: boundedOf(
      auth.map((row) => [`${row.scheme} ${row.name ?? ""}`, row] as const),
      WIDE,
    ),
    dataClasses: boundedOf(
      dataClasses.map((row) => [`${row.dataClass} ${row.place} ${row.field}`, row] as const),
      WIDE,
    ),
    callers: boundedOf(
      callers.map((row) => [`${row.address} ${row.agent}`, row] as const),
      WIDE,
    ),
  };
}

export function anEndpoint(given: Partial<Endpoint> = {}): Endpoint {
  const base = {
    authority: "shop.test",
    method: "GET",
    path: "/orders/{orderId}",
    style: "rest" as const,
    operation: null,
    ...given,
  };
  return {
    id: endpointId(base),
    parameters: [],
    protocol: "http/1.1",
    category: "api",
    confidence: "confirmed",
    standing: "shadow",
    standingReason: "no document lists it",
    specIds: [],
    ai: NO_AI,
    facts: someFacts(),
    ...base,
  };
}

export function aService(given: Partial<Service> = {}): Service {
  return { authority: "shop.test", firstSeen: NOON, lastSeen: NOON + 60_000, requests: 1, ...given };
}

export function anExchange(
  given: Partial<Omit<Exchange, "request">> & {
    readonly request?: Partial<Request>;
    readonly response?: Partial<Response>;
  } = {},
): Exchange {
  const { request, response, ...rest } = given;
  return {
    startedAt: NOON,
    answeredAt: NOON + 5,
    endedAt: NOON + 6,
    source: "capture",
    protocol: "http/1.1",
    client: { address: "10.0.0.9", port: 40_000 },
    server: { address: "10.0.0.1", port: 80 },
    outcome: { kind: "answered", response: { status: 200, headers: [], body: NO_BODY, ...response } },
    flags: [],
    ...rest,
    request: {
      method: "GET",
      authority: "shop.test",
      scheme: "http",
      path: "/orders/7",
      query: "",
      headers: [],
      body: NO_BODY,
      ...request,
    },
  };
}
