// US bank routing number.
import { weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "us-routing-number",
  title: "US bank routing number",
  reference: "https://www.aba.com/about-us/routing-number",
  sensitivity: "financial",
  hint: /\d{9}/,
  fields: /routing|(^|_)(aba|rtn)(_|$)/,
  find: (text) =>
    /^(0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(text) &&
    weightedSum(text, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
  examples: [{ text: "021000021", field: "routing_number" }],
  rejects: [
    { text: "021000022", field: "routing_number" },
    { text: "991000021", field: "aba" },
  ],
});
