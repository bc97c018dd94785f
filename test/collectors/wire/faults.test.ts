// What goes wrong between a network and a capture of it: whatever it is, no answer is given to another request, and what is lost is counted.
import { describe, expect, test } from "vitest";
import type { Packet } from "../../../collectors/wire/packet.ts";
import { Conversation, ethernet, hear, type Heard, ipv4, packet } from "../../support/packets.ts";

const TALKS = 40;
const ROUNDS = 12;

/** Every answer names its request in status, field and body, so that a wrong pair shows. */
const statusOf = (talk: number, round: number): number => 200 + ((talk * 31 + round * 7) % 90);
const asked = (talk: number, round: number): string => {
  const body = round % 3 === 0 ? `{"of":"${talk}/${round}"}` : "";
  const kind = body === "" ? "GET" : "POST";
  return `${kind} /t${talk}/r${round} HTTP/1.1\r\nHost: shop.test\r\nX-Filler: ${"f".repeat(40)}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};
const answered = (talk: number, round: number): string => {
  const body = `{"to":"/t${talk}/r${round}","rest":"${"b".repeat(20 + ((talk * round) % 4) * 400)}"}`;
  const head = `HTTP/1.1 ${statusOf(talk, round)} OK\r\nX-To: /t${talk}/r${round}\r\n`;
  if (round % 4 !== 1) return `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  const cut = Math.floor(body.length / 2);
  const chunk = (piece: string): string => `${piece.length.toString(16)}\r\n${piece}\r\n`;
  return `${head}Transfer-Encoding: chunked\r\n\r\n${chunk(body.slice(0, cut))}${chunk(body.slice(cut))}0\r\n\r\n`;
};

/** In segments of `size`, so that heads and bodies are cut. */
function say(talk: Conversation, side: 0 | 1, text: string, size: number): void {
  for (let at = 0; at < text.length; at += size) {
    talk[side === 0 ? "client" : "server"](text.slice(at, at + size));
  }
}

interface Talk {
  readonly packets: readonly Packet[];
  readonly port: number;
}

/** Every third one is pipelined. */
function talkOf(talk: number, { isn = 1_000 + talk * 77_777 } = {}): Talk {
  const port = 30_000 + talk;
  const told = new Conversation({ ports: [port, 80], isns: [isn, isn * 2] });
  told.at += talk * 3;
  const flight = talk % 3 === 2 ? 3 : 1;
  for (let round = 0; round < ROUNDS; round += flight) {
    for (let one = round; one < round + flight; one++) say(told, 0, asked(talk, one), 400);
    for (let one = round; one < round + flight; one++) say(told, 1, answered(talk, one), 400);
    told.ack(0);
  }
  return { packets: told.close().packets, port };
}

const inTime = (packets: readonly Packet[]): Packet[] => packets.toSorted((a, b) => a.at - b.at);
const TRAFFIC: readonly Talk[] = Array.from({ length: TALKS }, (_, talk) => talkOf(talk));
const ALL = inTime(TRAFFIC.flatMap(({ packets }) => packets));
const TOTAL = TALKS * ROUNDS;

/** Deterministic noise. */
const chance = (n: number, share: number): boolean =>
  ((Math.imul(n + 1, 0x9e3779b1) >>> 8) & 0xffff) / 0x10000 < share;

const bytesOf = (one: Packet): Buffer => Buffer.from(one.bytes);
const again = (one: Packet, bytes: Buffer, fields: Partial<Packet> = {}): Packet =>
  packet(bytes, { at: one.at, ...fields });
const isClient = (one: Packet): boolean => bytesOf(one).readUInt16BE(36) === 80;
const payloadOf = (one: Packet): Buffer => bytesOf(one).subarray(54);
const flagsOf = (one: Packet): number => bytesOf(one)[47]!;
const mended = (one: Packet, change: (bytes: Buffer) => void): Packet => {
  const bytes = bytesOf(one);
  change(bytes);
  return again(one, bytes);
};
/** VLAN tag behind the addresses. */
const tagged = (one: Packet, id: number): Packet => {
  const bytes = bytesOf(one);
  const tag = Buffer.from([0x81, 0, id >> 8, id & 255]);
  return again(one, Buffer.concat([bytes.subarray(0, 12), tag, bytes.subarray(12)]));
};

