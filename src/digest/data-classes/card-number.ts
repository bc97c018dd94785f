// Payment card number.
import { digitsOf, passesLuhn } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

const CANDIDATE = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
/** Prefixes and lengths of the networks (ISO/IEC 7812 ranges as the networks publish them). */
const NETWORKS: readonly RegExp[] = [
  /^4(\d{12}|\d{15}|\d{18})$/,
  /^(5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})$/,
  /^3[47]\d{13}$/,
  /^(6011|64[4-9]\d|65\d\d)\d{12}$/,
  /^3(0[0-5]|[68]\d)\d{11}$/,
  /^35(2[89]|[3-8]\d)\d{12}$/,
  /^62\d{14,17}$/,
];
/** One number in ten passes Luhn, so names that say "identifier" are believed. */
const NO_CARD =
  /(^|_)(id|ids|uid|trace|span|time|timestamp|ts|seq|sequence|offset|hash|version|tracking|serial)(_|$)/;

function isCard(digits: string): boolean {
  return NETWORKS.some((network) => network.test(digits)) && passesLuhn(digits);
}

export default defineDataClass({
  id: "card-number",
  title: "Payment card number",
  reference: "https://www.iso.org/standard/70484.html",
  sensitivity: "financial",
  needs: ["0123456789"],
  shortest: 13,
  hint: /\d(?:[ -]?\d){12}/,
  find: (text, field) => {
    for (const [found] of text.matchAll(CANDIDATE)) {
      const digits = digitsOf(found);
      const isBare = digits.length === found.length;
      if (isCard(digits) && !(isBare && NO_CARD.test(field))) return true;
    }
    return false;
  },
  examples: [
    { text: "4111111111111111" },
    { text: "Card 5555 5555 5555 4444 exp 12/30" },
    { text: "378282246310005", field: "number" },
    { text: "6011-1111-1111-1117" },
  ],
  rejects: [
    { text: "4111111111111112" },
    { text: "1700000000000" },
    { text: "4111111111111111", field: "trace_id" },
    { text: "0000000000000000" },
    { text: "123e4567-e89b-12d3-a456-426614174000" },
    { text: "41111111111111110000000000" },
  ],
});
