// Chinese resident identity number.
import { weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

/** GB 11643: region, date of birth, serial, ISO 7064 MOD 11-2 check. */
const FORM = /(?<!\w)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?!\w)/g;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

export default defineDataClass({
  id: "cn-resident-id",
  title: "Chinese resident identity number",
  reference: "https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=080D6FBF2BB468F9007657F26D60013E",
  sensitivity: "personal",
  hint: /[1-9]\d{16}[\dX]/i,
  fields:
    /^$|id_?card|identity|shenfen|sfz|(^|_)(id_?(no|number)|national_id|document(_number)?|cert_?(no|number))($|_)/,
  find: (text) =>
    (text.toUpperCase().match(FORM) ?? []).some(
      (found) => CHECKS[weightedSum(found, WEIGHTS) % 11] === found[17],
    ),
  examples: [{ text: "11010519491231002X", field: "id_card" }, { text: "ID 11010519491231002x" }],
  rejects: [
    { text: "110105194912310021", field: "id_card" },
    { text: "11010519491331002X", field: "id_card" },
  ],
});
