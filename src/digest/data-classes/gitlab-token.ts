// GitLab token.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "gitlab-token",
  title: "GitLab token",
  reference: "https://docs.gitlab.com/security/tokens/#token-prefixes",
  sensitivity: "credential",
  needs: ["-", "l"],
  hint: /gl(?:pat|dt|rt|oas|soat)-/,
  find: (text) => /(?<!\w)gl(?:pat|dt|rt|oas|soat)-[\w-]{20,64}(?![\w-])/.test(text),
  examples: [{ text: ["glpat-", "AbCdEfGhIjKlMnOpQrSt"].join("") }],
  rejects: [{ text: "glpat-short" }, { text: "english-glpat-" }],
});
