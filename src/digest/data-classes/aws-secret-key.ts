// AWS secret access key.
import { entropyOf } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "aws-secret-key",
  title: "AWS secret access key",
  reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  sensitivity: "credential",
  hint: /[A-Za-z0-9+/]{40}/,
  fields: /aws.*secret|secret_access_key|secret_key$/,
  find: (text) =>
    /^[A-Za-z0-9+/]{40}$/.test(text.trim()) &&
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    entropyOf(text) > 4,
  examples: [
    { text: ["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY"].join(""), field: "aws_secret_access_key" },
    { text: ["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY"].join(""), field: "secret_key" },
  ],
  rejects: [
    { text: "da39a3ee5e6b4b0d3255bfef95601890afd80709", field: "secret_key" },
    { text: "short", field: "secret_key" },
  ],
});
