// Finds the parts of a JSON number without taking it out of its text: most numbers need no more than their lengths.

/** Where the parts end: whole digits (and sign) at `point`, all digits at `fraction`, the exponent at `end`. */
export interface Digits {
  readonly from: number;
  readonly point: number;
  readonly fraction: number;
  readonly end: number;
}

const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;

/*
  RFC 8259: number = [ "-" ] ( "0" / digit1-9 *DIGIT ) [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "+" / "-" ] 1*DIGIT ]
*/

/** The parts of what may be a number at `from`; whether it is one is told by `isNumber`. */
export function digitsAt(text: string, from: number): Digits {
  const point = digitsFrom(text, text.charCodeAt(from) === MINUS ? from + 1 : from);
  const fraction = text.charCodeAt(point) === POINT ? digitsFrom(text, point + 1) : point;
  return { from, point, fraction, end: exponentFrom(text, fraction) };
}

export function isNumber(text: string, { from, point, fraction, end }: Digits): boolean {
  const digits = text.charCodeAt(from) === MINUS ? from + 1 : from;
  const isWhole = point === digits + 1 || (point > digits && text.charCodeAt(digits) !== ZERO);
  // Nothing behind the point or the exponent's letter, or more of what numbers are made of.
  return (
    isWhole && isDigit(text.charCodeAt(end - 1)) && fraction !== point + 1 && !isNumeric(text.charCodeAt(end))
  );
}

function digitsFrom(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function exponentFrom(text: string, from: number): number {
  if ((text.charCodeAt(from) | 32) !== 0x65) return from;
  const sign = text.charCodeAt(from + 1);
  return digitsFrom(text, sign === MINUS || sign === PLUS ? from + 2 : from + 1);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Digits, sign, point, exponent. */
function isNumeric(code: number): boolean {
  return isDigit(code) || code === MINUS || code === POINT || code === PLUS || (code | 32) === 0x65;
}
