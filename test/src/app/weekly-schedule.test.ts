// The weekly report goes out once for each week, team and contact, to those that own something.
import { expect, test, vi } from "vitest";
import { followSchedule, isMissed, readSchedule, sendWeekly } from "../../../src/app/weekly-schedule.ts";
import { detail, headline } from "../../../src/delivery/news-text.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anEndpoint, someFacts } from "../../support/builders.ts";
import { DAY, MONDAY, WEEK_MS } from "../../support/weekly.ts";

const BASE = "http://127.0.0.1:8080";
const NEXT_MONDAY_8 = MONDAY + WEEK_MS + 8 * 3_600_000;

test("a time and a zone", () => {
  expect(readSchedule("0 8 * * 1 Europe/Berlin")).toEqual({ cron: "0 8 * * 1", zone: "Europe/Berlin" });
  expect(readSchedule(" 30 7  * * MON ").zone).toBe("UTC");
});

test.each(["0 8 * * 1 Nowhere/Town", "99 8 * * 1", "0 8 * *", "0 8 * * 1 UTC again", ""])(
  "%j is refused in one sentence",
  (text) => expect(() => readSchedule(text)).toThrow(/^UMBRA_WEEKLY must be .*\.$/),
);

test("what was missed is made up for within a day", () => {
  const schedule = readSchedule("0 8 * * 1 UTC");
  expect(isMissed(schedule, NEXT_MONDAY_8 + 1000)).toBe(true);
  expect(isMissed(schedule, NEXT_MONDAY_8 + DAY - 1000)).toBe(true);
  expect(isMissed(schedule, NEXT_MONDAY_8 + DAY + 1000)).toBe(false);
});

async function aStore() {
  const store = createMemoryStore();
  const facts = someFacts({ requests: 9, firstSeen: MONDAY + DAY, lastSeen: MONDAY + 2 * DAY });
  const endpoint = anEndpoint({ standing: "shadow", facts });
  await store.commit({
    position: null,
    expectedOffset: null,
    specRevision: null,
    services: [],
    endpoints: [endpoint],
    removedEndpointIds: [],
    events: [],
    health: [],
  });
  await store.governance.putOwners(new Map([[endpoint.id, "shop"]]));
  const contacts = [
    { kind: "email", address: "shop@a.test" },
    { kind: "slack", url: "https://hooks.test/x" },
  ] as const;
  await store.governance.putTeam({ id: "shop", name: "Shop", contacts });
  await store.governance.putTeam({ id: "idle", name: "Owns nothing", contacts });
  const deliveries = async () =>
    (await store.governance.deliveries(null, { limit: 100, cursor: null })).items;
  return { store, deliveries };
}

test("a message for each contact of who owns something, with the numbers and the link; again it is the same", async () => {
  const { store, deliveries } = await aStore();
  const parts = { store, base: BASE, now: () => NEXT_MONDAY_8 };
  expect(await sendWeekly("UTC", parts)).toBe(2);
  await sendWeekly("UTC", { ...parts, now: () => NEXT_MONDAY_8 + DAY });
  const sent = await deliveries();
  expect(sent.map(({ contact }) => contact.kind).sort()).toEqual(["email", "slack"]);
  const [one] = sent;
  if (one === undefined) throw new Error("something was sent");
  expect(headline(one.news)).toBe(
    "Weekly report 2026-W47: 1 endpoint, 1 shadow (1 new), 0 zombie, 0 changed, 0 AI",
  );
  expect(detail(one.news)).toContain(`${BASE}/api/v1/reports/weekly/2026-W47?team=shop&zone=UTC&format=html`);
  const key = { week: "2026-W47", zone: "UTC", scope: "team:shop" };
  expect(await store.reports.find(key)).toMatchObject({ closedAt: NEXT_MONDAY_8 });
});

test("a start after the time sends at once, one long after does not", async () => {
  const { store } = await aStore();
  const schedule = readSchedule("0 8 * * 1 UTC");
  const parts = { store, base: BASE, onFailure: vi.fn<(failure: unknown) => void>() };
  const told = await new Promise<number>((onNews) => {
    const stop = followSchedule(schedule, { ...parts, now: () => NEXT_MONDAY_8 + 60_000, onNews });
    stop();
  });
  expect([told, parts.onFailure.mock.calls]).toEqual([2, []]);
});
