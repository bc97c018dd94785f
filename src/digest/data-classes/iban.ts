// International bank account number.
import { electronicFormatIBAN, isValidIBAN } from "ibantools";
import { defineDataClass } from "../data-class.ts";

const CANDIDATE = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g;

/** A word behind the last group is cut off by trying shorter ones. */
function isIban(found: string): boolean {
  for (let text = found; text.length >= 15; text = text.slice(0, Math.max(text.lastIndexOf(" "), 0))) {
    if (isValidIBAN(electronicFormatIBAN(text) ?? "")) return true;
  }
  return false;
}

export default defineDataClass({
  id: "iban",
  title: "International bank account number",
  reference: "https://www.iso.org/standard/81090.html",
  sensitivity: "financial",
  needs: ["ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"],
  shortest: 15,
  hint: /[A-Z]{2}\d{2} ?[A-Z0-9]{4}/,
  find: (text) => (text.match(CANDIDATE) ?? []).some((found) => isIban(found)),
  examples: [
    { text: "DE89370400440532013000" },
    { text: "Pay to GB29 NWBK 6016 1331 9268 19 today" },
    { text: "FR1420041010050500013M02606" },
  ],
  rejects: [
    { text: "DE89370400440532013001" },
    { text: "AB12CDEF34567890123" },
    { text: "XX89370400440532013000" },
    { text: "ORDER DE89" },
  ],
});
