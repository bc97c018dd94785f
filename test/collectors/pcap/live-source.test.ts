// Counters of live sources and of the wire decoders meet in one report: no name may mean two things.
import { expect, test } from "vitest";
import { LIVE_COUNTERS } from "../../../collectors/pcap/live-source.ts";
import { COUNTERS } from "../../../collectors/wire/counters.ts";

test("names are free of collisions and each says what it counts", () => {
  for (const [name, meaning] of Object.entries(LIVE_COUNTERS)) {
    expect(COUNTERS).not.toHaveProperty([name]);
    expect(name).toMatch(/^[a-z]+\.[a-z-]+$/);
    expect(meaning).not.toBe("");
  }
});
