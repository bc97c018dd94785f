// Marks of generated text and of interfaces to it: telling names in many languages, phrases, layout, names of models.
import { modelName } from "../../ai/model-names.ts";
import { fieldWords } from "../leaves.ts";
import phraseRows from "./data/phrases.json" with { type: "json" };
import wordRows from "./data/words.json" with { type: "json" };

type WordList = keyof typeof wordRows;

/** Field names are compared as `fieldWords` gives them, so that data may spell them as their languages do. */
const lists = new Map<WordList, ReadonlySet<string>>();
for (const list of Object.keys(wordRows) as WordList[])
  lists.set(list, new Set(wordRows[list].split(" ").map((word) => fieldWords(word))));

export function isNamed(list: WordList, name: string): boolean {
  return lists.get(list)?.has(name) === true;
}

/** How many of the names are in the list. */
export function countNamed(list: WordList, names: Iterable<string>): number {
  let count = 0;
  for (const name of names) if (isNamed(list, name)) count += 1;
  return count;
}

/** The list holds the name or a word of it. */
export function isNamedInPart(list: WordList, name: string): boolean {
  return isNamed(list, name) || name.split("_").some((word) => isNamed(list, word));
}

const compile = (rows: readonly string[]) => rows.map((row) => new RegExp(row, "iu"));
const REFUSAL = compile(phraseRows.refusal);
const STYLE = compile(phraseRows.style);
const QUESTION = compile(phraseRows.question);
// What a text opens and closes with; phrases in its middle are rarer than the cost of looking.
const OPENING = 240;
const CLOSING = 200;

export function isRefusal(text: string): boolean {
  return REFUSAL.some((form) => form.test(text.slice(0, OPENING)));
}

export function hasStyle(text: string): boolean {
  const looked =
    text.length <= OPENING + CLOSING ? text : `${text.slice(0, OPENING)}\n${text.slice(-CLOSING)}`;
  return STYLE.some((form) => form.test(looked));
}

export function isQuestion(text: string): boolean {
  const looked = text.length <= 2 * OPENING ? text : text.slice(0, OPENING) + text.slice(-OPENING);
  return QUESTION.some((form) => form.test(looked));
}

const MARKDOWN: readonly RegExp[] = [
  /\*\*[^*\n]{2,80}\*\*/,
  /```/,
  /^#{1,4} \S/m,
  /(?:^|\n)[-*•] \S.{1,200}\n[-*•] \S/,
  /(?:^|\n)1[.)] \S[^\n]{1,300}\n+2[.)] \S/,
  /`[^`\n]{2,60}`/,
  /\[\d{1,2}\](?!\()/,
  /(?:^|\s)\*[^*\n\s][^*\n]{1,40}[^*\n\s]?\*(?:[\s.,]|$)/,
];
const LAYOUT_AT = 4000;

export function hasMarkdown(text: string): boolean {
  const looked = text.slice(0, LAYOUT_AT);
  return MARKDOWN.some((form) => form.test(looked));
}

/** A size ("7b", "70B") or a build of weights ("-instruct", "-GGUF") marks the name of a model of a family unknown. */
const WEIGHTS =
  /(?:^|[-_:/.])(?:\d{1,3}(?:\.\d)?|\d{1,2}x\d{1,2})b(?:$|[-_:./])|-(?:instruct|chat|gguf|awq|gptq|fp8|int4|q4_k_m)(?:$|[-_:])/i;
/** Family, version, variant: what stands under any name and is a model all the same. */
const VERSIONED = /^[\w./]+[-:]?\d[\w.]*[-:]|[-:]\w*\d/;
const MAX_MODEL = 80;

/** The name of a model; families are words, so without a version they count only under a name that says what it is. */
export function isModel(text: string, name: string): boolean {
  if (text.length < 3 || text.length > MAX_MODEL || !/^[\w.:@/-]+$/.test(text)) return false;
  if (isNamedInPart("modelNames", name)) return WEIGHTS.test(text) || modelName(text) !== null;
  return VERSIONED.test(text) && modelName(text) !== null;
}
