// Messages as bytes: JSON out, checked JSON in, and the envelope that remains of a message nobody can read.
import { z } from "zod";
import { parsed, weird } from "../model/parsed.ts";
import type { Parsed } from "../model/parsed.ts";
import { secretTag } from "../ops/keyed-hash.ts";
import { PROTO_STAND_IN } from "./schemas.ts";
import { schemaOf } from "./topics.ts";
import type { Message, Topic } from "./stream.ts";

// Brokers take 1 MiB per compressed batch by default; JSON of ours shrinks about tenfold, so a larger value was not ours.
export const MAX_VALUE_BYTES = 8 * 1_048_576;

export interface Encoded {
  readonly key: string;
  readonly value: Buffer;
}

export function encodeMessage<T extends Topic>({ key, value }: Message<T>): Encoded {
  return { key, value: Buffer.from(JSON.stringify(value)) };
}

/** Reads one record. The weird's detail names the field that did not fit, cut to what schemas know, never a value. */
export function decodeMessage<T extends Topic>(
  topic: T,
  key: Uint8Array | null,
  bytes: Uint8Array | null,
): Parsed<Message<T>> {
  if (key === null || key.length === 0) return weird("stream.no-key");
  if (bytes === null || bytes.length === 0) return weird("stream.empty");
  if (bytes.length > MAX_VALUE_BYTES) return weird("stream.too-large");
  const json = parseJson(bytes);
  if (!json.ok) return json;
  return checked(topic, Buffer.from(key).toString("utf8"), json.value);
}

function parseJson(bytes: Uint8Array): Parsed<unknown> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // A quote behind a backslash is inside a string; every other `"__proto__":` is a key.
    const safe = text.includes("__proto__")
      ? text.replace(/(?<!\\)"__proto__"(?=\s*:)/g, STAND_IN_JSON)
      : text;
    return parsed(JSON.parse(safe) as unknown);
  } catch {
    return weird("stream.not-json");
  }
}

const STAND_IN_JSON = JSON.stringify(PROTO_STAND_IN);

function checked<T extends Topic>(topic: T, key: string, json: unknown): Parsed<Message<T>> {
  try {
    const result = schemaOf(topic).safeParse(json);
    return result.success ? parsed({ key, value: result.data }) : weird("stream.shape");
  } catch {
    // Nested so deep that the check ran out of stack.
    return weird("stream.shape");
  }
}

/** What is kept of a message that could not be read or carried. The bytes themselves might hold a value, so they go. */
export const deadLetterSchema = z.object({
  topic: z.string(),
  /** null: the broker never took it. */
  partition: z.number().int().nullable(),
  offset: z.string().nullable(),
  /** Name of the weird, e.g. `stream.not-json`. */
  reason: z.string(),
  bytes: z.number().int(),
  /** Keyed hash of the bytes: tells whether it is the same message again. */
  hash: z.string(),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

export interface DeadLetterFacts {
  readonly topic: string;
  readonly partition: number | null;
  readonly offset: bigint | null;
  readonly reason: string;
  readonly value: Uint8Array | null;
}

/** The envelope, keyed so that repeats of one message stay together. */
export function encodeDeadLetter(facts: DeadLetterFacts, secret: Uint8Array): Encoded {
  const { topic, partition, offset, reason, value } = facts;
  const letter: DeadLetter = {
    topic,
    partition,
    offset: offset === null ? null : offset.toString(),
    reason,
    bytes: value?.length ?? 0,
    hash: secretTag(secret, value ?? new Uint8Array()),
  };
  return { key: letter.hash, value: Buffer.from(JSON.stringify(letter)) };
}
