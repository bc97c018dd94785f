// Tells from the times between its frames whether a stream came as fast as a model writes.
import { sum } from "../model/bounded.ts";
import type { StreamFacts } from "../model/stream-facts.ts";
import { quantile } from "../model/sketch.ts";

/** Fewer frames a stream may be paragraphs of anything. */
const LEAST_FRAMES = 8;
/**
 * Milliseconds between two frames: models write some 4 to 200 tokens a second. Below that most came together, as they do
 * from a mirror that hands packets over in batches: then times say nothing.
 */
const PACE = [5, 250] as const;
/** Bytes: tokens, or the few words that servers put together. */
const MAX_PIECE = 60;

/** The frames came one by one at the pace of generation. */
export function isPaced({ kinds, received }: StreamFacts): boolean {
  if (received === undefined || received.frames < LEAST_FRAMES * Object.values(kinds).reduce(sum, 0))
    return false;
  const middle = quantile(received.gaps, 0.5) ?? 0;
  return middle >= PACE[0] && middle <= PACE[1];
}

/** Text without any frames of its own that came in pieces of words, at that pace. */
export function isPacedText(stream: StreamFacts): boolean {
  const { kinds, received } = stream;
  const pieces = received === undefined ? null : quantile(received.sizes, 0.5);
  const isBare = (kinds.text ?? 0) * 2 > Object.values(kinds).reduce(sum, 0);
  return isBare && pieces !== null && pieces <= MAX_PIECE && isPaced(stream);
}
