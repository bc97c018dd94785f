// Canadian social insurance number.
import { digitsOf, passesLuhn } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "ca-sin",
  title: "Canadian social insurance number",
  reference: "https://www.canada.ca/en/employment-social-development/services/sin.html",
  sensitivity: "personal",
  hint: /\d{3}[ -]?\d{3}[ -]?\d{3}/,
  fields: /(^|_)(sin|sin_number|social_insurance(_number)?)($|_)/,
  find: (text) => {
    const digits = digitsOf(text);
    return /^\d{9}$/.test(digits) && passesLuhn(digits);
  },
  examples: [
    { text: "046 454 286", field: "sin" },
    { text: "046454286", field: "social_insurance_number" },
  ],
  rejects: [
    { text: "046 454 287", field: "sin" },
    { text: "0464542861", field: "sin" },
  ],
});
