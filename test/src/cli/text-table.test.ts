// Columns in line, and nothing in a name moves the cursor.
import { expect, test } from "vitest";
import { textTable } from "../../../src/cli/text-table.ts";

test("columns are as wide as their widest cell", () => {
  expect(textTable(["A", "LONG"], [["abc", "x"]])).toBe("A    LONG\nabc  x\n");
});

test("control characters are shown, not obeyed", () => {
  expect(textTable(["A"], [["\u001b[31mred"]])).not.toContain("\u001b");
});
