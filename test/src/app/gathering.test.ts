// Whole inputs: how they are cut into portions, and whether they fit, does not matter.
import { expect, test } from "vitest";
import { createGathering } from "../../../src/app/gathering.ts";
import { rulesOf } from "../../../src/app/rules.ts";
import type { ServiceState } from "../../../src/model/inventory.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { aSighting } from "../classify/a-sighting.ts";

const RULES = rulesOf({ specs: [], pins: [] });
const SIGHTINGS: readonly Sighting[] = Array.from({ length: 120 }, (_, at) =>
  aSighting(
    `GET /users/${["ann", "bob", "carl", "dora", "emil", "fred"][at % 6]}${at % 3 === 0 ? "/repos" : ""}`,
    { at, statuses: { [at % 9 === 0 ? 404 : 200]: 1 } },
    { authority: `s${at % 2}.test` },
  ),
);

function rows(states: readonly ServiceState[]): readonly unknown[] {
  return states
    .flatMap(({ endpoints }) => [...endpoints.values()])
    .map(({ authority, path, facts, confidence }) => [
      authority,
      path,
      confidence,
      facts?.requests,
      facts?.firstSeen,
      Object.entries(facts?.responses ?? {}).map(([status, { count }]) => [status, count]),
    ])
    .sort();
}

function gathered(portion: number, mostBytes?: number): readonly unknown[] {
  const gathering = createGathering(RULES, mostBytes);
  for (let at = 0; at < SIGHTINGS.length; at += portion) gathering.add(SIGHTINGS.slice(at, at + portion));
  return rows(gathering.finish());
}

test("portions do not matter", () => {
  expect(gathered(7)).toEqual(gathered(120));
});

test("beyond the bound counts and templates stay the same", () => {
  expect(gathered(5, 3_000)).toEqual(gathered(120));
});

test("what was handed in is not changed", () => {
  const before = JSON.stringify(SIGHTINGS);
  gathered(7);
  expect(JSON.stringify(SIGHTINGS)).toBe(before);
});
