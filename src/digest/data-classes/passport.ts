// Passport number.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "passport",
  title: "Passport number",
  reference: "https://www.icao.int/publications/doc-series/doc-9303",
  sensitivity: "personal",
  hint: /\d/,
  fields: /passport|reisepass|passeport|pasaporte/,
  find: (text) => /^[A-Z]{0,3}\d{5,9}[A-Z]?\d{0,2}$|^[CFGHJKLMNPRTVWXYZ0-9]{9}$/.test(text),
  examples: [
    { text: "C01X00T47", field: "passport" },
    { text: "533380006", field: "passport_number" },
  ],
  rejects: [
    { text: "yes", field: "passport" },
    { text: "2024-05-01", field: "passport_expiry" },
  ],
});
