import { describe, expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { Message } from "../../../../collectors/wire/http1/message.ts";
import { Pairing } from "../../../../collectors/wire/http1/pairing.ts";
import type { Answering, Asking } from "../../../../collectors/wire/http1/talk.ts";

/** Requests are 10 bytes, responses 100; the name is the method. */
function asking(method: string, offset: number, acked: number): Asking {
  const message = new Message(new Allowance(() => {}));
  message.end = offset + 10;
  return {
    line: { method, target: "/", version: "1.1" },
    place: { offset, at: 0, acked, isFound: false },
    message,
    isSuspect: false,
    isContinued: false,
    isDone: true,
    answer: null,
    unknown: null,
  };
}

function answering(status: number, offset: number, acked: number): Answering {
  return {
    line: { status, version: "1.1" },
    place: { offset, at: 0, acked, isFound: false },
    message: new Message(new Allowance(() => {})),
    isSuspect: false,
    isDone: true,
    isReported: false,
    asking: null,
  };
}

/** Says what happens and collects what comes out: "a=1" a pair, "a?gap" unanswered, "=1" an orphan. */
class Play {
  readonly said: string[] = [];
  isServerHeard = true;
  readonly #pairing = new Pairing({
    pair: (request, response) => this.said.push(`${request.line.method}=${response.line.status}`),
    unanswered: (request, why) => this.said.push(`${request.line.method}?${why}`),
    orphan: (response) => this.said.push(`=${response.line.status}`),
    isServerHeard: () => this.isServerHeard,
  });

  ask(name: string, offset: number, acked: number): this {
    this.#pairing.ask(asking(name, offset, acked));
    return this;
  }

  answer(status: number, offset: number, acked: number, isAsking = false): this {
    this.#pairing.answer(answering(status, offset, acked), isAsking);
    return this;
  }

  /** `end`: offset behind what is missing. */
  lostRequests(end: number): this {
    this.#pairing.lostRequests(end);
    return this;
  }

  /** `isWithin`: as if the hole began within a response. */
  lostResponses(end: number, isWithin = false): this {
    this.#pairing.lostResponses(end, isWithin);
    return this;
  }

  end(isHeardOut = true): string[] {
    this.#pairing.end(isHeardOut);
    return this.said;
  }
}

const play = (): Play => new Play();

describe("nothing is missing", () => {
  test("one after the other", () => {
    expect(play().ask("a", 0, 0).answer(1, 0, 10).ask("b", 10, 100).answer(2, 100, 20).end()).toEqual([
      "a=1",
      "b=2",
    ]);
  });

  test("pipelined", () => {
    const said = play().ask("a", 0, 0).ask("b", 10, 0).ask("c", 20, 0);
    expect(said.answer(1, 0, 30).answer(2, 100, 30).answer(3, 200, 30).end()).toEqual(["a=1", "b=2", "c=3"]);
  });

  test("overlapping flights", () => {
    const said = play().ask("a", 0, 0).ask("b", 10, 0).answer(1, 0, 20).ask("c", 20, 100);
    expect(said.answer(2, 100, 20).answer(3, 200, 30).end()).toEqual(["a=1", "b=2", "c=3"]);
  });

  test("without evidence, by order alone", () => {
    expect(play().ask("a", 0, -1).ask("b", 10, -1).answer(1, 0, -1).answer(2, 100, -1).end()).toEqual([
      "a=1",
      "b=2",
    ]);
  });

  test("a response while the request head is still being read waits for it", () => {
    expect(play().answer(1, 0, 5, true).ask("a", 0, 0).end()).toEqual(["a=1"]);
  });
});

describe("what cannot be is not paired", () => {
  test("a response whose sender had not received the request", () => {
    expect(play().ask("a", 0, 0).answer(1, 0, 10).ask("b", 10, 100).answer(408, 100, 10).end()).toEqual([
      "a=1",
      "=408",
      "b?capture-end",
    ]);
  });

  test("a request sent after the response had arrived", () => {
    expect(play().ask("a", 0, 150).answer(1, 0, 10).end()).toEqual(["=1", "a?capture-end"]);
  });

  test("a response to nothing", () => {
    expect(play().answer(1, 0, 0).end()).toEqual(["=1"]);
  });
});

