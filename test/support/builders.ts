// Builders for tests: sane whole things, of which a test names only what matters to it.
import type { Bounded } from "../../src/model/bounded.ts";
import { boundedOf } from "../../src/model/bounded.ts";
import type { Exchange, Request, Response } from "../../src/model/exchange.ts";
import { NO_BODY } from "../../src/model/exchange.ts";
import { emptyFacts } from "../../src/model/facts.ts";
import { endpointId } from "../../src/model/identity.ts";
import type { Endpoint, Service } from "../../src/model/inventory.ts";
import { NO_AI } from "../../src/model/inventory.ts";
import type { AuthFacts, CallerFacts, DataClassFacts, Facts } from "../../src/model/sighting.ts";

export const NOON = Date.UTC(2026, 10, 2, 12);

/** All rows, whatever their number: tests give few, each under its own key. */
function rows<V>(given: readonly V[], keyOf: (row: V) => string): Bounded<V> {
  return boundedOf(
    given.map((row) => [keyOf(row), row] as const),
    { cap: 1000, join: (row: V) => row },
  );
}

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
    auth: rows(auth, (row) => `${row.scheme} ${row.name ?? ""}`),
    dataClasses: rows(dataClasses, (row) => `${row.dataClass} ${row.place} ${row.field}`),
    callers: rows(callers, (row) => `${row.address} ${row.agent}`),
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
