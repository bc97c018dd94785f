// Anthropic API key.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "anthropic-key",
  title: "Anthropic API key",
  reference: "https://docs.anthropic.com/en/api/getting-started",
  sensitivity: "credential",
  needs: ["-", "k"],
  hint: /sk-ant-/,
  find: (text) => /(?<![\w-])sk-ant-(?:api|admin|oat|sid)\d{2}-[\w-]{32,200}(?![\w-])/.test(text),
  examples: [{ text: ["sk-ant-", "api03-", "abcDEF123456ghiJKL7890mnopqrstuvwxyzABCD"].join("") }],
  rejects: [{ text: "sk-ant-" }, { text: "sk-ant-api03-short" }],
});