interface Judged {
  readonly right: number;
  readonly wrong: readonly string[];
  readonly requests: number;
  readonly orphans: number;
  readonly twice: number;
  readonly heard: Heard;
}

function judged(heard: Heard): Judged {
  const wrong: string[] = [];
  const seen = new Set<string>();
  let [right, requests, orphans, twice] = [0, 0, 0, 0];
  for (const { request, outcome } of heard.exchanges) {
    if (request.method === "") {
      orphans++;
      continue;
    }
    requests++;
    if (seen.has(request.path)) twice++;
    seen.add(request.path);
    if (outcome.kind === "unknown") continue;
    const [, talk, round] = /^\/t(\d+)\/r(\d+)$/.exec(request.path) ?? [];
    const { response } = outcome;
    const to = response.headers.find(([name]) => name === "x-to")?.[1] ?? request.path;
    const isRight = to === request.path && response.status === statusOf(Number(talk), Number(round));
    if (isRight) right++;
    else wrong.push(`${request.path}: ${response.status} ${to}`);
    const { body } = response;
    if (body.kind === "recorded" && body.complete && !Buffer.from(body.bytes).includes(`"${request.path}"`))
      wrong.push(`${request.path}: body of another`);
  }
  return { right, wrong, requests, orphans, twice, heard };
}

const judge = (packets: readonly Packet[]): Judged => judged(hear(packets));
const WHOLE = { right: TOTAL, requests: TOTAL, orphans: 0, twice: 0, wrong: [] };

