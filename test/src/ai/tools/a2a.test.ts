// A2A needs a mark of its own: a header, a message in its form, a card.
import { expect, test } from "vitest";
import type { A2aSeen } from "../../../../src/ai/tools/a2a.ts";
import { isA2aPath, readA2a } from "../../../../src/ai/tools/a2a.ts";

const nothing: A2aSeen = {
  headers: [],
  path: "/",
  requests: [],
  answers: [],
  request: undefined,
  answer: undefined,
};

test.each([
  ["/.well-known/agent-card.json", true],
  ["/.well-known/agent.json", true],
  ["/v1/message:stream", true],
  ["/tasks/7:cancel", true],
  ["/orders/7:cancel", false],
])("%s: %s", (path, expected) => {
  expect(isA2aPath(path)).toBe(expected);
});

test("a card of 1.0 names its revision among its interfaces", () => {
  const answer = { name: "a", skills: [{ id: "s" }], supportedInterfaces: [{ protocolVersion: "1.0" }] };
  expect(readA2a({ ...nothing, path: "/.well-known/agent-card.json", answer })).toMatchObject({
    told: ["card"],
    revision: "1.0",
    skills: [{ kind: "skill", name: "s" }],
  });
});

test("headers are enough", () => {
  expect(readA2a({ ...nothing, headers: [["a2a-version", "1.0"]] })).toMatchObject({
    told: ["headers"],
    revision: "1.0",
  });
});

test("a file of that name with something else in it is none", () => {
  expect(readA2a({ ...nothing, path: "/.well-known/agent.json", answer: { name: "a" } })).toBeNull();
});