describe("requests are missing", () => {
  test("one after the other: the next pair is right", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).answer(2, 100, 20);
    expect(said.ask("c", 20, 200).answer(3, 200, 30).end()).toEqual(["a=1", "=2", "c=3"]);
  });

  test("only the end of a request was missing: the next response is its own", () => {
    expect(
      play().ask("a", 0, 0).lostRequests(40).answer(1, 0, 40).ask("b", 40, 100).answer(2, 100, 50).end(),
    ).toEqual(["a=1", "b=2"]);
  });

  test("pipelined: from the front and from the back", () => {
    const said = play().ask("a", 0, 0).ask("b", 10, 0).lostRequests(30).ask("d", 30, 0);
    said.answer(1, 0, 40).answer(2, 100, 40).answer(3, 200, 40).answer(4, 300, 40);
    expect(said.ask("e", 40, 400).answer(5, 400, 50).end()).toEqual(["a=1", "b=2", "d=4", "=3", "e=5"]);
  });

  test("pipelined between two holes: unknown", () => {
    const said = play()
      .ask("a", 0, 0)
      .ask("b", 10, 0)
      .lostRequests(30)
      .ask("d", 30, 0)
      .lostRequests(50)
      .ask("f", 50, 0);
    for (let index = 0; index < 6; index++) said.answer(index + 1, index * 100, 60);
    expect(said.ask("g", 60, 600).end()).toEqual([
      "a=1",
      "b=2",
      "f=6",
      "d?gap",
      "=3",
      "=4",
      "=5",
      "g?capture-end",
    ]);
  });

  test("a flight right behind a hole is settled from its back", () => {
    const said = play().ask("a", 0, 0).ask("b", 10, 0).answer(1, 0, 20).answer(2, 100, 20).lostRequests(30);
    said.ask("d", 30, 200).answer(3, 200, 40).answer(4, 300, 40);
    expect(said.ask("e", 40, 400).answer(5, 400, 50).end()).toEqual(["a=1", "b=2", "d=4", "=3", "e=5"]);
  });

  test("overlapping flights: nothing certain is left", () => {
    const said = play().ask("a", 0, 0).ask("b", 10, 0).answer(1, 0, 20).ask("c", 20, 100).lostRequests(40);
    said.ask("e", 40, 200).answer(2, 100, 20).answer(3, 200, 30).answer(4, 300, 50);
    expect(said.end()).toEqual(["a=1", "b=2", "c=3", "e?gap", "=4"]);
  });
});

describe("responses are missing", () => {
  test("one after the other: unknown, the next pair right", () => {
    const said = play().ask("a", 0, 0).lostResponses(100).ask("b", 10, 100).answer(2, 100, 20);
    expect(said.end()).toEqual(["a?gap", "b=2"]);
  });

  test("request and response lost together, another response follows: not paired with what came before", () => {
    expect(play().ask("a", 0, 0).lostResponses(100).lostRequests(20).answer(2, 100, 20).end()).toEqual([
      "a?gap",
      "=2",
    ]);
  });

  test("the beginning of an answer lost, the rest says what was received last", () => {
    expect(play().ask("a", 0, 0).lostResponses(30).answer(1, 30, 10).end()).toEqual(["a=1"]);
  });

  test("a hole that reaches into the next flight", () => {
    const said = play().ask("a", 0, 0).lostResponses(250).ask("b", 10, 100).answer(3, 250, 30);
    expect(said.end()).toEqual(["a?gap", "b?gap", "=3"]);
  });
});

