// Facts of streams add up, in any order, whether told at once or bit by bit.
import { expect, test } from "vitest";
import { ownCopy } from "../../../src/model/grow.ts";
import type { StreamFacts } from "../../../src/model/stream-facts.ts";
import { emptyFrames, growStream } from "../../../src/model/stream-facts.ts";
import { frameFacts } from "../../collectors/wire/stream/frames.ts";

const head: StreamFacts = { kinds: { events: 1 }, received: frameFacts([3, 5], [10]) };
const rest: StreamFacts = { kinds: {}, received: frameFacts([7], [20]), sent: frameFacts([1], []) };

test("joined", () => {
  const joined = growStream(ownCopy(head), rest);
  expect(joined).toEqual({
    kinds: { events: 1 },
    received: frameFacts([3, 5, 7], [10, 20]),
    sent: frameFacts([1], []),
  });
  expect(growStream(ownCopy(rest), head)).toEqual(joined);
  expect(growStream(undefined, head)).toEqual(head);
  expect([head.received?.frames, emptyFrames().frames]).toEqual([2, 0]);
});
