// Secret by its name.
import { entropyOf } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

/** Tokens that continue a list or guard a form, and hashes, open nothing. */
const NO_SECRET =
  /(next|prev|previous|page|sync|continuation|cursor|csrf|xsrf|public|device|push|max|stop|bos|eos|pad)_/;

export default defineDataClass({
  id: "generic-secret",
  title: "Secret by its name",
  reference: "https://cwe.mitre.org/data/definitions/200.html",
  sensitivity: "credential",
  hint: /^\S{12,}$/,
  fields:
    /(^|_)(secret|token|api_?key|access_?key|private_?key|auth_?key|client_secret|credential|credentials|signing_key|encryption_key)$/,
  find: (text, field) =>
    !NO_SECRET.test(field) && text.length <= 4096 && entropyOf(text) >= (/\d/.test(text) ? 3 : 3.5),
  examples: [
    { text: ["q7Zk2Lm9", "Xv4Rt8Wp"].join(""), field: "client_secret" },
    { text: ["9f8e7d6c5b4a", "39281706f5e4"].join(""), field: "api_key" },
  ],
  rejects: [
    { text: "aaaaaaaaaaaaaaaa", field: "api_key" },
    { text: "q7Zk2Lm9Xv4Rt8Wp", field: "next_page_token" },
    { text: "short", field: "secret" },
    { text: "three words here", field: "token" },
  ],
});
