// Walking back along events gives what the row was.
import { expect, test } from "vitest";
import { createTimeline } from "../../../../src/report/weekly/timeline.ts";
import { aRow, anEvent, DAY, MONDAY } from "../../../support/weekly.ts";

const NONE = new Map<string, number>();

test("each axis is what the next turn turned away from", () => {
  const row = aRow({ standing: "zombie", firstSeen: MONDAY - 30 * DAY });
  const { stood } = createTimeline(
    [
      anEvent("standing-changed", row, { at: MONDAY + 3, from: "documented", to: "zombie" }),
      anEvent("standing-changed", row, { at: MONDAY, from: "shadow", to: "documented" }),
      anEvent("confidence-changed", row, { at: MONDAY, from: "candidate", to: "confirmed" }),
    ],
    NONE,
  );
  const standings = [0, 1, 3, 4].map((after) => stood(row, MONDAY + after)?.standing);
  expect(standings).toEqual(["shadow", "documented", "documented", "zombie"]);
  expect(stood(row, MONDAY)?.confidence).toBe("candidate");
  expect(stood(row, MONDAY + 1)?.confidence).toBe("confirmed");
});

test("turns of the same millisecond are a chain, read from its begin whatever their order", () => {
  const row = aRow({ standing: "zombie", firstSeen: 0 });
  const chain = [
    anEvent("standing-changed", row, { at: MONDAY, from: "documented", to: "zombie" }),
    anEvent("standing-changed", row, { at: MONDAY, from: "shadow", to: "documented", id: "ev_2" }),
  ];
  expect(createTimeline(chain, NONE).stood(row, MONDAY)?.standing).toBe("shadow");
  expect(createTimeline([...chain].reverse(), NONE).stood(row, MONDAY)?.standing).toBe("shadow");
});

test("before it was heard it was not there, unless a document listed it already", () => {
  const row = aRow({ standing: "documented", specIds: ["spec_a"], firstSeen: MONDAY });
  expect(createTimeline([], NONE).stood(row, MONDAY)).toBeNull();
  const documented = createTimeline([], new Map([["spec_a", MONDAY - 1]]));
  expect(documented.stood(row, MONDAY)).toMatchObject({ standing: "orphan", heard: false });
  expect(documented.stood(row, MONDAY - 1)).toBeNull();
  expect(documented.stood(row, MONDAY + 1)).toMatchObject({ standing: "documented", heard: true });
});

test("a shadow endpoint was no orphan before it was heard", () => {
  const row = aRow({ standing: "shadow", specIds: ["spec_a"], firstSeen: MONDAY });
  expect(createTimeline([], new Map([["spec_a", 0]])).stood(row, MONDAY)).toBeNull();
});
