// JSON Web Token.
import { defineDataClass } from "../data-class.ts";

const TOKEN = /(eyJ[\w-]{5,4096})\.[\w-]+\.[\w-]*/g;

/** RFC 7515, 4.1.1: the header names an algorithm. */
function isHeader(encoded: string): boolean {
  return /"(alg|enc)"\s*:/.test(Buffer.from(encoded, "base64url").toString("latin1"));
}

export default defineDataClass({
  id: "jwt",
  title: "JSON Web Token",
  reference: "https://www.rfc-editor.org/rfc/rfc7519",
  sensitivity: "credential",
  needs: [".", "J"],
  hint: /eyJ[\w-]{5,}\./,
  find: (text) => [...text.matchAll(TOKEN)].some(([, header]) => isHeader(header ?? "")),
  examples: [
    {
      text: [
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
        ".eyJzdWIiOiIxMjM0NTY3ODkwIn0",
        ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
      ].join(""),
    },
  ],
  rejects: [
    { text: "eyJhbGc.notjson.x" },
    { text: "eyJmb28iOiJiYXIifQ.eyJzdWIiOiIxIn0.abc" },
    { text: "a.b.c" },
    { text: "com.example.package" },
  ],
});
