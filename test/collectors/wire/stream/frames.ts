// Says what frame facts should be, from plain numbers.
import { joinHistogram, histogramOf } from "../../../../src/model/sketch.ts";
import type { FrameFacts } from "../../../../src/model/stream-facts.ts";

function histogram(values: readonly number[]): FrameFacts["gaps"] {
  return values.map((value) => histogramOf(value)).reduce((a, b) => joinHistogram(a, b), {});
}

/** Frames of these sizes, so many milliseconds apart. */
export function frameFacts(sizes: readonly number[], gaps: readonly number[]): FrameFacts {
  return { frames: sizes.length, sizes: histogram(sizes), gaps: histogram(gaps) };
}
