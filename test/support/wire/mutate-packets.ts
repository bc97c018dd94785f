// Mutations of captured packets: what networks and mirrors do to them, and what only an attacker would.
import type { Packet } from "../../../collectors/wire/packet.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import type { Random } from "./random.ts";

/** Offsets in Ethernet, IPv4 without options, TCP without options: what `Conversation` sends. */
const IP = 14;
const TCP = IP + 20;
const PAYLOAD = TCP + 20;

const FIN = 1;
const SYN = 2;
const RST = 4;

const payloadBytes = (one: Packet): number => Math.max(0, one.bytes.length - PAYLOAD);
const changed = (one: Packet, change: (bytes: Buffer) => void): Packet => {
  const bytes = Buffer.from(one.bytes);
  change(bytes);
  return { ...one, bytes, originalLength: bytes.length };
};
/** Packets keep their times by place: a reordered packet carries the time it was captured at. */
const retimed = (packets: readonly Packet[], times: readonly number[]): Packet[] =>
  packets.map((one, index) => ({ ...one, at: times[index] ?? one.at }));
const startsConnection = (one: Packet): boolean => ((one.bytes[TCP + 13] ?? 0) & SYN) !== 0;

/** Late by up to five packets, SYNs excepted: without the handshake, who asks is a guess. */
export function reordered(packets: readonly Packet[], random: Random): Packet[] {
  const order = [...packets];
  for (let i = 0; i < 1 + random.below(4); i++) {
    const from = random.below(order.length);
    const one = order[from]!;
    if (startsConnection(one)) continue;
    order.splice(from, 1);
    order.splice(Math.min(order.length, from + random.between(1, 5)), 0, one);
  }
  return retimed(
    order,
    packets.map((one) => one.at),
  );
}

/** Seen again, at once or later. */
export function repeated(packets: readonly Packet[], random: Random): Packet[] {
  const order = [...packets];
  for (let i = 0; i < 1 + random.below(4); i++) {
    const from = random.below(order.length);
    const one = order[from]!;
    const to = Math.min(order.length, from + random.between(1, 5));
    // A retransmission has an IP id of its own, a packet mirrored twice has not.
    const copy = random.chance(0.5) ? one : changed(one, (bytes) => bytes.writeUInt16BE(60_000 + i, IP + 4));
    order.splice(to, 0, { ...copy, at: order[to - 1]?.at ?? one.at });
  }
  return order;
}

/** The capture missed some packets with payload. */
export function lossy(packets: readonly Packet[], random: Random): Packet[] {
  const left = [...packets];
  for (let i = 0; i < 1 + random.below(3); i++) {
    const at = random.below(left.length);
    if (payloadBytes(left[at]!) > 0) left.splice(at, 1);
  }
  return left;
}

type Attack = (one: Packet, random: Random) => readonly Packet[];

const u32 =
  (offset: number, values: (was: number, random: Random) => number): Attack =>
  (one, random) => [
    changed(one, (bytes) => bytes.writeUInt32BE(values(bytes.readUInt32BE(offset), random) >>> 0, offset)),
  ];
const shifted = (was: number, random: Random): number =>
  was +
  random.pick([
    -1,
    1,
    -20,
    20,
    1_448,
    -70_000,
    70_000,
    2 ** 20 + 1,
    2 ** 24 + 1,
    2 ** 31,
    random.below(2 ** 32),
  ]);

/** The same stretch of the stream again, with other bytes, beginning earlier or later. */
const contradict: Attack = (one, random) => {
  if (payloadBytes(one) === 0) return [one];
  const other = changed(one, (bytes) => {
    random.bytes(payloadBytes(one)).copy(bytes, PAYLOAD);
    bytes.writeUInt32BE((bytes.readUInt32BE(TCP + 4) + random.between(-8, 8)) >>> 0, TCP + 4);
    bytes.writeUInt16BE(50_000, IP + 4);
  });
  return random.chance(0.5) ? [one, other] : [other, one];
};
/** IPv4: header words, total length, fragment field. TCP: header words. */
const headerLie: Attack = (one, random) => [
  changed(one, (bytes) => {
    const [offset, value] = random.pick([
      [IP, 0x40 | random.below(16)],
      [IP, random.below(256)],
      [TCP + 12, random.below(16) << 4],
      [IP + 6, random.below(256)],
      [IP + 7, random.below(256)],
      [IP + 2, random.below(256)],
      [IP + 3, random.below(256)],
      [IP + 9, random.pick([0, 1, 4, 17, 41, 43, 44, 47, 50, 51, 60, 132, 255])],
    ] as const);
    bytes[offset] = value;
  }),
];
const flags: Attack = (one, random) => [
  changed(one, (bytes) => {
    bytes[TCP + 13] = random.pick([0, FIN, SYN, RST, FIN | SYN, 0x12, 0x11, 0x3f, 0xff]);
  }),
];
const snapped: Attack = (one, random) => [
  { ...one, bytes: Buffer.from(one.bytes).subarray(0, random.below(one.bytes.length + 1)) },
];
const claimed: Attack = (one, random) => [
  { ...one, originalLength: random.pick([0, 1, 65_535, 262_144, 0xffff_ffff]) },
];
const jumped: Attack = (one, random) => [
  { ...one, at: one.at + random.pick([-1e12, -5_000, 1_001, 5_001, 61_000, 301_000, 1e12]) },
];
const noise: Attack = (one, random) => [
  changed(one, () => {}),
  { ...one, bytes: mutateBytes(Buffer.from(one.bytes), random) },
];

const attacks: readonly Attack[] = [
  contradict,
  contradict,
  headerLie,
  headerLie,
  flags,
  u32(TCP + 4, shifted),
  u32(TCP + 8, shifted),
  snapped,
  claimed,
  jumped,
  noise,
];

/** Anything that can be done to packets. */
export function attacked(packets: readonly Packet[], random: Random): Packet[] {
  let mutated = [...packets];
  for (let i = 0; i < 1 + random.below(5) && mutated.length > 0; i++) {
    const at = random.below(mutated.length);
    // What was cut already has no header left to lie in.
    const isWhole = mutated[at]!.bytes.length >= PAYLOAD;
    mutated.splice(at, 1, ...random.pick(isWhole ? attacks : [noise])(mutated[at]!, random));
    if (random.chance(0.2)) mutated = reordered(mutated, random);
    if (random.chance(0.1)) mutated = lossy(mutated, random);
  }
  return mutated;
}
