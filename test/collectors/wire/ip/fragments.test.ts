import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Decap } from "../../../../collectors/wire/decap.ts";
import { ethernet, ipv4, tcpSegment } from "../../../support/packets.ts";

const WHOLE = tcpSegment({ data: "x".repeat(84) });

interface Piece {
  readonly offset: number;
  readonly end: number;
}

const PIECES: Piece[] = [
  { offset: 0, end: 40 },
  { offset: 40, end: 48 },
  { offset: 48, end: WHOLE.length },
];

class Play {
  readonly counters: Record<string, number> = {};
  readonly weirds: string[] = [];
  readonly #decap = new Decap(
    (name, by = 1) => (this.counters[name] = (this.counters[name] ?? 0) + by),
    (name) => this.weirds.push(name),
  );

  say(
    { offset, end }: Piece,
    fields: { id?: number; now?: number; bytes?: Buffer; cut?: number } = {},
  ): string | null {
    const { id = 1, now = 0, bytes = WHOLE, cut = 0 } = fields;
    const packet = ethernet(ipv4(bytes.subarray(offset, end), { id, offset, more: end < WHOLE.length }));
    const what = this.#decap.unwrap(packet.subarray(0, packet.length - cut), packet.length, 1, now);
    const { cursor } = this.#decap;
    return what === "tcp" ? cursor.bytes.subarray(cursor.pos, cursor.end).toString("hex") : null;
  }
}

describe("fragments become the datagram", () => {
  test("in any order, repeats included", () => {
    const order = fc.shuffledSubarray(PIECES, { minLength: 3 });
    fc.assert(
      fc.property(order, fc.subarray(PIECES.slice(0, 2)), (pieces, again) => {
        const play = new Play();
        const results = [...again, ...pieces].map((piece) => play.say(piece));
        expect(results.filter((result) => result !== null)).toEqual([WHOLE.toString("hex")]);
      }),
    );
  });

  test("not those of another", () => {
    const play = new Play();
    expect([play.say(PIECES[0]!), play.say(PIECES[1]!, { id: 2 }), play.say(PIECES[2]!)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("not after half a minute", () => {
    const play = new Play();
    play.say(PIECES[0]!);
    play.say(PIECES[1]!);
    expect([play.say(PIECES[2]!, { now: 30_001 }), play.counters["ip.fragments-dropped"]]).toEqual([null, 2]);
  });
});

describe("contradictions poison the datagram", () => {
  test.each<[string, Piece, Parameters<Play["say"]>[1]]>([
    ["overlap", { offset: 32, end: 48 }, {}],
    ["the same place, other bytes", PIECES[0]!, { bytes: Buffer.alloc(WHOLE.length) }],
    ["a second end", { offset: 48, end: WHOLE.length }, {}],
  ])("%s", (_name, piece, fields) => {
    const play = new Play();
    play.say(PIECES[0]!);
    if (piece.end === WHOLE.length) play.say({ offset: 56, end: WHOLE.length });
    play.say(piece, fields);
    expect([play.say(PIECES[1]!), play.say(PIECES[2]!), play.weirds]).toEqual([
      null,
      null,
      ["ip.fragment-overlap"],
    ]);
  });

  test("what the capture cut cannot be put together", () => {
    const play = new Play();
    play.say(PIECES[0]!, { cut: 5 });
    expect(play.weirds).toEqual(["ip.fragment-cut"]);
  });
});

test("a flood of beginnings stays bounded, and the newest still works", () => {
  const play = new Play();
  for (let id = 0; id < 20_000; id++) play.say(PIECES[0]!, { id });
  play.say(PIECES[1]!, { id: 19_999 });
  expect([play.counters["ip.fragments-dropped"], play.say(PIECES[2]!, { id: 19_999 }) !== null]).toEqual([
    11_809,
    true,
  ]);
});
