// Tells words that public API descriptions share: the only values a shape may name, because they say nothing of anyone.
import table from "./data/enum-words.json" with { type: "json" };

const words: ReadonlySet<string> = new Set(table.words.split(" "));

const SHORTEST = 2;
// The longest words of the table, and what they gain by other spellings.
const LONGEST = 40;
const LETTERS = /^[A-Za-z]+(?:[_. -][A-Za-z]+)*$/;
const LOWER = /^[a-z_]+$/;

// Spellings of the table's words heard by one collector; a full table is emptied rather than grown.
const MAX_KNOWN = 5000;
const known = new Set<string>();

/** Whether a value may be named: a word of the public vocabulary, in lower, upper or mixed case, joined as it may be. */
export function isEnumWord(text: string): boolean {
  if (text.length < SHORTEST || text.length > LONGEST) return false;
  if (words.has(text) || known.has(text)) return true;
  if (LOWER.test(text) || !LETTERS.test(text) || !words.has(plain(text))) return false;
  if (known.size >= MAX_KNOWN) known.clear();
  // A copy, because a slice of a body would keep the whole body alive.
  known.add(JSON.parse(JSON.stringify(text)) as string);
  return true;
}

/** As the table writes it: lower case, "_" between words and at humps. */
function plain(text: string): string {
  return text
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(/[. -]/g, "_")
    .toLowerCase();
}
