// What a shell reads is the one word that was meant: asked of a real shell.
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeTerminal } from "../../../../src/report/escape.ts";
import { shellWord } from "../../../../src/report/weekly/shell.ts";

test("plain words stay plain", () => {
  expect(shellWord("shop.test:8443")).toBe("shop.test:8443");
  expect(shellWord("-rf")).toBe("'-rf'");
  expect(shellWord("")).toBe("''");
});

test("a shell hands on exactly the shown text", () => {
  const marks = fc.string({
    unit: fc.constantFrom("'", '"', "$", "(", ")", "`", ";", "\\", " ", "\n", "a", "*", "!"),
  });
  fc.assert(
    fc.property(marks, (text) => {
      const said = execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" });
      expect(said).toBe(escapeTerminal(text));
    }),
    { numRuns: 25 },
  );
});
