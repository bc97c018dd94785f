// Puts sentences where ordinary JSON of public APIs has words, so that texts alone raise no false alarm.
import { hash32 } from "../../src/model/hash.ts";
import { WITHOUT_MODELS } from "../src/ai/talks-without-models.ts";

const SENTENCES = [
  ...new Set(
    JSON.stringify(WITHOUT_MODELS.map(({ turns }) => turns)).match(/[A-ZÀ-Þ][^"\\{}]{30,160}[.?!]/g),
  ),
];
/** Fields that people write into. */
const WRITTEN =
  /"(name|title|description|text|body|comment|message|summary|content|notes?|reason|bio)":"(?:[^"\\]|\\.)*"/g;

/** A word to the caller, as services add it to what they answer: one of a few of each path, often two sentences long. */
export function wordIn(place: string, at: number): (text: string) => string {
  return (text) => {
    if (!text.startsWith("{") || hash32(`word ${at}`) % 2 === 0) return text;
    const pick = (turn: number) => SENTENCES[hash32(`${place} ${at % 4} ${turn}`) % SENTENCES.length];
    const word = JSON.stringify(`${pick(1)} ${pick(2)}`);
    return `{"message":${word}${/^\{\s*\}/.test(text) ? "" : ","}${text.slice(1)}`;
  };
}

/** Changes a body the same way each time. */
export function proseIn(seed: number): (text: string) => string {
  return (text) => {
    let at = 0;
    return text.replaceAll(WRITTEN, (all, name: string) => {
      at += 1;
      const pick = hash32(`${seed} ${text.length} ${at} ${name}`);
      if (pick % 3 === 0) return all;
      return `"${name}":${JSON.stringify(SENTENCES[pick % SENTENCES.length])}`;
    });
  };
}
