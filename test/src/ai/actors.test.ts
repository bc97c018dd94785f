// Every actor is told from its example, and a claim counts as supported only with the headers that belong to it.
import { describe, expect, test } from "vitest";
import { ACTORS, actorOf } from "../../../src/ai/actors.ts";

test.each(ACTORS)("$name is told from its User-Agent", ({ example, class: kind }) => {
  expect(actorOf(example, [])?.class).toBe(kind);
});

describe("claims", () => {
  test("of a User-Agent alone are claims", () => {
    expect(actorOf("claude-cli/2.1.0 (external, cli)", [])).toEqual({
      class: "coding-agent",
      name: "Claude Code",
      supported: false,
    });
  });

  test("with the headers of the software are supported", () => {
    expect(actorOf("OpenAI/JS 4.104.0", [["x-stainless-lang", "js"]])?.supported).toBe(true);
  });

  test("signed agents need no User-Agent", () => {
    expect(actorOf("Mozilla/5.0", [["signature-agent", '"https://agent.test"']])?.class).toBe("signed-agent");
  });
});

test.each(["Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0", "curl/8.5.0", "okhttp/4.12", "", undefined])(
  "%s is nobody special",
  (userAgent) => {
    expect(actorOf(userAgent, [["accept", "*/*"]])).toBeNull();
  },
);
