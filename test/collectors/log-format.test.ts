// A format is taken as it is: the definition only lends it its type.
import { expect, test } from "vitest";
import type { LogFormat } from "../../collectors/log-format.ts";
import { defineLogFormat } from "../../collectors/log-format.ts";
import { weird } from "../../src/model/parsed.ts";

test("a definition is the format", () => {
  const format: LogFormat = {
    id: "none",
    title: "None",
    reference: "https://example.test",
    framing: "lines",
    recognise: () => 0,
    parse: () => weird("none.shape"),
    examples: [],
    rejects: [],
  };
  expect(defineLogFormat(format)).toBe(format);
});
