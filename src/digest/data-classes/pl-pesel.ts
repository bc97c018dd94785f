// Polish PESEL.
import { weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "pl-pesel",
  title: "Polish PESEL",
  reference: "https://www.gov.pl/web/gov/czym-jest-numer-pesel",
  sensitivity: "personal",
  hint: /\d{11}/,
  fields: /pesel/,
  find: (text) =>
    /^\d{2}([02468][1-9]|[13579][0-2])[0-3]\d{6}$/.test(text) &&
    weightedSum(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  examples: [{ text: "44051401359", field: "pesel" }],
  rejects: [
    { text: "44051401358", field: "pesel" },
    { text: "44991401359", field: "pesel" },
  ],
});
