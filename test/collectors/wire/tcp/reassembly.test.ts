import { describe, expect, test } from "vitest";
import { Cursor } from "../../../../collectors/wire/link/cursor.ts";
import { Flow } from "../../../../collectors/wire/tcp/flow.ts";
import { TcpHeader } from "../../../../collectors/wire/tcp/header.ts";
import {
  acknowledge,
  arrive,
  finish,
  place,
  type Reassembly,
  review,
} from "../../../../collectors/wire/tcp/reassembly.ts";

/** Segments in, deliveries out: "0@3:abc/5" is side 0, offset 3, text, acknowledged. */
class Play {
  readonly out: string[] = [];
  readonly flow = new Flow(0, 0, new Cursor(), new TcpHeader());
  pool = 0;
  now = 0;
  readonly #env: Reassembly = {
    count: () => {},
    held: (by) => (this.pool += by),
    waiting: () => {},
    data: (_flow, { side, bytes, offset, acked }) =>
      this.out.push(`${side}@${offset}:${String(bytes)}/${acked}`),
    gap: (_flow, side, { offset, length }) => this.out.push(`${side}@${offset}:gap ${length}`),
    end: (_flow, side) => this.out.push(`${side}:end`),
  };

  constructor(bases: readonly [number, number] = [100, 500]) {
    for (const side of [0, 1] as const) {
      place(this.flow.halves[side], bases[side]);
      this.flow.halves[side].heard = true;
    }
  }

  say(side: 0 | 1, seq: number, text: string, fields: Partial<TcpHeader> = {}): this {
    const bytes = Buffer.from(text);
    const header = Object.assign(new TcpHeader(), { seq, bytes, length: bytes.length, at: this.now }, fields);
    if (header.isAck) acknowledge(this.flow.halves[side === 0 ? 1 : 0], header.ack);
    if (bytes.length > 0 || header.isFin) arrive(this.#env, this.flow, side, header);
    return this;
  }

  at(now: number): this {
    this.now = now;
    review(this.#env, this.flow, now);
    return this;
  }

  end(): string[] {
    finish(this.#env, this.flow, this.now);
    return this.out;
  }
}

const ack = (value: number): Partial<TcpHeader> => ({ isAck: true, ack: value });

describe("order", () => {
  test("late segments are put in their place, overlap is cut", () => {
    expect(
      new Play().say(0, 103, "def").say(0, 108, "ij").say(0, 100, "abcd").say(0, 105, "fgh").out,
    ).toEqual(["0@0:abc/-1", "0@3:def/-1", "0@6:gh/-1", "0@8:ij/-1"]);
  });

  test("FIN waits for what is before it", () => {
    expect(new Play().say(0, 103, "def", { isFin: true }).say(0, 100, "abc").out).toEqual([
      "0@0:abc/-1",
      "0@3:def/-1",
      "0:end",
    ]);
  });

  test("what begins before the guessed beginning moves it, until something was delivered", () => {
    expect(new Play().say(0, 90, "early").say(0, 80, "earlier").out).toEqual(["0@0:early/-1"]);
  });

  test("a cut packet is a hole of known size at once", () => {
    expect(new Play().say(0, 100, "abc", { length: 10 }).say(0, 110, "k").out).toEqual([
      "0@0:abc/-1",
      "0@3:gap 7",
      "0@10:k/-1",
    ]);
  });
});

describe("cause", () => {
  test("nothing is delivered before what it acknowledges", () => {
    expect(new Play().say(1, 500, "yes", ack(103)).say(0, 100, "ask", ack(500)).out).toEqual([
      "0@0:ask/0",
      "1@0:yes/3",
    ]);
  });

  test("unless that is never heard", () => {
    const play = new Play();
    play.flow.halves[0].heard = false;
    expect(play.say(1, 500, "yes", ack(103)).out).toEqual([]);
    // Its bytes are elsewhere: none is missing, and from now on nothing waits for them.
    expect(play.at(1_000).say(1, 503, "!", ack(120)).out).toEqual(["1@0:yes/3", "1@3:!/20"]);
  });

  test("a direction that is only late is waited for", () => {
    const play = new Play();
    const asking = play.flow.halves[0];
    asking.heard = false;
    play.say(1, 500, "yes", ack(103)).at(900);
    asking.heard = true;
    expect(play.say(0, 100, "ask", ack(500)).out).toEqual(["0@0:ask/0", "1@0:yes/3"]);
  });

  test("an acknowledgment beyond any window is not believed", () => {
    expect(new Play().say(1, 500, "yes", ack(100 + 20_000_000)).out[0]).toMatch(/^1@0:yes/);
  });

  test("two sides that wait for each other are let go", () => {
    const play = new Play().say(0, 101, "b", ack(502)).say(1, 501, "z", ack(102));
    expect(
      play
        .at(1_000)
        .at(2_000)
        .out.filter((line) => /:[bz]/.test(line)).length,
    ).toBe(2);
  });
});

describe("holes", () => {
  test("are given up after a second, when later data was acknowledged", () => {
    const play = new Play().say(0, 103, "def").say(1, 500, "", ack(106)).at(999);
    expect(play.out).toEqual([]);
    expect(play.at(1_000).out).toEqual(["0@0:gap 3", "0@3:def/-1"]);
  });

  test("not without acknowledgment, while both sides talk", () => {
    expect(new Play().say(0, 103, "def").at(60_000).out).toEqual([]);
  });

  test("but after five, when only one side is heard", () => {
    const play = new Play().say(0, 103, "def");
    play.flow.halves[1].heard = false;
    expect(play.at(4_999).out).toEqual([]);
    expect(play.at(5_000).out).toEqual(["0@0:gap 3", "0@3:def/-1"]);
  });

  test("a lost request is given up when its answer has waited", () => {
    expect(new Play().say(1, 500, "yes", ack(103)).at(1_000).out).toEqual(["0@0:gap 3", "1@0:yes/3"]);
  });

  test("at the end everything goes out, and nothing stays on the account", () => {
    const play = new Play().say(0, 103, "def").say(0, 110, "k").say(1, 500, "", ack(120));
    expect([play.end(), play.pool]).toEqual([
      ["0@0:gap 3", "0@3:def/-1", "0@6:gap 4", "0@10:k/-1", "0@11:gap 9"],
      0,
    ]);
  });

  test("too much behind a hole gives it up at once", () => {
    const play = new Play();
    for (let index = 0; index < 257; index++) play.say(0, 101 + index, "x");
    expect([play.out[0], play.out.length, play.pool]).toEqual(["0@0:gap 1", 258, 0]);
  });
});
