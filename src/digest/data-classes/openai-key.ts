// OpenAI API key.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "openai-key",
  title: "OpenAI API key",
  reference: "https://platform.openai.com/docs/api-reference/authentication",
  sensitivity: "credential",
  needs: ["k", "-J"],
  hint: /sk-(?:proj|svcacct|admin)-|T3BlbkFJ/,
  find: (text) =>
    /(?<![\w-])sk-(?:(?:proj|svcacct|admin)-[\w-]{20,200}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})(?![\w-])/.test(
      text,
    ),
  examples: [
    { text: ["sk-proj-", "abcDEF123456ghiJKL7890mnop"].join("") },
    { text: ["sk-", "abcdefghij0123456789", "T3Blbk", "FJabcdefghij0123456789"].join("") },
  ],
  rejects: [
    { text: "sk-proj-x" },
    { text: "sk-abcdefghij" },
    { text: "task-proj-abcDEF123456ghiJKL7890mnop" },
  ],
});
