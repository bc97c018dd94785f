// Dutch citizen service number.
import { weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "nl-bsn",
  title: "Dutch citizen service number",
  reference: "https://www.rvig.nl/burgerservicenummer",
  sensitivity: "personal",
  hint: /\d{8,9}/,
  fields: /(^|_)(bsn|sofi|sofinummer|burgerservicenummer)($|_)/,
  find: (text) =>
    /^\d{8,9}$/.test(text) &&
    /[1-9]/.test(text) &&
    weightedSum(text.padStart(9, "0"), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  examples: [{ text: "111222333", field: "bsn" }],
  rejects: [
    { text: "111222334", field: "bsn" },
    { text: "000000000", field: "bsn" },
  ],
});
