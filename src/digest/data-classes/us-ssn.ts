// US social security number.
import { defineDataClass } from "../data-class.ts";

/** No area 000, 666 or 900-999, no group 00, no serial 0000. */
const ANY = /(?<![\d-])(?!000|666|9)\d{3}([- ]?)(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/;
const DASHED = /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/;

export default defineDataClass({
  id: "us-ssn",
  title: "US social security number",
  reference: "https://www.ssa.gov/employer/randomization.html",
  sensitivity: "personal",
  hint: /\d{3}[- ]?\d{2}[- ]?\d{4}/,
  fields:
    /^$|(^|_)(ssn|ssn4|ss_number|social|socialsecurity|social_security(_number|_no)?|tax_?id|taxpayer(_id)?|tin|national_id)($|_)/,
  find: (text, field) => (field === "" ? DASHED : ANY).test(text),
  examples: [
    { text: "219-09-9999", field: "ssn" },
    { text: "219099999", field: "social_security_number" },
    { text: "SSN 219-09-9999" },
  ],
  rejects: [
    { text: "000-12-3456", field: "ssn" },
    { text: "666-12-3456", field: "ssn" },
    { text: "987-65-4321", field: "ssn" },
    { text: "219-00-9999", field: "ssn" },
    { text: "219099999" },
    { text: "2190999991", field: "ssn" },
  ],
});
