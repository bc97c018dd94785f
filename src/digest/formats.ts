// Recognises the format of a text value, so that a shape can say "every value here was a date-time".
import ipaddr from "ipaddr.js";
import type { FormatName } from "../model/formats.ts";
import { formatBit } from "../model/formats.ts";

/*
  Every recogniser accepts a subset of what JSON Schema validators (ajv-formats) accept under the same name, so that a
  document rendered from the survivors never rejects what was seen.
*/

// Kinds of characters, as bits: one pass over the text rules most formats out before any pattern runs.
const DIGIT = 1;
const LOWER = 2;
const UPPER = 4;
const DASH = 8;
const COLON = 16;
const DOT = 32;
const AT = 64;
const PLUS = 128;
const SLASH = 256;
const UNDERSCORE = 512;
const EQUALS = 1024;
const HASH = 2048;
const OPENING = 4096;
const SPACE = 8192;
const OTHER = 16_384;
const LETTER = LOWER | UPPER;
const ANY = 32_767;

interface Recogniser {
  readonly name: FormatName;
  /** All of these kinds must occur, and none outside `within`. */
  readonly needs: number;
  readonly within: number;
  readonly shortest: number;
  readonly longest: number;
  readonly test: (text: string) => boolean;
}

const pattern =
  (form: RegExp): ((text: string) => boolean) =>
  (text) =>
    form.test(text);

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** RFC 3339 full-date. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)].map(Number) as [
    number,
    number,
    number,
  ];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0));
}

/** RFC 3339 full-time: the offset is part of it. */
const isTime = pattern(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,12})?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i);

function isDateTime(text: string): boolean {
  return /^[t ]$/i.test(text.charAt(10)) && isDate(text.slice(0, 10)) && isTime(text.slice(11));
}

