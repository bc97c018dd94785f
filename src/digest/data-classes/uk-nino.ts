// UK national insurance number.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "uk-nino",
  title: "UK national insurance number",
  reference: "https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110",
  sensitivity: "personal",
  hint: /[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]/i,
  fields: /^$|nino|national_insurance|(^|_)ni(_number|_no)?$/,
  find: (text) =>
    /(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)/i.test(
      text,
    ),
  examples: [{ text: "AB123456C", field: "nino" }, { text: "NI AB 12 34 56 C" }],
  rejects: [
    { text: "GB123456C", field: "nino" },
    { text: "AB123456E", field: "nino" },
    { text: "QQ123456C", field: "nino" },
  ],
});
