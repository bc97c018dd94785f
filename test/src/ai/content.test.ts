// Content classes are told from texts that could have been pasted into a prompt.
import fc from "fast-check";
import { expect, test } from "vitest";
import { contentClasses } from "../../../src/ai/content.ts";

const CODE = `Why does this fail?
import { readFile } from "node:fs/promises";
const text = await readFile("a.json", "utf8");
if (text.length > 3) {
  return JSON.parse(text);
}`;
const TABLE = [
  "id;name;city",
  "1;Ann;Rome",
  "2;Bob;Oslo",
  "3;Cy;Bonn",
  "4;Di;Nice",
  "5;Ed;Kiel",
  "6;Flo;Metz",
].join("\n");
const ENV = [
  "Here is my file, what is wrong with it, please look:",
  "DB_PASSWORD=abc",
  "API_KEY=xyz",
  "PORT=80",
].join("\n");

test.each([
  [CODE, "code"],
  [`${TABLE}\n${"".padEnd(60)}`, "table"],
  [ENV, "credentials-file"],
  [
    "The patient was given a new dosage after the diagnosis of hypertension; please check the prescription again.",
    "medical",
  ],
  [
    "Der Mitarbeiter fragt nach seinem Gehalt, die Abmahnung vom März und die Kündigung sind strittig, was gilt hier?",
    "hr",
  ],
  [
    "Each party shall indemnify the other; liability is limited, and the plaintiff accepts arbitration in this jurisdiction.",
    "legal",
  ],
  [
    "Revenue grew while ebitda fell; the balance and the forecast for the next quarterly earnings need another look.",
    "finance",
  ],
])("%s", (text, wanted) => {
  expect(contentClasses(text)).toContain(wanted);
});

test("an everyday text has none", () => {
  expect(
    contentClasses(
      "Could you suggest a nice walk near the lake for Sunday? We have two children and a dog with us.",
    ),
  ).toEqual([]);
});

test("never fails", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 80, maxLength: 400 }), (text) => {
      expect(Array.isArray(contentClasses(text))).toBe(true);
    }),
  );
});
