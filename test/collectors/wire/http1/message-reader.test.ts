import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { MessageReader } from "../../../../collectors/wire/http1/message-reader.ts";
import { RequestOwner } from "../../../../collectors/wire/http1/request-owner.ts";
import type { Asking } from "../../../../collectors/wire/http1/talk.ts";

/** Reads requests; says what it read: "POST /a hello" and marks for what is missing. */
class Play {
  readonly said: string[] = [];
  readonly reader: MessageReader<Asking>;
  #offset = 0;

  constructor(isMidstream = false) {
    const tell = { count: () => {}, weird: () => {}, allowance: new Allowance(() => {}) };
    const owner = new RequestOwner(tell, {
      asked: () => {},
      requestDone: ({ line, message }) =>
        this.said.push(
          `${line.method} ${line.target} ${message.body.bytes}${message.isPartial ? " partial" : ""}`.trim(),
        ),
      requestsLost: () => this.said.push("hole"),
      isAnswerable: () => false,
    });
    this.reader = new MessageReader(owner, isMidstream);
  }

  say(text: string): this {
    const bytes = Buffer.from(text, "latin1");
    this.reader.data({ side: 0, bytes, at: 0, offset: this.#offset, acked: -1 });
    this.#offset += bytes.length;
    return this;
  }

  lose(length: number): this {
    this.reader.gap(this.#offset, length, 0);
    this.#offset += length;
    return this;
  }

  end(): string[] {
    this.reader.end(true, 0);
    return this.said;
  }
}

const NEXT = "GET /next HTTP/1.1\r\n\r\n";
const LENGTH = "POST /a HTTP/1.1\r\nContent-Length: 6\r\n\r\n";
const CHUNKED = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

describe("holes", () => {
  test.each<[string, Play, string[]]>([
    [
      "within a body",
      new Play().say(`${LENGTH}ab`).lose(2).say(`ef${NEXT}`),
      ["POST /a ab partial", "GET /next"],
    ],
    [
      "up to the end of a body",
      new Play().say(`${LENGTH}ab`).lose(4).say(NEXT),
      ["POST /a ab partial", "GET /next"],
    ],
    [
      "beyond a body",
      new Play().say(`${LENGTH}ab`).lose(9).say(NEXT),
      ["POST /a ab partial", "hole", "GET /next"],
    ],
    [
      "within a chunk",
      new Play().say(`${CHUNKED}4\r\na`).lose(2).say(`d\r\n0\r\n\r\n${NEXT}`),
      ["POST /a a partial", "GET /next"],
    ],
    [
      "up to the end of a chunk",
      new Play().say(`${CHUNKED}4\r\na`).lose(3).say(`\r\n0\r\n\r\n${NEXT}`),
      ["POST /a a partial", "GET /next"],
    ],
    [
      "over a chunk's size",
      new Play().say(`${CHUNKED}4\r\na`).lose(9).say(`cd\r\n0\r\n\r\n`).say(NEXT),
      ["hole", "POST /a a partial", "GET /next"],
    ],
    [
      "within a head",
      new Play().say("GET /cut HTTP/1.1\r\nHost: a\r\nX: ").lose(5).say(`z\r\n\r\n${NEXT}`),
      ["hole", "GET /cut  partial", "GET /next"],
    ],
    [
      "within a first line",
      new Play().say("GET /c").lose(5).say(` HTTP/1.1\r\n\r\n${NEXT}`),
      ["hole", "GET /next"],
    ],
    ["between messages", new Play().say(NEXT).lose(5).say(NEXT), ["GET /next", "hole", "GET /next"]],
    [
      "in trailers",
      new Play().say(`${CHUNKED}0\r\nT: `).lose(3).say(NEXT),
      ["POST /a  partial", "hole", "GET /next"],
    ],
  ])("%s", (_name, play, expected) => {
    expect(play.end()).toEqual(expected);
  });
});

test("from the middle, the first message that is certainly one", () => {
  expect(new Play(true).say(`1\r\nab\r\n${NEXT}`).say(NEXT).end()).toEqual(["GET /next", "GET /next"]);
});

test("what the other side proves to be over is over", () => {
  const play = new Play().say(`${CHUNKED}4\r\na`).lose(9);
  play.reader.sync(CHUNKED.length + 4 + 9);
  expect(play.say(`{}${NEXT}`).said).toEqual(["hole", "POST /a a partial"]);
  expect(play.say(NEXT).end().at(-1)).toBe("GET /next");
});

test("any bytes and holes are survived", () => {
  const step = fc.oneof(
    fc.string(),
    fc.constantFrom(LENGTH, CHUNKED, NEXT, "4\r\nab", "0\r\n\r\n"),
    fc.integer({ min: 1, max: 50 }),
  );
  fc.assert(
    fc.property(fc.array(step), fc.boolean(), (steps, isMidstream) => {
      const play = new Play(isMidstream);
      for (const one of steps) {
        if (typeof one === "string") play.say(one);
        else play.lose(one);
      }
      expect(play.end().length).toBeLessThanOrEqual(steps.join("").length + steps.length);
    }),
  );
});
