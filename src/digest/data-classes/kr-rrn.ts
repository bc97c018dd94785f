// Korean resident registration number.
import { weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

const ANY = /(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[1-8]\d{6}(?!\d)/g;
const WRITTEN = /(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}(?!\d)/g;

function isRrn(digits: string): boolean {
  const sum = weightedSum(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
  return (11 - (sum % 11)) % 10 === Number(digits[12]);
}

export default defineDataClass({
  id: "kr-rrn",
  title: "Korean resident registration number",
  reference: "https://www.law.go.kr/LSW/eng/engMain.do",
  sensitivity: "personal",
  hint: /\d{6}-?[1-8]\d{6}/,
  fields: /^$|rrn|jumin|resident_?(registration|no|number)|(^|_)national_id$/,
  find: (text, field) =>
    (text.match(field === "" ? WRITTEN : ANY) ?? []).some((found) => isRrn(found.replace("-", ""))),
  examples: [
    { text: "900101-1234568", field: "rrn" },
    { text: "9001011234568", field: "resident_number" },
  ],
  rejects: [
    { text: "900101-1234567", field: "rrn" },
    { text: "901301-1234568", field: "rrn" },
  ],
});
