// No body and no record of a body are two facts.
import { expect, test } from "vitest";
import { NO_BODY, NOT_RECORDED } from "../../../src/model/exchange.ts";

test("they are told apart", () => {
  expect(NO_BODY).toEqual({ kind: "none" });
  expect(NOT_RECORDED).toEqual({ kind: "not-recorded", size: null });
});
