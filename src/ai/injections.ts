// Known phrasings of prompt injection, jailbreak and exfiltration in a text: patterns, never a proof that a text is safe.
import { z } from "zod";
import rows from "./data/injections.json" with { type: "json" };
import { literalFinder } from "./literals.ts";

export const injectionRow = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  group: z.enum([
    "override",
    "jailbreak",
    "prompt-leak",
    "template-token",
    "indirect",
    "exfiltration",
    "unsafe-output",
    "encoded",
    "multilingual",
    "resource-abuse",
  ]),
  /** Of a text whose patterns add up to `FLAGGED` people should hear. */
  weight: z.number().int().min(1).max(6),
  lang: z.string(),
  pattern: z.string(),
  flags: z.string().regex(/^[imu]*$/),
  /** One of these stands, in any case, in every text that the pattern accepts. */
  needles: z.array(z.string().min(1)).optional(),
  source: z.url(),
  example: z.string(),
});

export type InjectionRow = z.infer<typeof injectionRow>;
export type InjectionGroup = InjectionRow["group"];

export const INJECTIONS: readonly InjectionRow[] = z.array(injectionRow).parse(rows);

/** Sum of weights from which on a text counts as suspicious. */
export const FLAGGED = 4;
// The slowest pattern took 36 ms on 64 KiB of hostile repetition; a window keeps one text below some milliseconds.
const WINDOW = 16_384;
const OVERLAP = 256;
/** Shorter than any of the patterns' texts that mean something. */
const SHORTEST = 8;

interface Compiled {
  readonly row: InjectionRow;
  readonly test: RegExp;
}

const COMPILED = INJECTIONS.map((row): Compiled => ({ row, test: new RegExp(row.pattern, row.flags) }));
const needled = literalFinder(
  COMPILED.flatMap((one) => (one.row.needles ?? []).map((needle) => [needle, one] as const)),
);
/** Characters that nobody types, and endless repetition. */
const UNTYPED = /[\u200B\u2060\u202A-\u202E\u2066-\u2069\uFEFF\uDB40]|\uFE0F\uFE0F|[\uFE00-\uFE0E]/;
const untyped = COMPILED.filter(({ row }) => row.needles === undefined && row.group === "encoded");
/** Format characters that hide words from patterns (Unicode category Cf, as far as text needs none of them). */
const HIDING = /[\u00AD\u200B\u2060\u202A-\u202E\u2066-\u2069\uFEFF]|\uDB40[\uDC00-\uDFFF]/g;

export interface Suspicion {
  /** Sum of the weights of what was found. */
  readonly weight: number;
  readonly groups: readonly InjectionGroup[];
}

const CLEAN: Suspicion = { weight: 0, groups: [] };

/** Looks at windows of 16 KiB of the text, as it is and with hiding characters gone. */
export function suspicionOf(text: string): Suspicion {
  if (text.length < SHORTEST) return CLEAN;
  if (text.length <= WINDOW) return windowOf(text);
  const found = new Set<Compiled>();
  for (let from = 0; from < text.length; from += WINDOW - OVERLAP) {
    for (const one of matchesIn(text.slice(from, from + WINDOW))) found.add(one);
  }
  return summed(found);
}

function windowOf(text: string): Suspicion {
  const found = matchesIn(text);
  return found.size === 0 ? CLEAN : summed(found);
}

function summed(found: ReadonlySet<Compiled>): Suspicion {
  if (found.size === 0) return CLEAN;
  let weight = 0;
  const groups = new Set<InjectionGroup>();
  for (const { row } of found) {
    weight += row.weight;
    groups.add(row.group);
  }
  return { weight, groups: [...groups].sort() };
}

const NOTHING: ReadonlySet<Compiled> = new Set();

/** Full-width letters and the letters of mathematics read like plain ones. */
const DISGUISED = /[\uFF01-\uFF5E\uD835]/;

function matchesIn(text: string): ReadonlySet<Compiled> {
  const isHiding = UNTYPED.test(text);
  const plain = isHiding || DISGUISED.test(text) ? text.replaceAll(HIDING, "").normalize("NFKC") : text;
  const candidates = needled.any(plain) ? needled.find(plain) : NOTHING;
  if (!isHiding && candidates.size === 0) return NOTHING;
  return new Set([
    ...(isHiding ? untyped.filter(({ test }) => test.test(text)) : []),
    ...[...candidates].filter(({ test }) => test.test(plain)),
  ]);
}
