// Each kind of change is planted once at an endpoint with a past, and told once over REST and on the command line.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSightingHandler } from "../../src/app/classifier.ts";
import drift from "../../src/cli/commands/drift.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import type { RunningApi } from "../src/api/an-api.ts";
import { anApi } from "../src/api/an-api.ts";
import type { Times } from "../src/inventory/a-history.ts";
import { exchangesOf } from "../src/inventory/a-history.ts";
import { runCommand } from "../support/command.ts";

const FIRST_DAY = 20_000;
const GOT = { id: 1, email: "a@b.test", at: "2026-01-05T10:00:00Z", status: "active" };
const SENT = { note: "text" };
type Plan = Omit<Times, "day">;

let api: RunningApi;
beforeEach(async () => {
  api = await anApi({ store: createMemoryStore() });
});
afterEach(() => api.close());

/** Three days of the same, then what is given on the fourth. */
async function heard(...fourth: readonly Plan[]): Promise<string> {
  const usual = [0, 1, 2].flatMap((day) => exchangesOf({ day: FIRST_DAY + day, got: GOT, sent: SENT }));
  return tell([
    ...usual,
    ...fourth.flatMap((plan) => exchangesOf({ sent: SENT, got: GOT, ...plan, day: FIRST_DAY + 3 })),
  ]);
}

async function tell(values: readonly Sighting[]): Promise<string> {
  await createSightingHandler({ store: api.store })({
    topic: "umbra.sightings.v1",
    partition: 0,
    firstOffset: 0n,
    lastOffset: BigInt(values.length - 1),
    messages: values.map((value, at) => ({ offset: BigInt(at), key: value.key.authority, value })),
  });
  const [endpoint] = (await api.ask("/endpoints")).json.items as { id: string }[];
  return endpoint?.id ?? "";
}

const { email: _, ...WITHOUT_EMAIL } = GOT;

test.each<[string, readonly Plan[], string]>([
  ["an answer's field", [{ got: { ...GOT, total: 3 } }], "info field-new response.body total"],
  ["an answer's field less", [{ got: WITHOUT_EMAIL }], "error field-gone response.body email"],
  [
    "a field that is missing at times",
    [{ count: 60 }, { count: 60, got: WITHOUT_EMAIL }],
    "error field-optional response.body email",
  ],
  ["another kind", [{ got: { ...GOT, id: "a7" } }], "error kind-new response.body id: string"],
  ["null", [{}, { count: 40, got: { ...GOT, id: null } }], "error kind-new response.body id: null"],
  ["another format", [{ got: { ...GOT, at: "1767225600" } }], "error format-changed response.body at"],
  [
    "a value of an enumeration",
    [{}, { count: 40, got: { ...GOT, status: "archived" } }],
    "warn value-new response.body status: archived",
  ],
  ["a status", [{}, { count: 20, status: 202 }], "info status-new 202"],
  ["failures", [{ count: 60 }, { count: 60, status: 500, got: undefined }], "warn status-mix status"],
  ["no credentials", [{ count: 60, authorization: null }], "critical auth-weakened request"],
  ["a kind that clients sent", [{ sent: { note: 7 } }], "warn kind-gone request.body note: string"],
])("%s", async (_what, plans, expected) => {
  const id = await heard(...plans);
  const { json } = await api.ask(`/endpoints/${id}/drift`);
  const told = (json.changes as { severity: string; category: string; location: string }[]).map(
    ({ severity, category, location }) => `${severity} ${category} ${location}`,
  );
  expect(told.filter((line) => line === expected)).toHaveLength(1);
  // What comes beside it follows from it and weighs less, or is told of statuses that are new as well.
  expect(told.filter((line) => line !== expected && !/^info |status/.test(line))).toEqual([]);
  const [severity = "", category = "", ...location] = expected.split(" ");
  const shown = await runCommand(drift, [id, "--url", api.url]);
  expect(shown).toMatch(
    new RegExp(`^${severity} +${category} +${location.join(" ").replaceAll(/[[\].]/g, "\\$&")} `, "m"),
  );
});

test("nothing is told while nothing changed", async () => {
  const id = await heard({});
  expect((await api.ask(`/endpoints/${id}/drift`)).json.changes).toEqual([]);
  expect(await runCommand(drift, [id, "--url", api.url])).toBe("Nothing changed there within a week.\n");
});

test("an endpoint that is being learned does not drift", async () => {
  const id = await tell([
    ...exchangesOf({ day: FIRST_DAY, count: 150, got: GOT }),
    ...exchangesOf({ day: FIRST_DAY + 1, got: { other: 1 } }),
  ]);
  expect((await api.ask(`/endpoints/${id}/drift`)).json.changes).toEqual([]);
});
