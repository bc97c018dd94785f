import { expect, test } from "vitest";
import { isVerb } from "../../../src/digest/verbs.ts";

test.each(["add_subnet", "batchGet", "reset-password", "GetUser", "reboot"])("%s is told to do", (word) => {
  expect(isVerb(word)).toBe(true);
});

test.each(["address", "settings", "listing", "getter", "orders", ""])("%s is a thing", (word) => {
  expect(isVerb(word)).toBe(false);
});
