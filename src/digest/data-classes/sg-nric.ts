// Singapore NRIC or FIN.
import { weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

const FORM = /(?<!\w)[STFG]\d{7}[A-Z](?!\w)/g;

function isNric(text: string): boolean {
  const sum = weightedSum(text.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + (/^[TG]/.test(text) ? 4 : 0);
  return (/^[ST]/.test(text) ? "JZIHGFEDCBA" : "XWUTRQPNMLK")[sum % 11] === text[8];
}

export default defineDataClass({
  id: "sg-nric",
  title: "Singapore NRIC or FIN",
  reference: "https://www.ica.gov.sg/documents/ic",
  sensitivity: "personal",
  hint: /[STFG]\d{7}[A-Z]/i,
  fields: /^$|nric|(^|_)(fin|identity(_number)?|id_?(no|number)|national_id|uinfin)($|_)/,
  find: (text) => (text.toUpperCase().match(FORM) ?? []).some(isNric),
  examples: [{ text: "S1234567D", field: "nric" }, { text: "NRIC s1234567d" }],
  rejects: [
    { text: "S1234567A", field: "nric" },
    { text: "A1234567D", field: "nric" },
  ],
});
