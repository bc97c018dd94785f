// What a request says in words is found among everything else it carries.
import { expect, test } from "vitest";
import { askOf, longest } from "../../../../src/digest/text/ask.ts";
import { treeOf } from "../../../../src/digest/text/tree.ts";

const ask = (value: unknown) => askOf(treeOf(value));

test("prose before code before words", () => {
  expect(ask({ id: "a-1", q: "How do I reset the router?", tag: "red hat" })).toMatchObject({
    kind: "prose",
    text: "How do I reset the router?",
    language: "en",
  });
  expect(ask({ src: "def f(x):\n    return x + 1" }).kind).toBe("code");
  expect(ask({ q: "red wool scarf" }).kind).toBe("words");
  expect(ask({ id: 4, at: "2024-01-01", url: "https://a.example/how-to" }).kind).toBe("none");
});

test("operations of GraphQL are no writing", () => {
  const query = "mutation Ask($q: String!) { ask(text: $q) { answer } }";
  expect(ask({ query, variables: { q: "What does it cost to send a parcel?" } }).text).toBe(
    "What does it cost to send a parcel?",
  );
});

test("only the longest leaves are looked at", () => {
  const leaves = Array.from({ length: 100 }, (_, n) => ({ name: "", path: "", text: "x".repeat(n) }));
  expect(longest(leaves).length).toBeLessThanOrEqual(40);
});
