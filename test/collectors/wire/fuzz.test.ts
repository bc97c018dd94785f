// A few thousand mutated captures, the same every time; test/bench/fuzz.ts runs them by the million.
import { afterAll, describe, expect, test } from "vitest";
import { hear } from "../../support/packets.ts";
import { WRAPS } from "../../support/wire/frames.ts";
import { fuzzOnce, fuzzReader, type Run } from "../../support/wire/fuzz.ts";
import { Random } from "../../support/wire/random.ts";
import { spoken, TALKS } from "../../support/wire/talks.ts";

const RUNS = 3_000;
const SEED = 7;
/** Loss may leave two readings; more wrong pairs than these say that evidence is not looked at. */
const WRONG_SHARE = 0.001;

describe("unmutated", () => {
  test.each(TALKS)("$name is understood", ({ name, truth }) => {
    expect(truth.length > 0).toBe(name !== "TLS without keys");
    expect(truth.filter((pair) => !/^[A-Z]+ \S+ [1-5]\d\d$/.test(pair))).toEqual([]);
  });

  test.each(Object.entries(WRAPS))("%s changes nothing", (_name, wrap) => {
    for (const talk of TALKS) {
      const packets = spoken(talk, () => 400).flatMap(wrap);
      const heard = hear(packets, { keylog: talk.keylog });
      expect(heard.exchanges).toHaveLength(talk.truth.length);
    }
  });
});

describe("mutated", () => {
  const runs: Run[] = [];
  const options = { seed: SEED };

  test("nothing throws, nothing is told beyond the bytes there were, and what is told is lawful", () => {
    for (let run = 0; run < RUNS; run++) runs.push(fuzzOnce(run, options));
    expect(new Set(runs.map(({ kind }) => kind)).size).toBe(5);
  }, 60_000);

  test("late and repeated packets never make a wrong pair, and losses hardly ever", () => {
    const said = (kind: Run["kind"]): Run[] => runs.filter((run) => run.kind === kind);
    expect(said("harmless").flatMap(({ wrong }) => wrong)).toEqual([]);
    const lossy = said("lossy");
    const exchanges = lossy.reduce((sum, run) => sum + run.exchanges, 0);
    const wrong = lossy.flatMap((run) => run.wrong).length;
    expect(exchanges).toBeGreaterThan(500);
    expect(wrong / exchanges).toBeLessThanOrEqual(WRONG_SHARE);
  });

  test("nor through the reader of files, packed or not", async () => {
    let heard = 0;
    for (let run = 0; run < 200; run++) heard += await fuzzReader(run, options);
    expect(heard).toBeGreaterThan(100);
  });

  test("the same seed gives the same run", () => {
    for (let run = 0; run < 50; run++) expect(fuzzOnce(run, options)).toEqual(runs[run]);
    expect(new Random(1, 2).next()).not.toBe(new Random(1, 3).next());
  });

  afterAll(() => void runs.splice(0));
});
