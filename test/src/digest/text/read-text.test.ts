// What is kept of a talk has no word of it, merges in any order, and is absent where nothing was said.
import { expect, test } from "vitest";
import { createDigest } from "../../../../src/digest/digest.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import type { TextFacts } from "../../../../src/model/text-facts.ts";
import type { Talk, Turn } from "../../ai/talks.ts";
import { exchangesOf } from "../../ai/talks.ts";

const ANSWER = "Open the order in your account and choose the new address before it is packed.";

function read(turns: readonly Turn[], talk: Partial<Talk> = {}): readonly (TextFacts | undefined)[] {
  const digest = createDigest({ dataClasses: [], hash32 });
  const exchanges = exchangesOf({ name: "", kind: null, method: "POST", path: "/ask", turns, ...talk });
  return exchanges.map((exchange) => digest.digest(exchange).facts.text);
}

test("a question and its answer", () => {
  const [facts] = read([
    { ask: { q: "How do I change the address of my order?" }, say: { text: ANSWER }, ms: 2000 },
  ]);
  expect(Object.keys(facts?.signals ?? {}).sort()).toEqual([
    "answer",
    "on-topic",
    "prompt-key",
    "question",
    "text-in",
    "text-out",
  ]);
  expect(facts).toMatchObject({ looked: 1, fit: { n: 1, x: 200, y: ANSWER.length } });
  expect(JSON.stringify(facts)).not.toMatch(/address|order|packed/i);
});

test("nothing said, nothing kept", () => {
  expect(read([{ ask: { id: 4 }, say: { ok: true } }])).toEqual([undefined]);
  expect(
    read([
      {
        ask: { q: "How do I change the address?" },
        say: { error: "It is not allowed at all." },
        status: 400,
      },
    ]),
  ).toEqual([undefined]);
});

test("answers of unknown length in time have no speed", () => {
  const [facts] = read([{ ask: { q: "How do I change the address?" }, say: { text: ANSWER }, ms: null }]);
  expect(Object.keys(facts?.speed ?? {})).toEqual([]);
  expect(facts?.fit.n).toBe(0);
});

test("the same input in other letters is the same input", () => {
  const [a, b] = read([
    { ask: { q: "How do I change the address?", session: "1" }, say: { text: ANSWER } },
    { ask: { q: "how do I change the address", session: "2" }, say: { text: `${ANSWER} Or call us.` } },
  ]);
  expect(Object.keys(a?.pairs.kept ?? {})).toEqual(Object.keys(b?.pairs.kept ?? {}));
  expect(a?.outs).not.toEqual(b?.outs);
});

test("busy endpoints are read ever more rarely", () => {
  const turns = Array.from({ length: 30 }, (_, n) => ({
    ask: { q: `How do I change address ${n}?` },
    say: { text: ANSWER },
  }));
  const looked = read(turns).filter((facts) => facts !== undefined).length;
  expect(looked).toBeGreaterThanOrEqual(8);
  expect(looked).toBeLessThan(25);
});

test("texts are not read where nobody wants them", () => {
  const digest = createDigest({ dataClasses: [], hash32, texts: false });
  const [exchange] = exchangesOf({
    name: "",
    kind: null,
    method: "POST",
    path: "/ask",
    turns: [{ ask: { q: "How do I change the address?" }, say: { text: ANSWER } }],
  });
  expect(exchange && digest.digest(exchange).facts.text).toBeUndefined();
});
