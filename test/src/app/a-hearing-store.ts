// A store in memory with a classifier in front of it: sightings go in one batch after the other, as from one partition.
import { createSightingHandler } from "../../../src/app/classifier.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { aSighting } from "../classify/a-sighting.ts";

/** What it has heard at first: two routes that may be one. */
export async function aHearingStore() {
  const store = createMemoryStore();
  const handle = createSightingHandler({ store });
  let offset = 0n;
  const hear = async (...sightings: readonly Sighting[]): Promise<void> => {
    const messages = sightings.map((value, at) => ({
      offset: offset + BigInt(at),
      key: value.key.authority,
      value,
    }));
    const lastOffset = offset + BigInt(sightings.length) - 1n;
    await handle({ topic: "umbra.sightings.v1", partition: 0, firstOffset: offset, lastOffset, messages });
    offset = lastOffset + 1n;
  };
  await hear(
    aSighting("GET /teams/search", { at: 1, statuses: { 200: 2 } }),
    aSighting("GET /teams/export", { at: 2, statuses: { 200: 3 } }),
  );
  return { store, hear };
}
