// Google OAuth client secret or token.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "google-oauth-secret",
  title: "Google OAuth client secret or token",
  reference: "https://developers.google.com/identity/protocols/oauth2",
  sensitivity: "credential",
  needs: ["-.", "Xy"],
  hint: /GOCSPX-|ya29\./,
  find: (text) => /\bGOCSPX-[\w-]{28}(?![\w-])|\bya29\.[\w-]{30,}/.test(text),
  examples: [
    { text: ["GOCSPX-", "abcdefghijklmnopqrstuvwx1234"].join("") },
    { text: ["ya29.", "a0AfH6SMBabcdefghijklmnopqrstuvwxyz012345"].join("") },
  ],
  rejects: [{ text: "GOCSPX-short" }, { text: "ya29.short" }],
});
