// One stream: which section is interim, head, trailers or unreadable.
import { expect, test } from "vitest";
import type { FieldSection } from "../../../../collectors/wire/http2/header-blocks.ts";
import { BodyBudget } from "../../../../collectors/wire/http2/kept-body.ts";
import { openStream, takeSection, touch } from "../../../../collectors/wire/http2/stream.ts";

const section = (names: readonly [string, string][] | null, endStream = false): FieldSection => ({
  stream: 1,
  promised: null,
  endStream,
  fields: names?.map(([name, value]) => ({ name, value })) ?? null,
  cut: names === null,
  startedAt: 10,
  endedAt: 20,
});

test.each([
  [
    "an answer with trailers",
    [section([[":status", "100"]]), section([[":status", "200"]]), section([["x", "1"]], true)],
    ["interim", "head", "trailers"],
  ],
  [
    "an unreadable head, then trailers",
    [section(null), section([["x", "1"]], true)],
    ["unreadable", "trailers"],
  ],
  ["an answer of headers alone", [section([[":status", "204"]], true)], ["head"]],
])("%s", (_, sections, kinds) => {
  const { response } = openStream(1, new BodyBudget());
  expect(sections.map((one) => takeSection(response, one))).toEqual(kinds);
  expect(response.ended).toBe(sections.at(-1)?.endStream);
});

test("an interim head starts nothing", () => {
  const { response } = openStream(1, new BodyBudget());
  takeSection(response, section([[":status", "103"]]));
  expect([response.startedAt, response.head]).toEqual([null, null]);
});

test("times begin with the first and end with the last", () => {
  const { request } = openStream(1, new BodyBudget());
  touch(request, 5, 9);
  touch(request, 7, 8);
  expect([request.startedAt, request.endedAt]).toEqual([5, 9]);
});
