// Bodies become text only when asked for, once.
import { expect, test } from "vitest";
import { bodiesOf } from "../../../../src/digest/ai/bodies.ts";
import { aBody, anExchange } from "../an-exchange.ts";

test("text and beginning of both sides", () => {
  const bodies = bodiesOf(
    anExchange({ request: { body: aBody("grüße") }, response: { status: 201, body: aBody("ok") } }),
  );
  expect([bodies.request(), bodies.answer(), bodies.status]).toEqual(["grüße", "ok", 201]);
  expect(bodies.requestHead()).toHaveLength(7);
});

test("nothing heard is nothing", () => {
  const bodies = bodiesOf({ ...anExchange(), outcome: { kind: "unknown", why: "one-way" } });
  expect([bodies.request(), bodies.answer(), bodies.status]).toEqual(["", "", null]);
});
