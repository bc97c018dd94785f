import { expect, test } from "vitest";
import { COUNTERS, Tally } from "../../../collectors/wire/counters.ts";
import { listener } from "../../support/packets.ts";

test("a tally reports sums once", () => {
  const sink = listener();
  const tally = new Tally();
  tally.add("packets");
  tally.add("packets", 4);
  tally.add("bytes", 0);
  tally.flush(sink);
  tally.flush(sink);
  expect(sink.counters).toEqual({ packets: 5 });
});

test("every counter says what it counts", () => {
  expect(Object.values(COUNTERS).filter((meaning) => meaning.length < 10)).toEqual([]);
});
