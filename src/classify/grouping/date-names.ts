// Names of numbers that are parts of a date: `/archive/2024/05/17`, `/months/5`.

/** What its numbers may be, most significant first. */
const PARTS = [
  { name: "year", form: /^(?:19|20)\d\d$/, nouns: /^years?$/i },
  { name: "month", form: /^(?:0?[1-9]|1[0-2])$/, nouns: /^months?$/i },
  { name: "day", form: /^(?:0?[1-9]|[12]\d|3[01])$/, nouns: /^days?$/i },
] as const;

/** Words that dates follow. */
const DATED =
  /^(?:archives?|calendars?|dates?|history|journals?|agendas?|diary|schedules?|daily|monthly|yearly|holidays|days|months|years)$/i;

/** `around`: the place itself, `{}` for variables; `values`: all texts that stood there. */
export function datePart(around: readonly string[], values: readonly string[]): string | null {
  const noun = around.findLastIndex((segment) => segment !== "{}");
  const word = around[noun] ?? "";
  const at = around.length - noun - 2;
  const part = at === 0 ? (PARTS.find(({ nouns }) => nouns.test(word)) ?? PARTS[0]) : PARTS[at];
  if (part === undefined || values.length === 0) return null;
  if (!DATED.test(word) && !part.nouns.test(word)) return null;
  return values.every((value) => part.form.test(value)) ? part.name : null;
}
