// Swedish personal identity number.
import { passesLuhn } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "se-personnummer",
  title: "Swedish personal identity number",
  reference: "https://www.skatteverket.se/privat/folkbokforing/personnummer.4.3810a01c150939e893f18c29.html",
  sensitivity: "personal",
  hint: /\d{6}[-+]?\d{4}/,
  fields: /personnummer|person_?(nr|number|no)|(^|_)(pnr|ssn|national_id)($|_)/,
  find: (text) =>
    /^(\d{2})?\d{2}(0[1-9]|1[0-2])([0-6]\d|7[0-9]|8\d|9[01])[-+]?\d{4}$/.test(text) &&
    passesLuhn(text.replaceAll(/\D/g, "").slice(-10)),
  examples: [
    { text: "811228-9874", field: "personnummer" },
    { text: "198112289874", field: "personal_pnr" },
  ],
  rejects: [
    { text: "811228-9873", field: "personnummer" },
    { text: "811328-9874", field: "personnummer" },
  ],
});
