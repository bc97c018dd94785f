// Cryptocurrency address.
import { createHash } from "node:crypto";
import { defineDataClass } from "../data-class.ts";

const BASE58 = /(?<!\w)[13][A-HJ-NP-Za-km-z1-9]{25,34}(?!\w)/g;
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** 25 bytes: version, hash, and the first 4 bytes of the double SHA-256 of both. */
function isBase58Check(text: string): boolean {
  let number = 0n;
  for (const char of text) number = number * 58n + BigInt(ALPHABET.indexOf(char));
  const bytes = Buffer.from(number.toString(16).padStart(50, "0"), "hex");
  const sha256 = (data: Uint8Array): Buffer => createHash("sha256").update(data).digest();
  return (
    bytes.length === 25 &&
    sha256(sha256(bytes.subarray(0, 21)))
      .subarray(0, 4)
      .equals(bytes.subarray(21))
  );
}

export default defineDataClass({
  id: "crypto-address",
  title: "Cryptocurrency address",
  reference: "https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki",
  sensitivity: "financial",
  needs: ["013"],
  shortest: 26,
  hint: /(?<!\w)(?:bc1[a-z0-9]{25}|0x[0-9a-fA-F]{40}(?!\w)|[13][A-HJ-NP-Za-km-z1-9]{25})/,
  find: (text, field) =>
    /(?<!\w)bc1[02-9ac-hj-np-z]{25,71}(?!\w)/.test(text) ||
    (/wallet|address|eth|crypto|(^|_)(to|from)($|_)/.test(field) && /^0x[0-9a-fA-F]{40}$/.test(text)) ||
    (text.match(BASE58) ?? []).some(isBase58Check),
  examples: [
    { text: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa" },
    { text: "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy" },
    { text: "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq" },
    { text: "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae", field: "wallet" },
  ],
  rejects: [
    { text: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb" },
    { text: "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae", field: "hash" },
    { text: "1234567890123456789012345678901234" },
  ],
});
