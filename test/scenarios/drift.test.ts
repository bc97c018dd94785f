// Days of traffic through the classifier: a change of an endpoint is a finding, however the days were cut into batches.
import { expect, test } from "vitest";
import { createSightingHandler } from "../../src/app/classifier.ts";
import { allEndpoints } from "../../src/app/specs.ts";
import { driftOf } from "../../src/inventory/drift.ts";
import { findingsOf } from "../../src/inventory/findings.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { DAY, exchangesOf } from "../src/inventory/a-history.ts";

const NOON = 20_000;
const days = [0, 1, 2].flatMap((day) => exchangesOf({ day: NOON + day, got: { id: 1, email: "a@b.test" } }));
const SIGHTINGS = [...days, ...exchangesOf({ day: NOON + 3, got: { id: "a" } })];

async function rowsAfter(size: number) {
  const store = createMemoryStore();
  const handle = createSightingHandler({ store });
  for (let from = 0; from < SIGHTINGS.length; from += size) {
    const messages = SIGHTINGS.slice(from, from + size).map((value, at) => ({
      offset: BigInt(from + at),
      key: value.key.authority,
      value,
    }));
    const lastOffset = BigInt(from + messages.length - 1);
    await handle({
      topic: "umbra.sightings.v1",
      partition: 0,
      firstOffset: BigInt(from),
      lastOffset,
      messages,
    });
  }
  return allEndpoints(store);
}

test.each([400, 90])("in batches of %d", async (size) => {
  const rows = await rowsAfter(size);
  const rules = findingsOf(rows).map(({ rule }) => rule);
  expect(rules.filter((rule) => rule.startsWith("drift.")).sort()).toEqual([
    "drift.field-gone",
    "drift.kind-new",
  ]);
  const [endpoint] = rows;
  const found = driftOf("ep", endpoint?.facts?.history);
  expect(found.map(({ location, since }) => [location, since])).toEqual(
    expect.arrayContaining([
      ["response.body email", (NOON + 3) * DAY],
      ["response.body id: string", (NOON + 3) * DAY],
    ]),
  );
});
