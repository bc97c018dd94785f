// Password.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "password",
  title: "Password",
  reference: "https://pages.nist.gov/800-63-4/sp800-63b.html",
  sensitivity: "credential",
  hint: /\S/,
  fields:
    /(^|_)(password|passwd|pwd|passphrase|passcode|pass|passwort|contrasena|mot_de_passe)(_?\d|_?confirm(ation)?|_?again)?$/,
  find: (text) =>
    text.length <= 1024 &&
    !/^[*•x]+$|^(true|false|null|undefined|none|required|optional)$|^<.*>$|^\[.*\]$/i.test(text),
  examples: [
    { text: "hunter2", field: "password" },
    { text: ["Tr0ub4dor", "&3"].join(""), field: "new_password" },
    { text: "correct horse battery", field: "user_passphrase" },
  ],
  rejects: [
    { text: "********", field: "password" },
    { text: "true", field: "password" },
    { text: "", field: "password" },
    { text: "[REDACTED]", field: "passwd" },
  ],
});
