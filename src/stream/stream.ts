// The stream's contract: at-least-once, ordered per key, offsets moved only after the handler is done.
import type { PublishedNews } from "../model/governance.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Sighting } from "../model/sighting.ts";

/** Everything that travels, by topic. */
export interface Topics {
  readonly "umbra.sightings.v1": Sighting;
  readonly "umbra.collector-health.v1": CaptureHealth;
  readonly "umbra.inventory-events.v1": PublishedNews;
}
export type Topic = keyof Topics;

export interface Message<T extends Topic> {
  /** Authority for sightings and news, collector name for health: one key, one partition. */
  readonly key: string;
  readonly value: Topics[T];
}

/** Consecutive messages of one partition. */
export interface Batch<T extends Topic> {
  readonly topic: T;
  readonly partition: number;
  /** Offset of the first and the last record of the batch (decimal), unreadable ones included. */
  readonly firstOffset: bigint;
  readonly lastOffset: bigint;
  readonly messages: readonly { readonly offset: bigint; readonly key: string; readonly value: Topics[T] }[];
}

export interface Stream {
  /** Resolves when the stream has taken the messages durably; waits while it is full (back-pressure). */
  publish<T extends Topic>(topic: T, messages: readonly Message<T>[]): Promise<void>;
  /**
   * Hands over batches, one at a time per partition, until `stop`. The offset moves only after the handler's promise
   * resolves; when it rejects the same batch comes again after a backoff. Redelivery is normal: the handler must know
   * the offsets it already stored. Messages that do not parse go to `umbra.dead-letter.v1` and are counted.
   */
  consume<T extends Topic>(topic: T, handler: (batch: Batch<T>) => Promise<void>): Promise<Consumer>;
  /** Resolves when every message published so far was handled (in-process stream) or handed to the broker (Kafka). */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface Consumer {
  /** Finishes the batch at hand, then stops. */
  stop(): Promise<void>;
}
