// Indian permanent account number.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "in-pan",
  title: "Indian permanent account number",
  reference: "https://incometaxindia.gov.in/",
  sensitivity: "personal",
  hint: /[A-Z]{5}\d{4}[A-Z]/,
  fields: /^$|(^|_)pan(_?(no|number|card))?$/,
  find: (text) => /(?<!\w)[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?!\w)/.test(text),
  examples: [{ text: "ABCPE1234F", field: "pan" }, { text: "PAN ABCPE1234F" }],
  rejects: [
    { text: "ABCDE1234F", field: "pan" },
    { text: "abcpe1234f", field: "pan" },
  ],
});
