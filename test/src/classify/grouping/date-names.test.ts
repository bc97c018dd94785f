import { expect, test } from "vitest";
import { datePart } from "../../../../src/classify/grouping/date-names.ts";

test.each<[string, readonly string[], string | null]>([
  ["archive/{}", ["2023", "2024"], "year"],
  ["archive/{}/{}", ["01", "12"], "month"],
  ["blog/archive/{}/{}/{}", ["1", "31"], "day"],
  ["archive/{}/{}/{}/{}", ["1"], null],
  ["months/{}", ["1", "12"], "month"],
  ["days/{}", ["31"], "day"],
  ["years/{}", ["2024"], "year"],
  ["years/{}/{}", ["5"], "month"],
  ["archive/{}", ["2024", "17"], null],
  ["months/{}", ["13"], null],
  ["orders/{}", ["2024"], null],
  ["orders/{}/{}", ["5"], null],
  ["archive/{}", ["{int}"], null],
  ["archive/{}", [], null],
  ["{}", ["2024"], null],
])("numbers at %s that are %j are called %j", (around, values, name) => {
  expect(datePart(around.split("/"), values)).toBe(name);
});
