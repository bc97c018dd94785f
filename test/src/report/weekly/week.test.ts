// ISO weeks against the calendar: edges of years, zones, clocks that change.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayText, isTimeZone, weekAt, weekNamed, weeksBefore } from "../../../../src/report/weekly/week.ts";

const iso = (at: number | undefined): string => new Date(at ?? Number.NaN).toISOString();

describe("a week by name", () => {
  test.each([
    ["2026-W47", "UTC", "2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    ["2026-W47", "Europe/Berlin", "2026-11-15T23:00:00.000Z", "2026-11-22T23:00:00.000Z"],
    // Clocks go back on 25 October: an hour more.
    ["2026-W43", "Europe/Berlin", "2026-10-18T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    ["2026-W53", "UTC", "2026-12-28T00:00:00.000Z", "2027-01-04T00:00:00.000Z"],
    ["2025-W01", "America/New_York", "2024-12-30T05:00:00.000Z", "2025-01-06T05:00:00.000Z"],
    ["2026-W47", "Asia/Kolkata", "2026-11-15T18:30:00.000Z", "2026-11-22T18:30:00.000Z"],
  ])("%s in %s", (name, zone, from, to) => {
    const week = weekNamed(name, zone);
    expect([week?.name, iso(week?.from), iso(week?.to)]).toEqual([name, from, to]);
  });

  test.each(["2026-W00", "2026-W54", "2025-W53", "2026-47", "W47", "", "2026-W47 "])("%s is none", (name) => {
    expect(weekNamed(name, "UTC")).toBeNull();
  });
});

test("every moment lies in the week that is named after it, and weeks follow one another without a gap", () => {
  const moments = fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2090, 0) });
  const zones = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
  );
  fc.assert(
    fc.property(moments, zones, (at, zone) => {
      const week = weekAt(at, zone);
      expect(week.from).toBeLessThanOrEqual(at);
      expect(week.to).toBeGreaterThan(at);
      expect(weekNamed(week.name, zone)).toEqual(week);
      expect(weeksBefore(week, 1, zone).to).toBe(week.from);
      expect(weeksBefore(week, -1, zone).from).toBe(week.to);
    }),
  );
});

test("days are those of the zone", () => {
  expect(dayText(Date.UTC(2026, 10, 15, 23), "Europe/Berlin")).toBe("16 Nov 2026");
  expect(dayText(Date.UTC(2026, 10, 15, 23), "UTC")).toBe("15 Nov 2026");
});

test("zones are known or not", () => {
  expect(["UTC", "Europe/Berlin", "Mars/Olympus", ""].map(isTimeZone)).toEqual([true, true, false, false]);
});
