// Finnish personal identity code.
import { defineDataClass } from "../data-class.ts";

const FORM =
  /(?<!\w)((?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2})[-+A-FU-Y](\d{3})([0-9A-FHJ-NPR-Y])(?!\w)/g;
const CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

export default defineDataClass({
  id: "fi-hetu",
  title: "Finnish personal identity code",
  reference: "https://dvv.fi/en/personal-identity-code",
  sensitivity: "personal",
  hint: /\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]/,
  fields: /^$|hetu|henkilotunnus|personal_?identity|(^|_)(ssn|national_id|pin)($|_)/,
  find: (text) =>
    [...text.matchAll(FORM)].some(
      ([, date = "", serial = "", check]) => CHECKS[Number(date + serial) % 31] === check,
    ),
  examples: [{ text: "131052-308T", field: "hetu" }, { text: "hetu 131052-308T." }],
  rejects: [
    { text: "131052-308U", field: "hetu" },
    { text: "321352-308T", field: "hetu" },
  ],
});
