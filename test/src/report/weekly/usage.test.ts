// What stands: zombies with their callers of the week, orphans, endpoints nobody owns.
import { expect, test } from "vitest";
import { calledZombies, orphansOf, unownedOf } from "../../../../src/report/weekly/usage.ts";
import { aCaller, aFrame, anEvent, aRow, DAY, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

const LAST_MONTH = MONDAY - 4 * WEEK_MS;

test("zombies name who called them this week", () => {
  const callers = [
    aCaller({ address: "10.0.0.1", firstSeen: LAST_MONTH, lastSeen: MONDAY - DAY }),
    ...["2", "3", "4", "5"].map((last) => aCaller({ address: `10.0.0.${last}`, lastSeen: MONDAY + DAY })),
  ];
  const old = aRow({
    path: "/old",
    standing: "zombie",
    firstSeen: LAST_MONTH,
    lastSeen: MONDAY + DAY,
    callers,
  });
  const turned = aRow({ path: "/turned", standing: "zombie", firstSeen: LAST_MONTH });
  const silent = aRow({ path: "/silent", standing: "zombie", firstSeen: LAST_MONTH, lastSeen: MONDAY - DAY });
  const events = [anEvent("standing-changed", turned, { at: MONDAY, from: "documented", to: "zombie" })];
  const zombies = calledZombies(aFrame({ rows: [old, turned, silent], events }));
  expect(zombies.map(({ path, new: isNew, more_callers }) => [path, isNew, more_callers])).toEqual([
    ["/old", false, 1],
    ["/turned", true, 0],
  ]);
  expect(zombies[0]?.callers.map(({ address }) => address)).toEqual(["10.0.0.2", "10.0.0.3", "10.0.0.4"]);
});

test("orphans are new when their document is", () => {
  const orphan = (path: string, spec: string) =>
    aRow({ path, standing: "orphan", specIds: [spec], facts: null });
  const documents = [
    { id: "old", title: "", uploadedAt: LAST_MONTH },
    { id: "new", title: "", uploadedAt: MONDAY + 1 },
    { id: "later", title: "", uploadedAt: MONDAY + WEEK_MS },
  ];
  const rows = [orphan("/a", "old"), orphan("/b", "new"), orphan("/c", "later"), aRow({ path: "/heard" })];
  const found = orphansOf(aFrame({ rows, documents }));
  expect(found.map(({ path, new: isNew }) => [path, isNew])).toEqual([
    ["/a", false],
    ["/b", true],
  ]);
});

test("endpoints without an owner are counted by service, most first", () => {
  const rows = [
    aRow({ authority: "a.test", owner: null }),
    aRow({ authority: "b.test", owner: null, path: "/1" }),
    aRow({ authority: "b.test", owner: null, path: "/2" }),
    aRow({ authority: "b.test", owner: "blue", path: "/3" }),
    aRow({ authority: "c.test", owner: null, confidence: "noise" }),
  ];
  expect(unownedOf(aFrame({ rows }))).toEqual({
    endpoints: 3,
    by_service: [
      { authority: "b.test", endpoints: 2 },
      { authority: "a.test", endpoints: 1 },
    ],
  });
});
