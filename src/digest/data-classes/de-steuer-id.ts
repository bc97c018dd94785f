// German tax identification number.
import { digitsOf, passesMod11And10 } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

/** Among the first ten digits one occurs twice or three times. */
function hasRepeat(digits: string): boolean {
  const distinct = new Set(digits).size;
  return distinct === 8 || distinct === 9;
}

export default defineDataClass({
  id: "de-steuer-id",
  title: "German tax identification number",
  reference:
    "https://www.bzst.de/DE/Privatpersonen/SteuerlicheIdentifikationsnummer/steuerlicheidentifikationsnummer_node.html",
  sensitivity: "personal",
  hint: /\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}/,
  fields: /steuer|(^|_)(idnr|tax_?id|tin|tax_number|national_id)($|_)/,
  find: (text) => {
    const digits = digitsOf(text);
    return /^[1-9]\d{10}$/.test(digits) && hasRepeat(digits.slice(0, 10)) && passesMod11And10(digits);
  },
  examples: [
    { text: "86095742719", field: "steuer_id" },
    { text: "86 095 742 719", field: "tax_id" },
  ],
  rejects: [
    { text: "86095742718", field: "steuer_id" },
    { text: "12345678901", field: "steuer_id" },
    { text: "1111111111", field: "tin" },
  ],
});
