// Italian tax code.
import { defineDataClass } from "../data-class.ts";

const FORM = /(?<!\w)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)/g;
const CHARS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Values of characters at odd places (DM 23/12/1976, table 1). */
const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
  10, 22, 25, 24, 23,
];

function checkLetter(code: string): string | undefined {
  let sum = 0;
  for (let at = 0; at < code.length; at += 1) {
    const value = CHARS.indexOf(code[at] ?? "");
    sum += at % 2 === 0 ? (ODD[value] ?? 0) : value % 10 === value || value < 10 ? value : value - 10;
  }
  return CHARS[10 + (sum % 26)];
}

export default defineDataClass({
  id: "it-codice-fiscale",
  title: "Italian tax code",
  reference: "https://www.agenziaentrate.gov.it/portale/codice-fiscale",
  sensitivity: "personal",
  needs: ["0123456789"],
  shortest: 16,
  hint: /[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]/i,
  find: (text) =>
    (text.toUpperCase().match(FORM) ?? []).some((found) => checkLetter(found.slice(0, 15)) === found[15]),
  examples: [{ text: "RSSMRA85T10A562S" }, { text: "CF: rssmra85t10a562s." }],
  rejects: [{ text: "RSSMRA85T10A562T" }, { text: "RSSMRA85T10A562" }, { text: "ABCDEF12G34H567I" }],
});
