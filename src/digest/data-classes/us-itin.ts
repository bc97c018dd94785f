// US individual taxpayer identification number.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "us-itin",
  title: "US individual taxpayer identification number",
  reference: "https://www.irs.gov/individuals/individual-taxpayer-identification-number",
  sensitivity: "personal",
  hint: /9\d{2}[- ]?\d{2}[- ]?\d{4}/,
  fields: /(^|_)(itin|tax_?id|taxpayer(_id)?|tin)($|_)/,
  find: (text) => /^9\d{2}[- ]?(5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]?\d{4}$/.test(text),
  examples: [
    { text: "912-70-1234", field: "itin" },
    { text: "912701234", field: "tax_id" },
  ],
  rejects: [
    { text: "912-40-1234", field: "itin" },
    { text: "212-70-1234", field: "itin" },
  ],
});
