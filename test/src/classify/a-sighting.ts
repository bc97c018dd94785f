// Builders of sightings for tests.
import type { Sighting, SightingKey } from "../../../src/model/sighting.ts";
import { readPath } from "../../../src/digest/path.ts";
import type { FactWords } from "../inventory/an-endpoint.ts";
import { someFacts } from "../inventory/an-endpoint.ts";

export function aKey(over: Partial<SightingKey> = {}): SightingKey {
  return {
    authority: "shop.test",
    method: "GET",
    path: "/orders",
    declared: false,
    protocol: "http/1.1",
    style: "rest",
    operation: null,
    ...over,
  };
}

/** `aSighting("GET /orders/7", { statuses: { 200: 3 } })`; the path is read as the digest reads it. */
export function aSighting(line: string, facts: FactWords = {}, key: Partial<SightingKey> = {}): Sighting {
  const [method = "GET", raw = "/"] = line.split(" ");
  const { path } = readPath(raw, () => false);
  return { key: aKey({ method, path, ...key }), facts: someFacts(facts) };
}
