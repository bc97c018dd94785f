// Formats and headers as evidence; the narrower format wins where two fit alike.
import { expect, test } from "vitest";
import { FORMATS } from "../../../src/ai/catalogue.ts";
import { headerReasons, wireReasons } from "../../../src/ai/wire-reasons.ts";
import { emptyFacts } from "../../../src/model/facts.ts";
import { shapeOfPaths } from "./shape-of-paths.ts";

function facts(request: readonly string[], response: readonly string[]) {
  const body = (paths: readonly string[]) => ({
    "application/json": { count: 1, shaped: 1, truncated: 0, unparsed: 0, shape: shapeOfPaths(paths) },
  });
  const none = { kept: {}, tau: null, rest: null };
  return {
    ...emptyFacts(0),
    requests: 1,
    requestBodies: body(request),
    responses: { 200: { count: 1, bodies: body(response), headers: none } },
  };
}
const key = (path: string) =>
  ({ authority: "a.example", method: "POST", path, style: "rest", operation: null }) as const;

test("an app that speaks a known format is that app", () => {
  const plain = wireReasons(key("/api/chat/completions"), facts(["messages.*.role"], ["choices"]));
  const app = wireReasons(key("/api/chat/completions"), facts(["messages.*.role", "chat_id"], ["choices"]));
  expect(plain[0]?.format).toBe("openai.chat");
  expect(app[0]?.format).toBe("open-webui");
});

test.each(FORMATS.filter(({ fields }) => fields !== undefined).map((row) => [row.id, row] as const))(
  "%s on a path of somebody's own",
  (id, { method, example }) => {
    const on = { ...key("/x/y"), method };
    const both = wireReasons(on, facts(example.request, example.response));
    expect(both.map(({ format }) => format)).toEqual([id]);
    expect(wireReasons(on, facts(example.request, ["ok"]))).toEqual([]);
    expect(wireReasons(on, facts(["name"], example.response))).toEqual([]);
  },
);

test("headers count no more than the strongest", () => {
  const requestHeaders = { kept: { "anthropic-version": 2, "openai-beta": 1 }, tau: null, rest: null };
  const reasons = headerReasons({ ...facts([], []), requestHeaders });
  expect(reasons).toHaveLength(1);
  expect(reasons[0]?.evidence.count).toBe(2);
});
