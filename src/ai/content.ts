// What a text is about, without a model: code, a credentials file, a table dump, or the words of a profession.
import { z } from "zod";
import rows from "./data/lexicons.json" with { type: "json" };

export const lexiconRow = z.strictObject({
  class: z.enum(["legal", "medical", "hr", "finance"]),
  source: z.url(),
  /** In lower case; several words stand one behind the other. */
  words: z.array(z.string().min(2)).min(10),
});

export type ContentClass = "code" | "credentials-file" | "table" | z.infer<typeof lexiconRow>["class"];

// A sentence or two say nothing sure about content.
const SHORTEST = 80;
// What a text is about shows in its beginning.
const LOOKED_AT = 16_384;
/** Distinct words of a profession that make a text one of it, per thousand words but no fewer than this. */
const LEAST_WORDS = 3;

const LEXICONS = z
  .array(lexiconRow)
  .parse(rows)
  .map((row) => ({
    ...row,
    single: new Set(row.words.filter((word) => !/[ /]/.test(word))),
    several: row.words.filter((word) => /[ /]/.test(word)),
  }));

const NONE: readonly ContentClass[] = [];

/** Sorted by name. */
export function contentClasses(text: string): readonly ContentClass[] {
  if (text.length < SHORTEST) return NONE;
  const looked = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text;
  const found: ContentClass[] = [];
  if (isCode(looked)) found.push("code");
  if (isCredentialsFile(looked)) found.push("credentials-file");
  found.push(...professions(looked));
  if (isTable(looked)) found.push("table");
  return found.length === 0 ? NONE : found.sort();
}

/** Statements, declarations, diffs, stack traces: one hit per line at most. */
const CODE_LINE =
  /^(?:\s*(?:import |from \S+ import|export |#include|using \w|package \w|(?:public|private|protected|static|async|abstract)\s|def \w+\s*\(|class \w+\s*[:({]|func(?:tion)?\s*\w*\s*\(|fn \w+\s*[(<]|const \w|let \w|var \w|return\b.*[;)]?$|if\s*\(.*\)\s*\{?$|for\s*\(|while\s*\(|SELECT\s.+\sFROM\s|INSERT INTO |CREATE TABLE |@@ -\d|diff --git |at \S+\(\S+:\d+|File "\S+", line \d+|Traceback \(|\}\s*(?:else|catch)|[\w.[\]]+\s*[-+*/]?=\s*[^=].*;$)|.*[;{}]\s*$)/;

function isCode(text: string): boolean {
  const lines = text.split("\n", 400).filter((line) => line.trim() !== "");
  if (lines.length < 3) return false;
  const hits = lines.filter((line) => line.length < 400 && CODE_LINE.test(line)).length;
  return hits >= 3 && hits / lines.length >= 0.25;
}

/*
  .env and the like: KEY=value lines whose names speak of secrets; INI sections of cloud credential files; kubeconfig.
*/
const SECRET_LINE =
  /^[ \t]*(?:export\s+)?[A-Z0-9_]*(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL|DSN|DATABASE_URL)[A-Z0-9_]*[ \t]*[=:][ \t]*\S+/gim;
const KEY_FILE = /-----BEGIN [A-Z ]*PRIVATE KEY-----|aws_secret_access_key|client-key-data:|"private_key_id"/;

function isCredentialsFile(text: string): boolean {
  if (KEY_FILE.test(text)) return true;
  SECRET_LINE.lastIndex = 0;
  return SECRET_LINE.test(text) && SECRET_LINE.test(text);
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
const TABLE_ROWS = 5;

/** Five lines in a row with the same number (two or more) of the same delimiter. */
function isTable(text: string): boolean {
  const lines = text.split("\n", 200);
  if (lines.length < TABLE_ROWS) return false;
  return DELIMITERS.some((delimiter) => {
    let rowsInRow = 0;
    let before = 0;
    for (const line of lines) {
      const count = line.length > 2000 ? 0 : line.split(delimiter).length - 1;
      rowsInRow = count >= 2 && count === before ? rowsInRow + 1 : 1;
      before = count;
      if (rowsInRow >= TABLE_ROWS && count >= 2) return true;
    }
    return false;
  });
}

function professions(text: string): readonly ContentClass[] {
  const words = text.toLowerCase().match(/[\p{L}][\p{L}\p{M}'’]*/gu) ?? [];
  const least = Math.max(LEAST_WORDS, Math.ceil((words.length * LEAST_WORDS) / 1000));
  const distinct = new Set(words);
  const lower = text.toLowerCase();
  return LEXICONS.filter(({ single, several }) => {
    let hits = 0;
    for (const word of distinct) if (single.has(word)) hits += 1;
    if (hits < least) for (const phrase of several) if (lower.includes(phrase)) hits += 1;
    return hits >= least;
  }).map((row) => row.class);
}
