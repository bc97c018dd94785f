// What texts at an endpoint were about or tried, in words that policies can ask for: direction, then what.
import type { Endpoint } from "../model/inventory.ts";
import { aiFactsOf, classesAt } from "./ai-words.ts";

/**
 * `prompt code`, `answer legal`: content. `prompt override`, `tool-result indirect`: patterns of injection, where all of
 * them together weighed enough. `prompt email`, `answer iban`: data classes. `unasked iban`: a value nobody had sent.
 */
export function saidAt(endpoint: Endpoint): ReadonlySet<string> {
  const { content = {}, patterns = {}, leaks = {} } = aiFactsOf(endpoint);
  const flagged = Object.entries(patterns).filter(([, facts]) => facts.flagged > 0);
  const unasked = Object.entries(leaks).filter(([, facts]) => facts.unasked > 0);
  return new Set([
    ...Object.keys(content),
    ...flagged.map(([key]) => key),
    ...unasked.map(([dataClass]) => `unasked ${dataClass}`),
    ...classesAt(endpoint, "request.body").map((dataClass) => `prompt ${dataClass}`),
    ...classesAt(endpoint, "response.body").map((dataClass) => `answer ${dataClass}`),
  ]);
}

/** Classes of AI software that called. */
export function actorsAt(endpoint: Endpoint): ReadonlySet<string> {
  return new Set(Object.keys(aiFactsOf(endpoint).actors ?? {}));
}
