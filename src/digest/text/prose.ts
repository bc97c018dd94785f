// Tells natural language from names, codes and numbers, in many scripts, by letters and small words alone.
import stopwordRows from "./data/stopwords.json" with { type: "json" };

/** "prose": sentences or questions; "words": too short or too bare to tell; "none": no words at all. */
export type Wording = "prose" | "words" | "none";

export interface Prose {
  readonly wording: Wording;
  /** Language of most small words, or the script where that is telling; "" when neither is. */
  readonly language: string;
}

// A language shows within its first sentences; the cost of a long text must not grow with it.
const LOOKED_AT = 1500;

const languagesOf = new Map<string, string[]>();
for (const [language, words] of Object.entries(stopwordRows as Record<string, string>)) {
  for (const word of words.split(" ")) languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);
}

type Script = "latin" | "spaced" | "dense" | "thai" | "none";

interface Tally {
  letters: number;
  /** Everything but spaces. */
  marks: number;
  upper: number;
  sentences: number;
  readonly scripts: Record<Script, number>;
  readonly languages: Map<string, number>;
}

const NONE: Prose = { wording: "none", language: "" };

export function proseOf(text: string): Prose {
  const looked = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text;
  const tally = tallyOf(looked);
  const { letters, marks, scripts } = tally;
  if (letters < 4 || letters < 0.6 * marks) return NONE;
  if (scripts.dense >= 0.4 * letters) return denseProse(looked, tally);
  if (scripts.thai >= 0.55 * letters) return { wording: letters >= 12 ? "prose" : "words", language: "thai" };
  const words = looked.match(/[\p{L}\p{M}'’]+/gu) ?? [];
  if (words.length < 2) return NONE;
  if (scripts.spaced >= 0.55 * letters) return spacedProse(words, tally);
  return latinProse(words, tally);
}

function tallyOf(text: string): Tally {
  const tally: Tally = {
    letters: 0,
    marks: 0,
    upper: 0,
    sentences: 0,
    scripts: { latin: 0, spaced: 0, dense: 0, thai: 0, none: 0 },
    languages: new Map(),
  };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x3000 || code === 0xa0) continue;
    tally.marks += 1;
    const script = scriptOf(code);
    if (script === "none") {
      if (isSentenceMark(code)) tally.sentences += 1;
      continue;
    }
    tally.letters += 1;
    tally.scripts[script] += 1;
    if (code >= 0x41 && code <= 0x5a) tally.upper += 1;
  }
  return tally;
}

/** . , ? ! : and what other scripts have for them. */
function isSentenceMark(code: number): boolean {
  return ".,?!:;".includes(String.fromCharCode(code)) || "。、？！，।؟،".includes(String.fromCharCode(code));
}

/** Blocks of Unicode, first to last, by how their languages write words. */
const BLOCKS: readonly (readonly [from: number, to: number, script: Script])[] = [
  [0xc0, 0x24f, "latin"],
  [0x370, 0x8ff, "spaced"],
  [0x900, 0xdff, "spaced"],
  [0xe00, 0xeff, "thai"],
  [0xf00, 0xfff, "spaced"],
  [0x1000, 0x109f, "thai"],
  [0x10a0, 0x13ff, "spaced"],
  [0x1780, 0x17ff, "thai"],
  [0x1e00, 0x1eff, "latin"],
  [0x1f00, 0x1fff, "spaced"],
  [0x3041, 0x30ff, "dense"],
  [0x3400, 0x9fff, "dense"],
  [0xac00, 0xd7af, "spaced"],
  [0xf900, 0xfaff, "dense"],
];

function scriptOf(code: number): Script {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) ? "latin" : "none";
  for (const [from, to, script] of BLOCKS) if (code >= from && code <= to) return script;
  return "none";
}

/** Particles that sentences of Chinese have and lists of names lack. */
const HAN_PARTICLES = /[的了是在不我你您有吗嗎么麼怎什请請这這那和会會可以能为為吧呢]/gu;
const KANA = /[\u3041-\u309f]/gu;

function denseProse(text: string, { letters }: Tally): Prose {
  const kana = (text.match(KANA) ?? []).length;
  const language = kana >= 2 ? "kana" : "han";
  const particles = kana >= 2 ? kana / 2 : (text.match(HAN_PARTICLES) ?? []).length;
  const isProse = letters >= 8 && particles >= Math.max(1, letters / 24);
  return { wording: isProse ? "prose" : "words", language };
}

function spacedProse(words: readonly string[], tally: Tally): Prose {
  const { letters } = tally;
  noteLanguages(words, tally);
  const mean = letters / words.length;
  const isHangul = /[\uac00-\ud7af]/.test(words[0] ?? "");
  const isProse = letters >= (isHangul ? 8 : 14) && words.length >= 3 && mean >= 1.5 && mean <= 14;
  return { wording: isProse ? "prose" : "words", language: commonest(tally) || scriptName(words[0] ?? "") };
}

function scriptName(word: string): string {
  return `script-${(word.codePointAt(0) ?? 0) >> 8}`;
}

/** Four words and two small ones; five and one; or six that read like a sentence in a language unknown. */
function latinProse(words: readonly string[], tally: Tally): Prose {
  const small = noteLanguages(words, tally);
  const { letters, upper, sentences } = tally;
  const mean = letters / words.length;
  const language = commonest(tally);
  if (words.length < 4 || mean < 2 || mean > 13) return { wording: "words", language };
  const isProse =
    small >= 2 ||
    (small >= 1 && words.length >= 5) ||
    (words.length >= 6 && upper <= 0.3 * letters && sentences > 0);
  return { wording: isProse ? "prose" : "words", language };
}

/** How many small words there are, of any language. */
function noteLanguages(words: readonly string[], { languages }: Tally): number {
  let small = 0;
  for (const word of words) {
    const found = languagesOf.get(word.toLowerCase());
    if (found === undefined) continue;
    small += 1;
    for (const language of found) languages.set(language, (languages.get(language) ?? 0) + 1);
  }
  return small;
}

/** The language with clearly the most small words: two more than any other, or all of two. */
function commonest({ languages }: Tally): string {
  const ranked = [...languages].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (first === undefined || first[1] < 2) return "";
  return first[1] > (second?.[1] ?? 0) ? first[0] : "";
}

const CODE_WORDS =
  /\b(?:def|return|function|const|let|var|import|class|public|void|static|SELECT|FROM|WHERE|JOIN|INSERT|UPDATE|elif|else|for|while|None|null|async|await|println|printf|end|fn|func|self|this)\b|=>|\+=|==|:=|->|\(\)|^@@|^[+-]/gm;
const SYMBOLS = /[{}()[\];=<>+*/|&$#@]/g;

/** Program text, queries, diffs: words of such languages and many of their signs. */
export function isCode(text: string): boolean {
  if (text.length < 12) return false;
  const looked = text.slice(0, LOOKED_AT);
  const signs = (looked.match(SYMBOLS) ?? []).length;
  if (signs < 2 || signs < 0.025 * looked.length) return false;
  return new Set(looked.match(CODE_WORDS) ?? []).size >= 2;
}
