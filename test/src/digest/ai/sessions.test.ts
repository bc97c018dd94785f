// Call and answer find each other whichever was heard first, and tables stay bounded.
import { expect, test } from "vitest";
import { createSessions } from "../../../../src/digest/ai/sessions.ts";

const call = { kind: "tool", name: "a" } as const;

test("either order, once", () => {
  const sessions = createSessions();
  expect(sessions.called("p", "1", call)).toBeNull();
  expect(sessions.answered("p", "1", true)).toEqual(call);
  expect(sessions.answered("p", "1", true)).toBeNull();
  expect(sessions.called("p", "1", call)).toBe(true);
});

test("places do not mix", () => {
  const sessions = createSessions();
  sessions.called("p", "1", call);
  expect(sessions.answered("q", "1", false)).toBeNull();
});

test("a flood forgets the rest", () => {
  const sessions = createSessions();
  sessions.called("p", "first", call);
  for (let at = 0; at < 300; at += 1) sessions.called("p", String(at), call);
  expect(sessions.answered("p", "first", false)).toBeNull();
});
