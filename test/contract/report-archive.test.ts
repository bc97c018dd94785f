// The archive of weekly reports, on every store: the first report of a week stays, byte for byte.
import { beforeEach, expect, test } from "vitest";
import type { ArchivedReport } from "../../src/store/report-archive.ts";
import type { InventoryStore } from "../../src/store/store.ts";
import { NOON } from "../support/builders.ts";
import { onEveryStore } from "../support/stores.ts";

function aReport(given: Partial<ArchivedReport> = {}): ArchivedReport {
  return {
    week: "2026-W47",
    zone: "Europe/Berlin",
    scope: "all",
    closedAt: NOON,
    headline: { shadow: 3, endpoints: 7 },
    document: '{"z":1,\n "a":"é"}\n',
    eventIds: ["ev_b", "ev_a"],
    ...given,
  };
}

onEveryStore((opened) => {
  let store: InventoryStore;
  beforeEach(() => {
    store = opened();
  });

  test("what was kept comes back as it was", async () => {
    expect(await store.reports.keep(aReport())).toEqual(aReport());
    expect(await store.reports.find(aReport())).toEqual(aReport());
    for (const other of [{ week: "2026-W46" }, { zone: "UTC" }, { scope: "team:a" }]) {
      expect(await store.reports.find(aReport(other))).toBeNull();
    }
  });

  test("the first report of a week stays", async () => {
    await store.reports.keep(aReport());
    const later = aReport({ document: "{}", closedAt: NOON + 1, eventIds: [] });
    expect(await store.reports.keep(later)).toEqual(aReport());
    expect(await store.reports.find(later)).toEqual(aReport());
  });

  test("headlines come latest first, of weeks before, of the same zone and scope", async () => {
    for (const week of ["2026-W44", "2026-W46", "2026-W45", "2026-W47"]) {
      await store.reports.keep(aReport({ week, headline: { shadow: Number(week.slice(-2)) } }));
    }
    await store.reports.keep(aReport({ week: "2026-W43", scope: "team:a" }));
    const found = await store.reports.headlines(aReport(), 2);
    expect(found).toEqual([
      { week: "2026-W46", headline: { shadow: 46 } },
      { week: "2026-W45", headline: { shadow: 45 } },
    ]);
    expect(await store.reports.headlines(aReport(), 10)).toHaveLength(3);
  });

  test("names of any length and content are kept", async () => {
    const scope = `service:${"x".repeat(5_000)}\u0000`;
    await store.reports.keep(aReport({ scope }));
    expect((await store.reports.find(aReport({ scope })))?.week).toBe("2026-W47");
    expect(await store.reports.headlines(aReport({ scope, week: "2026-W48" }), 1)).toHaveLength(1);
  });
});
