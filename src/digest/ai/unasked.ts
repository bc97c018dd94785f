// Was a sensitive value of the answer in the request? Both are at hand only here; what leaves is a count.
import type { LeakFacts } from "../../model/ai-facts.ts";
import type { DataClass } from "../data-class.ts";
import { fieldWords } from "../leaves.ts";

export interface Told {
  readonly text: string;
  readonly name: string;
}

/** Words, and groups of digits as cards, accounts and phones are written. */
const CANDIDATES =
  /[^\s"'<>,;()[\]{}]{5,256}|\+?\d(?:[\d ./-]{6,40})\d|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,8}(?: ?[A-Z0-9]{1,3})?\b/g;
const MAX_CANDIDATES = 256;

/** By data class that `told` holds: 1 answer, and whether a value of it was new to whoever asked. */
export function leaksOf(
  told: readonly Told[],
  classes: readonly DataClass[],
  asked: string,
): Readonly<Record<string, LeakFacts>> | undefined {
  if (told.length === 0) return undefined;
  const leaks = new Map<string, LeakFacts>();
  const named = told.map(({ text, name }) => ({ text, name: fieldWords(name) }));
  for (const unit of classes) {
    const values = named.flatMap(({ text, name }) => valuesOf(unit, text, name));
    if (values.length === 0) continue;
    const isNew = values.some((value) => !isIn(asked, value));
    leaks.set(unit.id, { answers: 1, unasked: isNew ? 1 : 0 });
  }
  return leaks.size === 0 ? undefined : Object.fromEntries(leaks);
}

/** The shortest parts of the text that are of the class by themselves. */
function valuesOf(unit: DataClass, text: string, name: string): readonly string[] {
  if (unit.fields !== undefined && !unit.fields.test(name)) return [];
  if (!unit.hint.test(text) || !unit.find(text, name)) return [];
  const parts = (text.match(CANDIDATES) ?? [])
    .slice(0, MAX_CANDIDATES)
    .map((part) => part.replace(/[.:!?]+$/, ""));
  const values = parts.filter((part) => unit.hint.test(part) && unit.find(part, name));
  return values.length > 0 ? values : [text];
}

function isIn(asked: string, value: string): boolean {
  if (asked.includes(value)) return true;
  const digits = value.replaceAll(/\D/g, "");
  // The same number, grouped otherwise.
  return (
    digits.length >= 8 && digits.length * 2 > value.length && asked.replaceAll(/[ ./-]/g, "").includes(digits)
  );
}
