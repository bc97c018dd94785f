// Builders for who-talks-to-whom: callers, servers, places.
import type { Endpoint } from "../../src/model/inventory.ts";
import type { CallerFacts } from "../../src/model/sighting.ts";
import { boundedOf } from "../../src/model/bounded.ts";
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
