// A reader gives a value or a named weird, and nothing in between.
import { expect, test } from "vitest";
import { parsed, weird } from "../../../src/model/parsed.ts";

test("a value is wrapped, also an undefined one", () => {
  expect(parsed(7)).toEqual({ ok: true, value: 7 });
  expect(parsed(undefined)).toEqual({ ok: true, value: undefined });
});

test("a weird has its name, and detail only when there is some", () => {
  expect(weird("tcp.gap")).toEqual({ ok: false, weird: { name: "tcp.gap" } });
  expect(weird("tcp.gap", "of 3 bytes")).toEqual({
    ok: false,
    weird: { name: "tcp.gap", detail: "of 3 bytes" },
  });
});
