// Slack token or webhook.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "slack-token",
  title: "Slack token or webhook",
  reference: "https://docs.slack.dev/authentication/tokens",
  sensitivity: "credential",
  needs: ["-.", "xk"],
  hint: /xox[abeoprs]-|hooks\.slack\.com/,
  find: (text) =>
    /(?<!\w)xox[abeoprs](?:-\d{8,14}){1,3}-[A-Za-z0-9-]{10,}|hooks\.slack\.com\/(?:services|workflows)\/[A-Z0-9]{8,}\/[A-Z0-9]{8,}\/\w{16,}/.test(
      text,
    ),
  examples: [
    { text: ["xoxb", "-123456789012-123456789012-", "AbCdEfGhIjKlMnOpQrStUvWx"].join("") },
    {
      text: ["https://hooks.slack.com/services/", "T00000000/B00000000/", "XXXXXXXXXXXXXXXXXXXXXXXX"].join(
        "",
      ),
    },
  ],
  rejects: [{ text: "xoxb-" }, { text: "xoxq-123456789012-abc" }, { text: "https://hooks.slack.com/" }],
});
