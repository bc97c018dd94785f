import { expect, test } from "vitest";
import { fieldNamesOf } from "../../../src/digest/field-names.ts";
import { createSafeName } from "../../../src/digest/names.ts";

test("a safe name is one object, with the way it stands in JSON", () => {
  const names = fieldNamesOf(createSafeName(() => false));
  expect(names.of("customerId")).toBe(names.of("customerId"));
  expect(names.of("customerId")).toMatchObject({ text: "customerId", quoted: '"customerId"', isCall: false });
  expect(names.of('a"b').quoted).toBe("");
  expect(names.of("jsonrpc").isCall).toBe(true);
});

test("what was replaced is not remembered", () => {
  const asked: string[] = [];
  const names = fieldNamesOf((name) => (asked.push(name) > 0 ? "{secret}" : name));
  expect([names.of("sk-1"), names.of("sk-1")]).toMatchObject([
    { text: "{secret}", quoted: "" },
    { text: "{secret}", quoted: "" },
  ]);
  expect(asked).toEqual(["sk-1", "sk-1"]);
});

test("one table per judge of names", () => {
  const safeName = createSafeName(() => false);
  expect(fieldNamesOf(safeName)).toBe(fieldNamesOf(safeName));
  expect(fieldNamesOf(createSafeName(() => false))).not.toBe(fieldNamesOf(safeName));
});
