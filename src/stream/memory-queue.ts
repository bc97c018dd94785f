// The queues behind the in-process stream: partitions by key, and the count of what waits.
import { Bell } from "./bell.ts";
import type { Message, Topic } from "./stream.ts";

/**
 * Partitions of a process count from here: a database that first served one and later a Kafka cluster keeps their
 * positions apart, since no topic has a million partitions.
 */
export const FIRST_MEMORY_PARTITION = 1_000_000;

export interface MemoryPartition {
  readonly number: number;
  readonly queue: Message<Topic>[];
  /** Offset of the first message in the queue; null until the first batch asks where an earlier run ended. */
  first: bigint | null;
  /** Messages ever put in and ever taken out. */
  put: number;
  settled: number;
}

/** The messages of one topic that wait for their handler. */
export class MemoryTopic {
  readonly topic: Topic;
  readonly partitions: readonly MemoryPartition[];
  /** Rings whenever something was added or settled, and when the stream closes. */
  readonly changed = new Bell();
  consumed = false;
  private readonly capacity: number;
  private waiting = 0;
  private closed = false;
  /** Publishers take turns, or a later one could overtake an earlier one that waits for room. */
  private turn: Promise<void> = Promise.resolve();

  constructor(topic: Topic, partitions: number, capacity: number) {
    this.topic = topic;
    this.capacity = capacity;
    this.partitions = Array.from({ length: partitions }, (_, index) => ({
      number: FIRST_MEMORY_PARTITION + index,
      queue: [],
      first: null,
      put: 0,
      settled: 0,
    }));
  }

  /** Resolves when all are in the queue; rejects when the topic closed before. */
  publish(messages: readonly Message<Topic>[]): Promise<void> {
    const before = this.turn;
    const done = this.putAll(before, messages);
    this.turn = done.catch(() => {});
    return done;
  }

  private async putAll(before: Promise<void>, messages: readonly Message<Topic>[]): Promise<void> {
    await before;
    for (const message of messages) {
      while (this.waiting >= this.capacity && !this.closed) await this.changed.heard();
      if (this.closed) throw new Error("the stream is closed");
      this.put(message);
    }
  }

  private put(message: Message<Topic>): void {
    const partition = this.partitions[spread(message.key, this.partitions.length)];
    if (partition === undefined) return;
    partition.queue.push(message);
    partition.put += 1;
    this.waiting += 1;
    this.changed.ring();
  }

  /** Removes the first `count` messages of a partition: handled, or given up. */
  settle(partition: MemoryPartition, count: number): void {
    partition.queue.splice(0, count);
    partition.settled += count;
    this.waiting -= count;
    if (partition.first !== null) partition.first += BigInt(count);
    this.changed.ring();
  }

  /** Resolves when everything published before the call was settled. */
  async flushed(): Promise<void> {
    await this.turn;
    const goals = this.partitions.map((partition) => ({ partition, goal: partition.put }));
    while (goals.some(({ partition, goal }) => partition.settled < goal)) await this.changed.heard();
  }

  /** Wakes and refuses whoever publishes. */
  close(): void {
    this.closed = true;
    this.changed.ring();
  }

  /** Gives up what still waits and tells how much it was. */
  abandon(): number {
    const lost = this.waiting;
    for (const partition of this.partitions) this.settle(partition, partition.queue.length);
    return lost;
  }
}

/** A key's partition: FNV-1a is enough, since a process need not defend itself against its own keys. */
function spread(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % partitions;
}