describe("bounds and ends", () => {
  test("unanswered requests do not pile up", () => {
    const said = play();
    for (let index = 0; index < 300; index++) said.ask("a", index * 10, 0);
    expect(said.said.filter((line) => line === "a?ambiguous").length).toBe(256);
  });

  test("behind such a pile nothing is paired by order", () => {
    const said = play();
    for (let index = 0; index < 257; index++) said.ask(`r${index}`, index * 10, 0);
    expect(said.answer(7, 0, 2_570).end()).not.toContain("r256=7");
  });

  test("with one side only, each flight tells the one before", () => {
    const said = play();
    said.isServerHeard = false;
    expect(said.ask("a", 0, 0).ask("b", 10, 100).said).toEqual(["a?one-way"]);
    expect(said.end()).toEqual(["a?one-way", "b?one-way"]);
  });
});

describe("the hole may reach into the flight that follows it", () => {
  test("the first flight that is pipelined began in the hole", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).ask("c", 20, 100).ask("d", 30, 100);
    expect(said.answer(2, 100, 40).answer(3, 200, 40).answer(4, 300, 40).end()).toEqual([
      "a=1",
      "c?gap",
      "d?gap",
      "=2",
      "=3",
      "=4",
    ]);
  });

  test("unless a response tells that what is missing was answered before", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).answer(2, 100, 20);
    expect(said.ask("c", 20, 200).ask("d", 30, 200).answer(3, 200, 40).answer(4, 300, 40).end()).toEqual([
      "a=1",
      "=2",
      "c=3",
      "d=4",
    ]);
  });

  test("one request alone behind the hole: the next answer may be that of what is missing", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).ask("c", 20, 100);
    expect(said.answer(3, 100, 30).end()).toEqual(["a=1", "c?gap", "=3"]);
  });

  test("unless no other came before the client asked again", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).ask("c", 20, 100);
    expect(said.answer(3, 100, 30).ask("d", 30, 200).answer(4, 200, 40).end()).toEqual(["a=1", "c=3", "d=4"]);
  });

  test("nor is a hole among the answers one to what is missing: it may be that of the request before", () => {
    const said = play().ask("a", 0, 0).lostRequests(20).lostResponses(100).ask("c", 20, 100);
    expect(said.answer(2, 100, 30).end()).toEqual(["a?gap", "c?gap", "=2"]);
  });

  test("nor is the rest of an answer one to what is missing", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).lostResponses(100, true);
    expect(said.ask("c", 20, 100).answer(2, 100, 30).end()).toEqual(["a=1", "c?gap", "=2"]);
  });

  test("a hole behind an answer that was read to its end is", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).lostResponses(200);
    expect(said.ask("c", 20, 200).answer(3, 200, 30).end()).toEqual(["a=1", "c=3"]);
  });

  test("two holes in a row: one answer proves one of them older, the other may be of the flight", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).lostRequests(40).lostResponses(200);
    expect(said.ask("c", 40, 200).ask("d", 50, 200).answer(3, 200, 60).answer(4, 300, 60).end()).toEqual([
      "a=1",
      "c?gap",
      "d?gap",
      "=3",
      "=4",
    ]);
  });

  test("two answers: the second is its own", () => {
    const said = play().ask("a", 0, 0).answer(1, 0, 10).lostRequests(20).ask("c", 20, 100);
    expect(said.answer(2, 100, 30).answer(3, 200, 30).ask("d", 30, 300).said).toEqual(["a=1", "c=3", "=2"]);
  });

  test("unless the server had what is missing before it answered what the client knew by then", () => {
    const said = play().ask("a", 0, 0).lostRequests(40).answer(1, 0, 40).ask("b", 40, 100);
    expect(said.answer(2, 100, 50).end()).toEqual(["a=1", "b=2"]);
  });

  test("it had not: the hole may be of the flight behind it", () => {
    const said = play().ask("a", 0, 0).lostRequests(40).answer(1, 0, 20).ask("c", 40, 100);
    expect(said.answer(2, 100, 50).end()).toEqual(["a=1", "c?gap", "=2"]);
  });
});

test("requests heard late leave responses to them, and none to what was asked before", () => {
  const said = play().ask("connect", 0, 0).lostResponses(200).answer(2, 200, 30);
  expect(said.ask("a", 10, 100).ask("b", 20, 200).end()).toEqual(["connect?gap", "a?gap", "b=2"]);
});
