// GitHub token.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "github-token",
  title: "GitHub token",
  reference:
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
  sensitivity: "credential",
  needs: ["_", "h"],
  hint: /gh[pousr]_[A-Za-z0-9]{36}|github_pat_/,
  find: (text) =>
    /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?!\w)/.test(text),
  examples: [
    { text: ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].join("") },
    { text: ["token gho_", "16C7e42F292c6912E7710c838347Ae178B4a"].join("") },
  ],
  rejects: [
    { text: "ghp_short" },
    { text: "xghp_16C7e42F292c6912E7710c838347Ae178B4a" },
    { text: "github_pat_x" },
  ],
});
