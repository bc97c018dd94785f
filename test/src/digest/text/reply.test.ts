// An answer is one new text; lists, echoes and corrected texts are none.
import { expect, test } from "vitest";
import { askOf } from "../../../../src/digest/text/ask.ts";
import type { Contents } from "../../../../src/digest/text/contents.ts";
import { plain, replyOf } from "../../../../src/digest/text/reply.ts";
import { treeOf } from "../../../../src/digest/text/tree.ts";

const QUESTION = "How do I change the address of my order?";
const ANSWER = "Open the order in your account and choose the new address before it is packed.";
const contents = (value: unknown): Contents => ({
  tree: treeOf(value),
  frames: null,
  page: false,
  media: null,
});
const reply = (value: unknown) => replyOf(contents(value), askOf(treeOf({ q: QUESTION })));

test("the dominant text answers", () => {
  expect(reply({ id: "x", text: ANSWER }).answer?.text).toBe(ANSWER);
  expect(reply({ question: QUESTION, text: ANSWER })).toMatchObject({
    echo: false,
    answer: { text: ANSWER },
  });
});

test("sources may be longer than the answer", () => {
  const sources = Array.from({ length: 4 }, (_, n) => ({
    file: `f${n}.pdf`,
    text: `${ANSWER} ${ANSWER} ${n}`,
  }));
  expect(reply({ text: ANSWER, sources }).answer?.text).toBe(ANSWER);
});

test("records and echoes do not answer", () => {
  const hits = ["The order can be changed by phone.", "The address is on the second page."].map((t) => ({
    t,
  }));
  expect(reply({ hits })).toMatchObject({ answer: null, items: true });
  expect(reply({ id: 4, note: QUESTION })).toMatchObject({ answer: null, echo: true });
  expect(reply({ note: "How do I change the adress of my order??" })).toMatchObject({ echo: true });
});

test("pages do not answer", () => {
  const page = { ...contents({ a: ANSWER }), page: true };
  expect(replyOf(page, askOf(treeOf({ q: QUESTION }))).answer).toBeNull();
});

test("marks and case do not matter", () => {
  expect(plain("  Hello, World! ")).toBe("hello world");
});
