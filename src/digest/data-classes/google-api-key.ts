// Google API key.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "google-api-key",
  title: "Google API key",
  reference: "https://cloud.google.com/docs/authentication/api-keys",
  sensitivity: "credential",
  needs: ["I", "z"],
  shortest: 39,
  hint: /AIza/,
  find: (text) => /(?<![\w-])AIza[\w-]{35}(?![\w-])/.test(text),
  examples: [{ text: ["AIza", "SyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe"].join("") }],
  rejects: [{ text: "AIzaShort" }, { text: "xAIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe" }],
});
