// Reads name=value lists: queries, forms, cookies.
import { percentDecode } from "./percent.ts";

export interface Parameter {
  /** Decoded, as sent. */
  readonly name: string;
  /** Decoded. */
  readonly value: string;
}

// More parameters than any form has; the rest of a longer list tells nothing more.
const MAX_PARAMETERS = 256;

/*
  application/x-www-form-urlencoded (WHATWG URL, 5.1): pairs joined by "&", "+" is a space, %xx is UTF-8.
*/
export function readPairs(text: string): readonly Parameter[] {
  if (text === "") return [];
  const pairs: Parameter[] = [];
  for (const pair of text.split("&", MAX_PARAMETERS)) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    pairs.push(
      at < 0
        ? { name: plus(pair), value: "" }
        : { name: plus(pair.slice(0, at)), value: plus(pair.slice(at + 1)) },
    );
  }
  return pairs;
}

function plus(text: string): string {
  return percentDecode(text.includes("+") ? text.replaceAll("+", " ") : text);
}

/*
  RFC 6265, 4.2.1: cookie-string = cookie-pair *( ";" SP cookie-pair )
*/
export function readCookies(header: string): readonly Parameter[] {
  const cookies: Parameter[] = [];
  for (const pair of header.split(";", MAX_PARAMETERS)) {
    const at = pair.indexOf("=");
    const name = (at < 0 ? pair : pair.slice(0, at)).trim();
    if (name !== "") cookies.push({ name, value: at < 0 ? "" : pair.slice(at + 1).trim() });
  }
  return cookies;
}

/** `filter[2][name]` and `ids[0]` say where in a list: `filter[][name]`, `ids[]`. Other parts are judged as names. */
export function parameterName(name: string, safeName: (name: string) => string): string {
  const open = name.indexOf("[");
  if (open <= 0 || name.length > 256) return safeName(name);
  const parts = name.slice(open).split(/[[\]]/);
  const brackets = parts.filter((_, index) => index % 2 === 1);
  return safeName(name.slice(0, open)) + brackets.map((part) => bracket(part, safeName)).join("");
}

function bracket(part: string, safeName: (name: string) => string): string {
  return part === "" || /^\d{1,4}$/.test(part) ? "[]" : `[${safeName(part)}]`;
}
