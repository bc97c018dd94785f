// Times and durations in the writings that logs use.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { durationOf, timeOf } from "../../../collectors/gateway-log/times.ts";

const AT = Date.UTC(2024, 4, 1, 10, 0, 0);

test.each([
  ["01/May/2024:10:00:00 +0000", AT],
  ["01/May/2024:12:00:00 +0200", AT],
  ["01/May/2024:04:30:00 -0530", AT],
  ["01/May/2024:10:00:00.250 +0000", AT + 250],
  ["2024-05-01T10:00:00Z", AT],
  ["2024-05-01T10:00:00.1234567Z", AT + 123.456_7],
  ["2024-05-01T12:00:00+02:00", AT],
  ["2024-05-01 10:00:00,500", AT + 500],
  ["2024/05/01 10:00:00", AT],
  ["1714557600", AT],
  ["1714557600.250", AT + 250],
  [1_714_557_600, AT],
  [1_714_557_600_000, AT],
  [1_714_557_600_000_000, AT],
  [1_714_557_600_000_000_000, AT],
])("%s is a time", (text, time) => {
  expect(timeOf(text)).toBeCloseTo(time, 3);
  expect(timeOf(text)).toBeCloseTo(time, 3);
});

test.each([
  "",
  "-",
  "soon",
  "01/Foo/2024:10:00:00 +0000",
  "01/ayJ/2024:10:00:00 +0000",
  "41/May/2024:10:00:00 +0000",
  "01/May/2024:10:61:00 +0000",
  "2024-25-01T10:00:00Z",
  "0001-01-01T00:00:00Z",
  "9999-01-01T00:00:00Z",
  "12",
  "1e9",
  0,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
])("%s is none", (text) => {
  expect(timeOf(text)).toBeNull();
});

test("every time that JavaScript writes is read", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1981-01-01"), max: new Date("2099-01-01"), noInvalidDate: true }),
      (date) => {
        expect(timeOf(date.toISOString())).toBeCloseTo(date.getTime(), 3);
        expect(timeOf(date.getTime())).toBe(date.getTime());
      },
    ),
  );
});

test.each([
  ["0.125", "s", 125],
  [0.000_000_5, "s", 0.000_5],
  ["12ms", null, 12],
  ["12ms", "s", 12],
  ["1.5s", null, 1500],
  ["250µs", null, 0.25],
  [2_500_000, "ns", 2.5],
  ["5", null, null],
  ["-1", "s", null],
  [-1, "s", null],
  ["-", "s", null],
  ["0.1, 0.2", "s", null],
  [Number.NaN, "s", null],
] as const)("%s in %s lasts %s ms", (value, unit, duration) => {
  const micro = (span: number | null): number | null => (span === null ? null : Math.round(span * 1e6));
  expect(micro(durationOf(value, unit))).toBe(micro(duration));
});