describe("nothing is lost by", () => {
  test.each<[string, (all: readonly Packet[]) => readonly Packet[]]>([
    ["no fault at all", (all) => all],
    ["a VLAN on one direction only", (all) => all.map((one) => (isClient(one) ? tagged(one, 7) : one))],
    [
      "two mirrors of one path: other tag, a hop later",
      (all) => all.flatMap((one) => [one, mended(tagged(one, 9), (bytes) => bytes[26]!--)]),
    ],
    [
      "two mirrors, the second a millisecond late",
      (all) =>
        inTime([
          ...all,
          ...all.map((one) => ({ ...mended(one, (bytes) => bytes[22]!--), at: one.at + 1.5 })),
        ]),
    ],
    [
      "padding behind the packet",
      (all) => all.map((one) => again(one, Buffer.concat([bytesOf(one), Buffer.alloc(18, "x")]))),
    ],
    [
      "lengths of zero, as segmentation offload leaves them",
      (all) => all.map((one) => mended(one, (bytes) => bytes.writeUInt16BE(0, 16))),
    ],
    [
      "checksums of any kind",
      (all) => all.map((one, n) => mended(one, (bytes) => bytes.writeUInt16BE((n * 7919) & 0xffff, 50))),
    ],
    [
      "neighbours swapped",
      (all) =>
        all.map((one, n) => {
          const pair = n % 2 === 0 ? all[n + 1] : all[n - 1];
          return pair !== undefined && chance(n >> 1, 0.2) ? { ...pair, at: one.at } : one;
        }),
    ],
    [
      "ends that overtake what they end",
      () =>
        inTime(
          TRAFFIC.flatMap(({ packets }) => {
            const end = packets.findIndex((one) => (flagsOf(one) & 1) !== 0);
            const at = packets[end - 6]!.at + 0.5;
            return packets.map((one, n) => (n === end ? { ...one, at } : one));
          }),
        ),
    ],
    [
      "one direction 200 ms behind the other",
      (all) => inTime(all.map((one) => (isClient(one) ? one : { ...one, at: one.at + 200 }))),
    ],
    [
      "one direction 200 ms ahead of the other",
      (all) => inTime(all.map((one) => (isClient(one) ? { ...one, at: one.at + 200 } : one))),
    ],
    [
      "keep-alive and zero-window probes",
      (all) =>
        all.flatMap((one, n) => {
          if (payloadOf(one).length === 0 || !chance(n, 0.3)) return [one];
          const bytes = Buffer.concat([bytesOf(one).subarray(0, 54), Buffer.of(0)]);
          bytes.writeUInt16BE(41, 16);
          bytes.writeUInt32BE((bytes.readUInt32BE(38) - 1) >>> 0, 38);
          return [again(one, bytes), one];
        }),
    ],
    [
      "a probe of one byte of what follows",
      (all) =>
        all.flatMap((one, n) => {
          if (payloadOf(one).length === 0 || !chance(n, 0.3)) return [one];
          const bytes = bytesOf(one).subarray(0, 55);
          bytes.writeUInt16BE(41, 16);
          return [again(one, bytes), one];
        }),
    ],
    [
      "data sent again in other pieces",
      (all) =>
        all.flatMap((one, n) => {
          const before = all
            .slice(Math.max(0, n - 120), n)
            .findLast(
              (other) =>
                payloadOf(other).length > 0 &&
                bytesOf(other).readUInt32BE(34) === bytesOf(one).readUInt32BE(34),
            );
          if (before === undefined || payloadOf(one).length === 0 || !chance(n, 0.2)) return [one];
          const follows =
            bytesOf(before).readUInt32BE(38) + payloadOf(before).length === bytesOf(one).readUInt32BE(38);
          if (!follows) return [one];
          const joined = Buffer.concat([bytesOf(before), payloadOf(one)]);
          joined.writeUInt16BE(joined.length - 14, 16);
          bytesOf(one).copy(joined, 42, 42, 46);
          return [{ ...again(one, joined), at: one.at }, one];
        }),
    ],
    [
      "a clock that goes back by seconds",
      (all) => all.map((one, n) => ({ ...one, at: one.at - (n > 1_000 ? 4_000 : 0) })),
    ],
    [
      "a clock that goes back by a day",
      (all) => all.map((one, n) => ({ ...one, at: one.at - (n > 1_000 ? 86_400_000 : 0) })),
    ],
    ["a clock that stands still", (all) => all.map((one) => ({ ...one, at: 0 }))],
    [
      "single packets from another time",
      (all) => all.map((one, n) => (chance(n, 0.02) ? { ...one, at: one.at + n * 1e8 } : one)),
    ],
    [
      "sequence numbers that begin anew",
      () =>
        inTime(Array.from({ length: TALKS }, (_, n) => talkOf(n, { isn: 0xffff_f000 + n }).packets).flat()),
    ],
    [
      "fragments, last first",
      (all) =>
        all.flatMap((one) => {
          const ip = bytesOf(one).subarray(14);
          if (ip.length < 60) return [one];
          const ends = {
            from: ip.subarray(12, 16).join("."),
            to: ip.subarray(16, 20).join("."),
            id: ip.readUInt16BE(4),
          };
          const parts = [0, 16, 32].map((offset, n) =>
            ipv4(ip.subarray(20 + offset, n === 2 ? ip.length : 36 + offset), {
              ...ends,
              offset,
              more: n < 2,
            }),
          );
          return parts.toReversed().map((part) => again(one, ethernet(part)));
        }),
    ],
    [
      "ICMP that quotes segments, and other noise",
      (all) =>
        all.flatMap((one, n) =>
          chance(n, 0.2)
            ? [again(one, ethernet(ipv4(bytesOf(one).subarray(14), { protocol: 1 }))), one]
            : [one],
        ),
    ],
  ])("%s", (_name, fault) => {
    const { heard, ...rest } = judge(fault(ALL));
    expect(rest).toEqual(WHOLE);
    expect(heard.counters["tcp.gaps"]).toBeUndefined();
  });
});

