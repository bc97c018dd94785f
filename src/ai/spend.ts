// What tokens would cost by public list prices: an estimate that says so, never an invoice.
import { z } from "zod";
import rows from "./data/prices.json" with { type: "json" };

export const priceRow = z.strictObject({
  /** The beginning of the model's name, behind any provider prefix. */
  model: z.string().min(2),
  /** US dollars per million tokens. */
  input: z.number().min(0),
  output: z.number().min(0),
  source: z.url(),
});

const PRICES = z
  .array(priceRow)
  .parse(rows)
  .sort((a, b) => b.model.length - a.model.length);

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** Dollars by list price, or null for a model without one (self-hosted, or not in the table). */
export function estimatedDollars(model: string, { input, output }: Tokens): number | null {
  const name = model.toLowerCase().replace(/^.*[/:](?=[a-z])/, "");
  const price = PRICES.find((row) => name.startsWith(row.model));
  return price === undefined ? null : (input * price.input + output * price.output) / 1_000_000;
}

/** Names of fields that count tokens, and which side they count. */
const INPUT =
  /^(?:prompt_?tokens?|input_?tokens?|prompt_?eval_?count|promptTokenCount|inputTextTokenCount|tokens_?in|inputTokenCount|cache_(?:creation|read)_input_tokens|billed_input_tokens)$/i;
const OUTPUT =
  /^(?:completion_?tokens?|output_?tokens?|eval_?count|candidatesTokenCount|generated_?tokens?|tokens_?out|outputTokenCount|tokens_predicted|thoughtsTokenCount)$/i;

export type TokenSide = "input" | "output";

// Field names of all services of one collector; a full table is emptied rather than grown.
const MAX_KNOWN = 10_000;
const known = new Map<string, TokenSide | null>();

export function tokenSide(field: string): TokenSide | null {
  const found = known.get(field);
  if (found !== undefined) return found;
  const side = INPUT.test(field) ? "input" : OUTPUT.test(field) ? "output" : null;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(field, side);
  return side;
}
