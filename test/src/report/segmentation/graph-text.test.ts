// Drawings of the caller graph: whole, and names from traffic never leave their quotes.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callerGraph } from "../../../../src/inventory/caller-graph.ts";
import { NO_AI } from "../../../../src/model/inventory.ts";
import { graphDot, graphMermaid } from "../../../../src/report/segmentation/graph-text.ts";
import { aCaller, calledBy, NOWHERE } from "../../../support/callers.ts";

const options = { level: "endpoint", placeOf: NOWHERE } as const;
const chat = { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "provider" } as const;
const graph = callerGraph([calledBy([aCaller("203.0.113.9")], { path: "/chat", ai: chat })], options);

test("DOT", () => {
  expect(graphDot(graph)).toBe(`digraph callers {
  rankdir=LR;
  c0 [label="203.0.113.9", shape=ellipse, color="#b42318"];
  t0 [label="GET shop.test/chat (chat-completion)", shape=box, style=filled, fillcolor="#ede9fe"];
  c0 -> t0 [label="50"];
}
`);
});

test("Mermaid", () => {
  expect(graphMermaid(graph)).toBe(`flowchart LR
  c0(["203.0.113.9"])
  t0["GET shop.test/chat #40;chat-completion#41;"]
  c0 -->|"50"| t0
`);
});

describe("whatever traffic writes", () => {
  const text = fc.string({
    unit: fc.constantFrom('"', "\\", "\n", "]", ";", "#", "`", "<", "é", "a", "\u202e", "%", "{"),
  });
  test("each statement keeps to its line, each name to its quotes", () => {
    fc.assert(
      fc.property(text, text, (authority, path) => {
        const odd = callerGraph([calledBy([aCaller("10.0.0.1")], { authority, path })], options);
        const dot = graphDot(odd).split("\n");
        expect(dot).toHaveLength(7);
        expect(dot[3]).toMatch(/^ {2}t0 \[label="(?:[^"\\]|\\.)*", shape=box\];$/);
        const mermaid = graphMermaid(odd).split("\n");
        expect(mermaid).toHaveLength(5);
        expect(mermaid[2]).toMatch(/^ {2}t0\["[A-Za-z0-9 ./_:#;-]*"\]$/);
      }),
    );
  });
});
