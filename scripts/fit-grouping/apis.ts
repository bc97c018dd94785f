// Which documents serve for fitting, and what is known of the world when one provider is left out of it.
import type { Trigrams, Vocabulary } from "../../src/classify/grouping/vocabulary.ts";
import { createVocabulary, readWords } from "../../src/classify/grouping/vocabulary.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { Corpus, CorpusOperation } from "./corpus.ts";
import { randomOf } from "./random.ts";
import type { Counted } from "./tables.ts";
import { countWords, sharedEnumWords } from "./tables.ts";
import { bare } from "./traffic.ts";
import type { Lexicon } from "./values.ts";
import { trigramsOf, vocabularyOf } from "./write-tables.ts";

export const FOLDS = 5;

export interface Api {
  readonly provider: string;
  readonly name: string;
  readonly fold: number;
  readonly operations: readonly CorpusOperation[];
}

/** Folds are of whole providers. */
export function foldOf(provider: string): number {
  return hash32(`fold ${provider}`) % FOLDS;
}

// Fewer templates tell nothing of what stands side by side; more documents of one provider repeat its habits.
const MIN_TEMPLATES = 8;
const MOST_DOCUMENTS = 3;

export function apisOf(corpus: Corpus): readonly Api[] {
  return corpus.providers.flatMap(({ provider, documents }) => {
    const usable = documents.filter(({ operations }) => {
      const templates = new Set(operations.map(({ segments }) => bare(segments)));
      return templates.size >= MIN_TEMPLATES && [...templates].some((template) => template.includes("{}"));
    });
    return usable
      .sort((a, b) => hash32(a.name) - hash32(b.name))
      .slice(0, MOST_DOCUMENTS)
      .map(({ name, operations }) => ({
        provider,
        name,
        fold: foldOf(provider),
        operations: distinct(operations),
      }));
  });
}

/** Documents that name one template twice keep the first. */
function distinct(operations: readonly CorpusOperation[]): CorpusOperation[] {
  const seen = new Set<string>();
  return operations.filter(({ method, segments }) => {
    const name = `${method} ${bare(segments)}`;
    return !seen.has(name) && seen.add(name) !== undefined;
  });
}

/** What the product would know if it had never read this provider; spelling without the provider's whole fold. */
export interface Knowledge {
  readonly lexicon: Lexicon;
  vocabularyWithout(provider: string): Vocabulary;
}

export function knowledgeOf(corpus: Corpus): Knowledge {
  const counted = countWords(corpus);
  const spelling = new Map<number, Trigrams>();
  const known = new Map<string, Vocabulary>();
  return {
    lexicon: lexiconOf(corpus, counted),
    vocabularyWithout(provider) {
      const fold = foldOf(provider);
      const letters = spelling.get(fold) ?? trigramsOf(corpus, counted, othersOf(corpus, fold));
      spelling.set(fold, letters);
      const found =
        known.get(provider) ??
        createVocabulary(readWords(vocabularyOf(corpus, counted, provider).words), letters);
      known.set(provider, found);
      return found;
    },
  };
}

function othersOf({ providers }: Corpus, fold: number): Set<string> {
  return new Set(providers.map(({ provider }) => provider).filter((provider) => foldOf(provider) !== fold));
}

function lexiconOf(corpus: Corpus, counted: Counted): Lexicon {
  const examples = new Set<string>();
  for (const { documents } of corpus.providers)
    for (const { operations } of documents)
      for (const { parameters } of operations)
        for (const { examples: given = [] } of Object.values(parameters))
          for (const example of given)
            if (/^[^/?#\s]{1,40}$/.test(example)) examples.add(encodeURIComponent(example));
  return {
    routeWords: [...counted.words.keys()].sort(),
    enumWords: sharedEnumWords(counted),
    examples: [...examples].sort(),
  };
}

/** `count` of them in an order that a seed decides. */
export function sampled(apis: readonly Api[], count: number, seed: string): readonly Api[] {
  const random = randomOf(`sample ${seed}`);
  return apis
    .map((api) => [random.next(), api] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, api]) => api);
}
