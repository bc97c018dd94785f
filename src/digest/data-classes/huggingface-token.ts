// Hugging Face token.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "huggingface-token",
  title: "Hugging Face token",
  reference: "https://huggingface.co/docs/hub/security-tokens",
  sensitivity: "credential",
  needs: ["_", "fp"],
  hint: /hf_[A-Za-z0-9]{30}|api_org_/,
  find: (text) => /(?<!\w)(?:hf_[A-Za-z0-9]{30,40}|api_org_[A-Za-z0-9]{30,40})(?!\w)/.test(text),
  examples: [{ text: ["hf_", "abcdefghijklmnopqrstuvwxyzABCDEFGH"].join("") }],
  rejects: [{ text: "hf_short" }, { text: "shelf_abcdefghijklmnopqrstuvwxyzABCDEFGH" }],
});
