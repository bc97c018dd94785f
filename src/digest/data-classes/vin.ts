// Vehicle identification number.
import { weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

const FORM = /(?<!\w)[A-HJ-NPR-Z0-9]{17}(?!\w)/g;
/** 49 CFR 565.15: values of letters, weights of places, check at the ninth. */
const LETTERS = "ABCDEFGH.JKLMN.P.R..STUVWXYZ";
const VALUES = "12345678.12345.7.9..23456789";
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

function isVin(text: string): boolean {
  const digits = text.replaceAll(/[A-Z]/g, (letter) => VALUES[LETTERS.indexOf(letter)] ?? "0");
  return /[A-Z]/.test(text) && "0123456789X"[weightedSum(digits, WEIGHTS) % 11] === text[8];
}

export default defineDataClass({
  id: "vin",
  title: "Vehicle identification number",
  reference: "https://www.iso.org/standard/52200.html",
  sensitivity: "personal",
  hint: /[A-HJ-NPR-Z0-9]{17}/i,
  fields: /^$|(^|_)(vin|vehicle(_id|_number)?|chassis(_number)?|fin)($|_)/,
  find: (text) => (text.toUpperCase().match(FORM) ?? []).some(isVin),
  examples: [{ text: "1M8GDM9AXKP042788", field: "vin" }, { text: "VIN 1M8GDM9AXKP042788." }],
  rejects: [
    { text: "1M8GDM9A1KP042788", field: "vin" },
    { text: "1M8GDM9AXKP04278", field: "vin" },
    { text: "11111111111111111" },
  ],
});
