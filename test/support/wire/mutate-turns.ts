// Mutations of what was said: whole messages, and frames and records whose lengths lie.
import { mutateBytes } from "./mutate-bytes.ts";
import type { Random } from "./random.ts";
import type { Turn } from "./turn.ts";

/** Where a protocol's units begin, and where their length stands. */
interface Units {
  /** Bytes before the first unit. */
  readonly skip: (bytes: Buffer) => number;
  readonly headerBytes: number;
  readonly lengthAt: number;
  readonly lengthBytes: number;
}

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

const UNITS: readonly Units[] = [
  // HTTP/2 frames (RFC 9113, section 4.1)
  {
    skip: (bytes) => (bytes.subarray(0, PREFACE.length).equals(PREFACE) ? PREFACE.length : 0),
    headerBytes: 9,
    lengthAt: 0,
    lengthBytes: 3,
  },
  // TLS records (RFC 8446, section 5.1)
  { skip: () => 0, headerBytes: 5, lengthAt: 3, lengthBytes: 2 },
  // WebSocket frames of short length (RFC 6455, section 5.2)
  { skip: () => 0, headerBytes: 2, lengthAt: 1, lengthBytes: 1 },
];

/** Starts of units as the lengths tell; empty when they do not add up. */
function unitStarts(bytes: Buffer, units: Units): number[] {
  const starts: number[] = [];
  let at = units.skip(bytes);
  while (at + units.headerBytes <= bytes.length) {
    starts.push(at);
    at += units.headerBytes + bytes.readUIntBE(at + units.lengthAt, units.lengthBytes);
  }
  return at === bytes.length ? starts : [];
}

/** Changes the head of one frame or record: its length, its type, its flags, its stream. */
function lieInUnit(bytes: Buffer, random: Random): Buffer {
  for (const units of UNITS) {
    const starts = unitStarts(bytes, units);
    if (starts.length === 0) continue;
    const start = random.pick(starts);
    const copy = Buffer.from(bytes);
    const at = start + units.lengthAt;
    const most = 256 ** units.lengthBytes - 1;
    if (random.chance(0.5)) {
      const length = random.pick([
        0,
        1,
        most,
        copy.readUIntBE(at, units.lengthBytes) + random.between(-3, 3),
      ]);
      copy.writeUIntBE(Math.min(most, Math.max(0, length)), at, units.lengthBytes);
    } else copy[start + random.below(units.headerBytes)] = random.pick([0, 1, 4, 5, 9, 0x25, 0x80, 0xff]);
    return copy;
  }
  return mutateBytes(bytes, random, 1);
}

type Mutation = (turns: readonly Turn[], random: Random) => Turn[];

const at = (turns: readonly Turn[], index: number, change: (one: Turn) => readonly Turn[]): Turn[] =>
  turns.flatMap((one, i) => (i === index ? change(one) : [one]));
const any = (turns: readonly Turn[], random: Random): number => random.below(turns.length);

const inBytes: Mutation = (turns, random) =>
  at(turns, any(turns, random), ({ side, bytes }) => [{ side, bytes: mutateBytes(bytes, random) }]);
const inUnit: Mutation = (turns, random) =>
  at(turns, any(turns, random), ({ side, bytes }) => [{ side, bytes: lieInUnit(bytes, random) }]);
const drop: Mutation = (turns, random) => at(turns, any(turns, random), () => []);
const repeat: Mutation = (turns, random) => {
  const times = random.chance(0.1) ? 40 : 2;
  return at(turns, any(turns, random), (one) => Array.from({ length: times }, () => one));
};
const turnRound: Mutation = (turns, random) =>
  at(turns, any(turns, random), ({ side, bytes }) => [{ side: side === 0 ? 1 : 0, bytes }]);
const swap: Mutation = (turns, random) => {
  const copy = [...turns];
  const one = any(turns, random);
  const other = any(turns, random);
  [copy[one], copy[other]] = [turns[other]!, turns[one]!];
  return copy;
};

const mutations: readonly Mutation[] = [
  inBytes,
  inBytes,
  inBytes,
  inUnit,
  inUnit,
  drop,
  repeat,
  swap,
  turnRound,
];

/** `others`: turns of another conversation, to be taken up in the middle of this one now and then. */
export function mutateTurns(
  turns: readonly Turn[],
  others: readonly Turn[],
  random: Random,
): readonly Turn[] {
  let mutated: readonly Turn[] = turns;
  if (random.chance(0.1)) mutated = [...turns.slice(0, random.below(turns.length)), ...others];
  const times = 1 + random.below(3);
  for (let i = 0; i < times && mutated.length > 0; i++) mutated = random.pick(mutations)(mutated, random);
  return mutated;
}
