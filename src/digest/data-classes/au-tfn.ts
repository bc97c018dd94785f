// Australian tax file number.
import { digitsOf, weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "au-tfn",
  title: "Australian tax file number",
  reference: "https://www.ato.gov.au/individuals-and-families/tax-file-number",
  sensitivity: "personal",
  hint: /\d{3}[ -]?\d{3}[ -]?\d{2,3}/,
  fields: /(^|_)(tfn|tax_file(_number)?)($|_)/,
  find: (text) => {
    const digits = digitsOf(text);
    return (
      /^\d{9}$/.test(digits) &&
      /[1-9]/.test(digits) &&
      weightedSum(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0
    );
  },
  examples: [
    { text: "123 456 782", field: "tfn" },
    { text: "123456782", field: "tax_file_number" },
  ],
  rejects: [
    { text: "123 456 783", field: "tfn" },
    { text: "000000000", field: "tfn" },
  ],
});
