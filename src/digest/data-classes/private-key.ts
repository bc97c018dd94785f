// Private key (PEM).
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "private-key",
  title: "Private key (PEM)",
  reference: "https://www.rfc-editor.org/rfc/rfc7468#section-10",
  sensitivity: "credential",
  needs: ["-", "G"],
  hint: /-----BEGIN/,
  find: (text) => /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/.test(text),
  examples: [
    { text: ["-----BEGIN ", "PRIVATE KEY-----MIIB"].join("") },
    { text: ["x -----BEGIN RSA ", "PRIVATE KEY-----"].join("") },
  ],
  rejects: [
    { text: "-----BEGIN PUBLIC KEY-----" },
    { text: "-----BEGIN CERTIFICATE-----" },
    { text: "PRIVATE KEY" },
  ],
});