/** A part of RFC 5321's Mailbox: what all validators take. */
export const EMAIL =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}$/i;
const URI =
  /^[a-z][a-z0-9+.-]*:\/\/([\w.~!$&'()*+,;=:-]+@)?[\w.~-]+(:\d{1,5})?(\/([\w.~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*)?(\?([\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?(#([\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?$/i;
const HOSTNAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const DURATION = /^P(?!$)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)$/;
const IPV4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;

// ISO 3166-1 alpha-2 and the ISO 4217 codes in circulation.
const COUNTRIES =
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";
const CURRENCIES =
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";
const countries = new Set(COUNTRIES.split(" "));
const currencies = new Set(CURRENCIES.split(" "));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const row = (
  name: FormatName,
  [needs, within]: readonly [number, number],
  [shortest, longest]: readonly [number, number],
  test: (text: string) => boolean,
): Recogniser => ({ name, needs, within, shortest, longest, test });

const RECOGNISERS: readonly Recogniser[] = [
  row(
    "uuid",
    [DIGIT | DASH, DIGIT | LETTER | DASH],
    [36, 36],
    pattern(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  ),
  row(
    "date-time",
    [DIGIT | DASH | COLON, DIGIT | LETTER | DASH | COLON | DOT | PLUS | SPACE],
    [20, 45],
    isDateTime,
  ),
  row("date", [DIGIT | DASH, DIGIT | DASH], [10, 10], isDate),
  row("time", [DIGIT | COLON, DIGIT | LETTER | COLON | DASH | DOT | PLUS], [9, 28], isTime),
  row("duration", [DIGIT | UPPER, DIGIT | UPPER], [3, 40], pattern(DURATION)),
  row("email", [AT | DOT, ANY], [6, 254], pattern(EMAIL)),
  row("uri", [COLON | SLASH, ANY], [6, 2048], pattern(URI)),
  row("ipv4", [DIGIT | DOT, DIGIT | DOT], [7, 15], pattern(IPV4)),
  row("ipv6", [COLON, DIGIT | LETTER | COLON | DOT], [2, 45], (text) => ipaddr.IPv6.isValid(text)),
  row("hostname", [DOT, DIGIT | LETTER | DOT | DASH], [4, 253], pattern(HOSTNAME)),
  row("integer", [DIGIT, DIGIT | DASH], [1, 40], pattern(/^(-?[1-9]\d*|0)$/)),
  row("decimal", [DIGIT, DIGIT | DASH | DOT], [1, 60], pattern(/^-?(0|[1-9]\d*)(\.\d+)?$/)),
  row("boolean", [LOWER, LOWER], [4, 5], pattern(/^(true|false)$/)),
  row(
    "byte",
    // Words, media types and ids of letters and digits are written in the same characters.
    [DIGIT | LOWER | UPPER, DIGIT | LETTER | PLUS | SLASH | EQUALS],
    [8, 4096],
    pattern(/^(?=.*[+/=])(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
  ),
  row("hex", [0, DIGIT | LETTER], [6, 4096], pattern(/^([0-9a-f]{2})+$|^([0-9A-F]{2})+$/)),
  row(
    "jwt",
    [DOT | LOWER, DIGIT | LETTER | DASH | UNDERSCORE | DOT],
    [30, 4096],
    pattern(/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/),
  ),
  row("ulid", [UPPER | DIGIT, UPPER | DIGIT], [26, 26], pattern(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)),
  row("phone", [PLUS | DIGIT, PLUS | DIGIT], [8, 16], pattern(/^\+[1-9]\d{6,14}$/)),
  row(
    "locale",
    [LOWER, LETTER | DASH | UNDERSCORE | DIGIT],
    [2, 11],
    pattern(/^[a-z]{2,3}([-_][A-Z][a-z]{3})?([-_]([A-Z]{2}|\d{3}))?$/),
  ),
  row("country", [UPPER, UPPER], [2, 2], (text) => countries.has(text)),
  row("currency", [UPPER, UPPER], [3, 3], (text) => currencies.has(text)),
  row(
    "semver",
    [DIGIT | DOT, DIGIT | LETTER | DOT | DASH | PLUS],
    [5, 80],
    pattern(/^\d{1,9}\.\d{1,9}\.\d{1,9}(-[\w.-]+)?(\+[\w.-]+)?$/),
  ),
  row("color", [HASH, DIGIT | LETTER | HASH], [4, 9], pattern(/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i)),
  row("json", [OPENING, ANY], [2, 4096], (text) => /^[[{]/.test(text) && isJson(text)),
];

interface Candidate extends Recogniser {
  readonly bit: number;
}

/** Recognisers that texts of certain kinds of characters can pass; filled as kinds occur, at most 2^15 of them. */
const bySeen = new Map<number, readonly Candidate[]>();

function candidatesFor(seen: number): readonly Candidate[] {
  const known = bySeen.get(seen);
  if (known !== undefined) return known;
  const fitting = RECOGNISERS.filter(
    ({ needs, within }) => (seen & needs) === needs && (seen & ~within) === 0,
  );
  const found = fitting.map((recogniser) => ({ ...recogniser, bit: formatBit(recogniser.name) }));
  bySeen.set(seen, found);
  return found;
}

// No format above is longer; what is longer has none.
const LONGEST = 4096;

/** Bits (see model/formats.ts) of those formats among `candidates` that `text` is in. `text` is not empty. */
export function formatsOf(text: string, candidates: number): number {
  const { length } = text;
  if (candidates === 0 || length > LONGEST) return 0;
  let passed = 0;
  for (const { bit, shortest, longest, test } of candidatesFor(kindsIn(text))) {
    if ((candidates & bit) !== 0 && length >= shortest && length <= longest && test(text)) passed |= bit;
  }
  return passed;
}

const KINDS = new Uint16Array(128).fill(OTHER);
const mark = (chars: string, kind: number): void => {
  for (const char of chars) KINDS[char.charCodeAt(0)] = kind;
};
mark("0123456789", DIGIT);
mark("abcdefghijklmnopqrstuvwxyz", LOWER);
mark("ABCDEFGHIJKLMNOPQRSTUVWXYZ", UPPER);
for (const [char, kind] of [
  ["-", DASH],
  [":", COLON],
  [".", DOT],
  ["@", AT],
  ["+", PLUS],
  ["/", SLASH],
] as const) {
  mark(char, kind);
}
for (const [char, kind] of [
  ["_", UNDERSCORE],
  ["=", EQUALS],
  ["#", HASH],
  ["[{", OPENING],
  [" ", SPACE],
] as const) {
  mark(char, kind);
}

function kindsIn(text: string): number {
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    seen |= code < 128 ? (KINDS[code] as number) : OTHER;
  }
  return seen;
}
