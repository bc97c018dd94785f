// Filters on rows in memory; the contract suite holds them against SQL.
import { expect, test } from "vitest";
import { keysOf } from "../../../src/store/endpoint-row.ts";
import { endpointMatches, eventMatches } from "../../../src/store/matches.ts";
import type { EndpointFilter } from "../../../src/store/store.ts";
import { anEndpoint, NOON, someFacts } from "../../support/builders.ts";

const endpoint = anEndpoint({
  path: "/Orders/100%",
  facts: someFacts({ firstSeen: NOON, lastSeen: NOON + 9 }),
});
const row = { endpoint, keys: keysOf(endpoint), owner: "team", decision: "approved" } as const;

test.each<[EndpointFilter, boolean]>([
  [{}, true],
  [{ pathText: "orders/100%" }, true],
  [{ pathText: "orders/100_" }, false],
  [{ method: "get" }, false],
  [{ owner: "team", standing: "shadow" }, true],
  [{ owner: "team", standing: "zombie" }, false],
  [{ ai: ["none"] }, true],
  [{ ai: [] }, false],
  [{ owned: false }, false],
  [{ decision: "approved" }, true],
  [{ quiet: { since: NOON + 9, is: true } }, true],
  [{ quiet: { since: NOON + 8, is: true } }, false],
  [{ firstSeenFrom: NOON, firstSeenTo: NOON, lastSeenFrom: NOON + 9, lastSeenTo: NOON + 9 }, true],
  [{ lastSeenFrom: NOON + 10 }, false],
])("%j: %s", (filter, expected) => {
  expect(endpointMatches(row, filter)).toBe(expected);
});

test("an orphan has no time to be within", () => {
  const orphan = anEndpoint({ facts: null });
  const unseen = { endpoint: orphan, keys: keysOf(orphan), owner: null, decision: "unreviewed" } as const;
  expect(endpointMatches(unseen, { firstSeenTo: NOON })).toBe(false);
  expect(endpointMatches(unseen, {})).toBe(true);
});

test("an event of a service has no endpoint", () => {
  const event = { id: "e", at: NOON, authority: "a.test", type: "service-discovered" } as const;
  expect(eventMatches(event, { authority: "a.test", from: NOON, to: NOON })).toBe(true);
  expect(eventMatches(event, { endpointId: "ep_1" })).toBe(false);
});
