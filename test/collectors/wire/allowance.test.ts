import { expect, test } from "vitest";
import { Allowance } from "../../../collectors/wire/allowance.ts";

test("what is given back can be taken again; what is refused is counted", () => {
  const refused: number[] = [];
  const allowance = new Allowance((_name, by = 1) => refused.push(by), 10);
  expect([allowance.take(6), allowance.take(5), allowance.take(4), allowance.take(0)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
  allowance.give(6);
  expect([allowance.take(6), refused]).toEqual([true, [5]]);
});