describe("no wrong pair, and a counter, by", () => {
  test.each<[string, (all: readonly Packet[]) => readonly Packet[], string, number]>([
    ["server packets only", (all) => all.filter((one) => !isClient(one)), "http1.orphan-responses", 0],
    ["client packets only", (all) => all.filter(isClient), "tcp.flows", 0],
    [
      "packets cut to 96 bytes",
      (all) =>
        all.map((one) => again(one, bytesOf(one).subarray(0, 96), { originalLength: one.bytes.length })),
      "packets.cut",
      0,
    ],
    [
      "packets cut to 256 bytes",
      (all) =>
        all.map((one) => again(one, bytesOf(one).subarray(0, 256), { originalLength: one.bytes.length })),
      "packets.cut",
      0.5,
    ],
    [
      "a clock that goes ahead by a day",
      (all) => all.map((one, n) => ({ ...one, at: one.at + (n > 1_000 ? 86_400_000 : 0) })),
      "tcp.midstream",
      0.9,
    ],
    ["packets lost in a row", (all) => all.filter((_, n) => !chance(n >> 5, 0.05)), "tcp.gaps", 0.7],
    [
      "every tenth data packet lost",
      (all) => all.filter((one, n) => payloadOf(one).length === 0 || !chance(n, 0.1)),
      "tcp.gaps",
      0.4,
    ],
    ["a capture that begins in the middle", (all) => all.slice(700), "tcp.midstream", 0.5],
    [
      "a capture that stops in the middle and goes on",
      (all) => all.filter((_, n) => n < 500 || n > 900),
      "tcp.gaps",
      0.5,
    ],
    [
      "resets in the middle",
      () =>
        inTime(
          TRAFFIC.flatMap(({ packets }, n) => {
            const cut = packets.slice(0, 20 + n);
            return [...cut, mended(cut.at(-1)!, (bytes) => (bytes[47] = 4))].map((one, k) =>
              k === cut.length ? again(one, bytesOf(one).subarray(0, 54)) : one,
            );
          }),
        ),
      "tcp.flows",
      0.2,
    ],
    [
      "ports used again without an end",
      () => {
        const port = 33_333;
        const moved = ({ packets }: Talk, n: number): Packet[] =>
          packets.slice(0, 30 + (n % 7)).map((one) => ({
            ...mended(one, (bytes) => bytes.writeUInt16BE(port, isClient(one) ? 34 : 36)),
            at: one.at + n * 1_000,
          }));
        return inTime(TRAFFIC.flatMap(moved));
      },
      "tcp.flows",
      0.2,
    ],
    [
      "fragments that overlap",
      (all) =>
        all.flatMap((one, n) => {
          const ip = bytesOf(one).subarray(14);
          if (ip.length < 100 || !chance(n, 0.1)) return [one];
          const ends = {
            from: ip.subarray(12, 16).join("."),
            to: ip.subarray(16, 20).join("."),
            id: ip.readUInt16BE(4),
          };
          const [first, second] = [
            ipv4(ip.subarray(20, 68), { ...ends, more: true }),
            ipv4(Buffer.alloc(ip.length - 60, "z"), { ...ends, offset: 40 }),
          ];
          return [again(one, ethernet(first)), again(one, ethernet(second))];
        }),
      "ip.fragments-dropped",
      0.4,
    ],
    [
      "fragments of which one is missing",
      (all) =>
        all.flatMap((one, n) => {
          const ip = bytesOf(one).subarray(14);
          if (ip.length < 100 || !chance(n, 0.1)) return [one];
          const ends = {
            from: ip.subarray(12, 16).join("."),
            to: ip.subarray(16, 20).join("."),
            id: ip.readUInt16BE(4),
          };
          return [again(one, ethernet(ipv4(ip.subarray(20, 68), { ...ends, more: true })))];
        }),
      "ip.fragments-dropped",
      0.4,
    ],
    [
      "another network with the same addresses at the same time",
      (all) =>
        inTime([
          ...all,
          ...Array.from(
            { length: TALKS },
            (_, n) => talkOf(TALKS - 1 - n, { isn: 2_000_000_000 + n * 999_983 }).packets,
          )
            .flat()
            .map((one) => tagged(one, 77)),
        ]),
      "tcp.flows",
      2,
    ],
  ])("%s", (_name, fault, counter, least) => {
    const { wrong, right, heard } = judge(fault(ALL));
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThanOrEqual(least * TOTAL);
    expect(heard.counters[counter] ?? 0).toBeGreaterThan(0);
  });
});
