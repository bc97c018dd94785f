// Telephone number.
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { defineDataClass } from "../data-class.ts";

const NAMED =
  /(phone|mobile|(^|_)(tel|telephone|telefon|cell|fax|msisdn|sms|whatsapp))(_?(number|no|nr|home|work|\d))?$/;
const INTERNATIONAL = /\+[1-9][\d ().-]{6,20}\d/g;

export default defineDataClass({
  id: "phone",
  title: "Telephone number",
  reference: "https://www.itu.int/rec/T-REC-E.164",
  sensitivity: "personal",
  hint: /\d(?:[ ()./-]{0,2}\d){6}/,
  fields:
    /^$|phone|mobile|(^|_)(tel|telephone|telefon|cell|fax|msisdn|sms|whatsapp|to|from|number|recipient|sender|caller|callee|contact|text|message|body|content|description|note|comment|address)(_|$)/,
  find: (text, field) => {
    if (NAMED.test(field) && /^[+(\d][\d ()./-]{6,22}\d$/.test(text)) {
      const digits = text.replaceAll(/\D/g, "");
      return digits.length >= 7 && digits.length <= 15 && !/^(\d)\1+$/.test(digits);
    }
    return (text.match(INTERNATIONAL) ?? []).some(
      (found) => parsePhoneNumberFromString(found)?.isValid() === true,
    );
  },
  examples: [
    { text: "+49 1512 3456789", field: "to" },
    { text: "Call +1 213-373-4253 now" },
    { text: "(213) 373-4253", field: "phone_number" },
    { text: "01512 3456789", field: "mobile" },
  ],
  rejects: [
    { text: "+999 123 456", field: "to" },
    { text: "1700000000", field: "created" },
    { text: "2024-05-01", field: "phone_verified_at" },
    { text: "0000000000", field: "phone" },
    { text: "2130 373 4253" },
  ],
});
