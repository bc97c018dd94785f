import { expect, test } from "vitest";
import { CaptureClock } from "../../../../collectors/wire/tcp/clock.ts";

const HOUR = 3_600_000;
const advance = (...times: number[]): number[] => {
  const clock = new CaptureClock();
  return times.map((at) => clock.advance(at));
};

test.each<[string, number[], number[]]>([
  ["follows packets", [100, 101, 150], [100, 101, 150]],
  ["does not go back for a late packet", [100, 90, 110], [100, 100, 110]],
  ["does not believe one packet from the future", [100, 100 + 2 * HOUR, 101], [100, 100, 101]],
  ["believes two", [100, 100 + 2 * HOUR, 101 + 2 * HOUR], [100, 100, 101 + 2 * HOUR]],
  ["begins anew far in the past when two agree", [5 * HOUR, 1, 2], [5 * HOUR, 5 * HOUR, 2]],
])("%s", (_name, times, expected) => {
  expect(advance(...times)).toEqual(expected);
});
