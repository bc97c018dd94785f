// The topics: their names, how many partitions they get when made, and the check every value passes when it is read.
import type { z } from "zod";
import { newsSchema } from "./news-schema.ts";
import { healthSchema, sightingSchema } from "./schemas.ts";
import type { Topic, Topics } from "./stream.ts";

export interface TopicRule<T extends Topic> {
  readonly partitions: number;
  readonly schema: z.ZodType<Topics[T]>;
}

export const TOPICS: { readonly [T in Topic]: TopicRule<T> } = {
  // Twelve divides evenly among 2, 3, 4, 6 and 12 classifiers; one key stays in one partition for life, so it is not
  // raised later.
  "umbra.sightings.v1": { partitions: 12, schema: sightingSchema },
  // A few reports a second at most.
  "umbra.collector-health.v1": { partitions: 1, schema: healthSchema },
  // For other tools; nothing of ours consumes it.
  "umbra.inventory-events.v1": { partitions: 12, schema: newsSchema },
};

/** Where messages go that could not be read; nothing of ours consumes it. */
export const DEAD_LETTER_TOPIC = "umbra.dead-letter.v1";
export const DEAD_LETTER_PARTITIONS = 1;

/** The check of a topic's values. */
export function schemaOf<T extends Topic>(topic: T): z.ZodType<Topics[T]> {
  return TOPICS[topic].schema;
}
