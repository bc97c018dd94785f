// AWS access key id.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "aws-access-key",
  title: "AWS access key id",
  reference:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
  sensitivity: "credential",
  needs: ["A"],
  shortest: 20,
  hint: /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}/,
  find: (text) => /(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9])/.test(text),
  examples: [
    { text: ["AKIA", "IOSFODNN7EXAMPLE"].join("") },
    { text: ["key=", "ASIA", "IOSFODNN7EXAMPLE"].join("") },
  ],
  rejects: [
    { text: "AKIAIOSFODNN7" },
    { text: "AKIAiosfodnn7example" },
    { text: "XAKIAIOSFODNN7EXAMPLE" },
    { text: "AKIAIOSFODNN7EXAMPLE00" },
  ],
});
