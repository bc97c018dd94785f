// Builders for who-talks-to-whom: callers, servers, places.
import type { Endpoint } from "../../src/model/inventory.ts";
import type { CallerFacts } from "../../src/model/sighting.ts";
import { boundedOf } from "../../src/model/bounded.ts";
import type { DeclaredFacts } from "../../src/model/declared.ts";
import { DECLARED, declaredKey } from "../../src/model/declared.ts";
import type { Place } from "../../src/inventory/places.ts";
import { anEndpoint, NOON, someFacts } from "./builders.ts";

export const DAY = 86_400_000;

export function aCaller(address: string, given: Partial<CallerFacts> = {}): CallerFacts {
  return { address, agent: "okhttp", requests: 50, firstSeen: NOON, lastSeen: NOON + 10 * DAY, ...given };
}

/** An endpoint called by `callers` on `servers`. */
export function calledBy(
  callers: readonly CallerFacts[],
  given: Omit<Partial<Endpoint>, "facts"> & {
    readonly servers?: readonly string[];
    readonly facts?: Parameters<typeof someFacts>[0];
  } = {},
): Endpoint {
  const { servers = ["10.1.0.1:8080"], facts, ...rest } = given;
  const bound = { cap: 100, join: (a: number, b: number) => a + b };
  return anEndpoint({
    ...rest,
    facts: someFacts({
      schemes: { http: 1 },
      callers,
      servers: boundedOf(
        servers.map((server) => [server, 1] as const),
        bound,
      ),
      ...facts,
    }),
  });
}

export function aDeclared(given: Partial<DeclaredFacts> = {}): DeclaredFacts {
  return {
    kind: "service",
    name: "orders",
    namespace: null,
    labels: [],
    place: "response.header",
    header: given.place === "log" ? null : "x-service-name",
    requests: 10,
    ...given,
  };
}

/** An endpoint that traffic calls so. */
export function declaring(rows: readonly Partial<DeclaredFacts>[], given: Partial<Endpoint> = {}): Endpoint {
  const declared = rows.map(aDeclared).map((row) => [declaredKey(row), row] as const);
  return { ...calledBy([]), ...given, facts: { ...someFacts(), declared: boundedOf(declared, DECLARED) } };
}

export function aPlace(given: Partial<Place> & { readonly name: string }): Place {
  return {
    kind: "workload",
    addresses: ["10.0.3.0/24"],
    namespace: "shop",
    labels: { app: given.name },
    serviceAccount: given.name,
    ...given,
  };
}

export const NOWHERE = (): null => null;
