// E-mail addresses.
import { defineDataClass } from "../data-class.ts";

const ADDRESS =
  /(?:^|[^\w.+-])([a-z0-9][\w.+%-]{0,63})@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,24}))(?![\w-])/gi;
/** Endings of files named like hosts: `icon@2x.png`. */
const FILES = new Set(["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "ts", "html"]);
/** RFC 2606, 3: reserved, but an address all the same; only the local parts of software are no persons. */
const SOFTWARE = /^(git|noreply|no-reply|donotreply|mailer-daemon|postmaster)$/i;

export default defineDataClass({
  id: "email",
  title: "E-mail address",
  reference: "https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2",
  sensitivity: "personal",
  needs: ["@"],
  hint: /@[a-z0-9]/i,
  find(text) {
    for (const [, local = "", , ending = ""] of text.matchAll(ADDRESS)) {
      if (!FILES.has(ending.toLowerCase()) && !SOFTWARE.test(local)) return true;
    }
    return false;
  },
  examples: [
    { text: "jane.doe+news@example.com" },
    { text: "Write to <j@mail.example.co.uk>, please." },
    { text: "UPPER@EXAMPLE.ORG" },
  ],
  rejects: [
    { text: "icon@2x.png" },
    { text: "jane@localhost" },
    { text: "git@github.com" },
    { text: "@scope/package" },
    { text: "a@b" },
  ],
});
