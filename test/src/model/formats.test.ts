// Positions of the format bits are stored, so they are pinned here.
import { expect, test } from "vitest";
import { ALL_FORMATS, FORMAT_NAMES, formatBit, formatNames } from "../../../src/model/formats.ts";

test("positions never move", () => {
  expect(formatBit("uuid")).toBe(1);
  expect(formatBit("email")).toBe(32);
  expect(formatBit("json")).toBe(1 << 23);
});

test("bits and names are each other's inverse", () => {
  expect(formatNames(formatBit("date") | formatBit("ipv4"))).toEqual(["date", "ipv4"]);
  expect(formatNames(ALL_FORMATS)).toEqual(FORMAT_NAMES);
});
