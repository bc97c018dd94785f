// Password inside a URL.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "url-credentials",
  title: "Password inside a URL",
  reference: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
  sensitivity: "credential",
  needs: [":", "/"],
  hint: /:\/\/[^/\s:@]{1,128}:[^/\s:@]/,
  find: (text) =>
    /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^/\s:@"<>]{1,128}:(?!password@|\*+@|\$\{)[^/\s:@"<>]{1,256}@[\w.[-]/i.test(
      text,
    ),
  examples: [
    { text: "postgres://app:s3cr3tPass@db.internal:5432/x" },
    { text: "see https://u:hunter22@example.com/" },
  ],
  rejects: [
    { text: "https://example.com:8080/a@b" },
    { text: "postgres://app:***@db" },
    { text: "https://user@example.com" },
  ],
});
