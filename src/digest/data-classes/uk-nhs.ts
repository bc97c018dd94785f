// UK NHS number.
import { digitsOf, weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "uk-nhs",
  title: "UK NHS number",
  reference: "https://www.datadictionary.nhs.uk/attributes/nhs_number.html",
  sensitivity: "health",
  hint: /\d{3}[ -]?\d{3}[ -]?\d{4}/,
  fields: /nhs/,
  find: (text) => {
    const digits = digitsOf(text);
    const check = (11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
    return /^\d{10}$/.test(digits) && check === Number(digits[9]);
  },
  examples: [
    { text: "943 476 5919", field: "nhs_number" },
    { text: "9434765919", field: "nhs" },
  ],
  rejects: [
    { text: "943 476 5918", field: "nhs_number" },
    { text: "94347659191", field: "nhs" },
  ],
});
