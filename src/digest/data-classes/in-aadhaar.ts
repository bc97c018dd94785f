// Indian Aadhaar number.
import { digitsOf, passesVerhoeff } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "in-aadhaar",
  title: "Indian Aadhaar number",
  reference: "https://uidai.gov.in/en/my-aadhaar/about-your-aadhaar.html",
  sensitivity: "personal",
  hint: /[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}/,
  fields: /aadha?ar|(^|_)(uid|uidai|national_id)($|_)/,
  find: (text) => {
    const digits = digitsOf(text);
    return /^[2-9]\d{11}$/.test(digits) && passesVerhoeff(digits);
  },
  examples: [
    { text: "234123412346", field: "aadhaar" },
    { text: "2341 2341 2346", field: "aadhar_number" },
  ],
  rejects: [
    { text: "234123412347", field: "aadhaar" },
    { text: "134123412346", field: "aadhaar" },
  ],
});
