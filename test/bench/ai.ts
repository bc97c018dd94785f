// Measures how AI endpoints are told from others: what recall and precision survive of changes that change no meaning.
// npx tsc -p tsconfig.build.json && node dist/test/bench/ai.js [--cases FILE]
import { readFileSync } from "node:fs";
import { judge } from "../../src/classify/classify.ts";
import { createDigest } from "../../src/digest/digest.ts";
import type { Body, Exchange, Response } from "../../src/model/exchange.ts";
import { joinFacts } from "../../src/model/facts.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { AiVerdict } from "../../src/model/inventory.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import { exchangesOf } from "../src/ai/talks.ts";
import { WITH_MODELS } from "../src/ai/talks-with-models.ts";
import { WITHOUT_MODELS } from "../src/ai/talks-without-models.ts";
import { BLIND_WITH_MODELS } from "../src/ai/talks-blind-with-models.ts";
import { BLIND_WITHOUT_MODELS } from "../src/ai/talks-blind-without-models.ts";
import { caseExchanges } from "./ai-cases.ts";

interface Case {
  readonly name: string;
  /** null: no model behind it. */
  readonly kind: string | null;
  readonly exchanges: readonly Exchange[];
}

type Change = (exchange: Exchange) => Exchange;

function withBodies(change: (body: Body, type: string) => Body): Change {
  return (exchange) => {
    const { request, outcome } = exchange;
    const asked = { ...request, body: change(request.body, typeOf(request.headers)) };
    if (outcome.kind !== "answered") return { ...exchange, request: asked };
    const { response } = outcome;
    const answered: Response = { ...response, body: change(response.body, typeOf(response.headers)) };
    return { ...exchange, request: asked, outcome: { kind: "answered", response: answered } };
  };
}

function typeOf(headers: Response["headers"]): string {
  return headers.find(([name]) => name === "content-type")?.[1] ?? "";
}

function rewritten(change: (text: string, type: string) => string): Change {
  return withBodies((body, type) => {
    if (body.kind !== "recorded" || /image|audio|octet/.test(type)) return body;
    const bytes = new TextEncoder().encode(change(new TextDecoder().decode(body.bytes), type));
    return { ...body, bytes, size: bytes.length };
  });
}

const newName = (name: string) => `f${(hash32(name) % 9973).toString(36)}`;

const CHANGES: Readonly<Record<string, Change>> = {
  unchanged: (exchange) => exchange,
  "keys renamed": rewritten((text, type) => {
    if (type.includes("form-urlencoded"))
      return text.replaceAll(
        /(^|&)([^=&]+)=/g,
        (_all, before: string, name: string) => `${before}${newName(name)}=`,
      );
    return text.replaceAll(
      /(\\?")((?:[^"\\]){1,60})\1(\s*):/g,
      (_all, quote: string, name: string) => `${quote}${newName(name)}${quote}:`,
    );
  }),
  "paths renamed": (exchange) => ({
    ...exchange,
    request: {
      ...exchange.request,
      path: exchange.request.path
        .split("/")
        .map((part) => (part === "" || /\d/.test(part) ? part : `x${newName(part)}`.replaceAll(/\d/g, "q")))
        .join("/"),
    },
  }),
  "headers stripped": (exchange) => {
    const { request, outcome } = exchange;
    const only = (headers: Response["headers"]) => headers.filter(([name]) => name === "content-type");
    const asked = { ...request, headers: only(request.headers) };
    if (outcome.kind !== "answered") return { ...exchange, request: asked };
    const response = { ...outcome.response, headers: only(outcome.response.headers) };
    return { ...exchange, request: asked, outcome: { kind: "answered", response } };
  },
  "times dropped": (exchange) => ({ ...exchange, answeredAt: null, endedAt: null }),
  "bodies cut at 1 KiB": withBodies((body) =>
    body.kind === "recorded" && body.bytes.length > 1024
      ? { ...body, bytes: body.bytes.slice(0, 1024), complete: false }
      : body,
  ),
  "streams in larger pieces": rewritten((text, type) =>
    /event-stream|ndjson/.test(type) ? merged(text) : text,
  ),
  "letters of another script": rewritten((text, type) => (/html|xml|form/.test(type) ? text : greek(text))),
};

/** Two frames become one where they differ in a single text. */
function merged(stream: string): string {
  const frames = stream.match(/data: \{.*\}\n\n|\{.*\}\n?/g) ?? [];
  if (frames.length < 6 || frames.join("").length < 0.8 * stream.length) return stream;
  const out: string[] = [];
  for (let at = 0; at < frames.length; at += 2) out.push(mergedPair(frames[at] as string, frames[at + 1]));
  return out.join("");
}

function mergedPair(first: string, second: string | undefined): string {
  if (second === undefined) return first;
  const texts = (frame: string) =>
    [...frame.matchAll(/:\s*"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1] as string);
  const a = texts(first);
  const b = texts(second);
  const differing = a.flatMap((text, at) => (text === b[at] ? [] : [at]));
  const [only] = differing;
  if (a.length !== b.length || differing.length !== 1 || only === undefined) return first + second;
  return first.replace(`"${a[only]}"`, () => `"${a[only]}${b[only]}"`);
}

const LATIN = "abcdefghijklmnopqrstuvwxyz";
const GREEK = "αβκδεφγηιζκλμνοπθρστυωψχυζ";

/** Values of JSON and plain text, keys left alone. */
function greek(text: string): string {
  const swap = (value: string) =>
    /^(?:[A-Za-z0-9+/=_-]{40,}|[\w-]+|https?:.*)$/.test(value)
      ? value
      : value.replaceAll(/(?<!\\)[a-z]/gi, (letter) => GREEK[LATIN.indexOf(letter.toLowerCase())] ?? letter);
  if (!/^\s*(?:[[{]|data:)/.test(text)) return swap(text);
  return text.replaceAll(
    /(:\s*|[[,]\s*)"((?:[^"\\]|\\.)*)"(?!\s*:)/g,
    (_all, before: string, value: string) => `${before}"${swap(value)}"`,
  );
}

const ORDER = ["none", "watch", "likely", "confirmed"];
const LIKELY = 2;

function judged(exchanges: readonly Exchange[]): AiVerdict {
  const digest = createDigest({ dataClasses: [], hash32 });
  const joined = new Map<string, Sighting>();
  for (const exchange of exchanges) {
    const { key, facts } = digest.digest(exchange);
    const place = `${key.authority} ${key.method} ${key.path.replaceAll(/[^/]*\d[^/]*/g, "{}")} ${key.operation}`;
    const held = joined.get(place);
    joined.set(place, { key, facts: held === undefined ? facts : joinFacts(held.facts, facts) });
  }
  const all = [...joined.values()].map(
    (one) => judge({ ...one.key, parameters: [] }, one.facts, { kind: "none", reason: "" }).ai,
  );
  all.sort((a, b) => ORDER.indexOf(b.verdict) - ORDER.indexOf(a.verdict) || b.score - a.score);
  return all[0] as AiVerdict;
}

function own(): readonly Case[] {
  const isBlind = process.argv.includes("--blind");
  const talks = isBlind
    ? [...BLIND_WITH_MODELS, ...BLIND_WITHOUT_MODELS]
    : [...WITH_MODELS, ...WITHOUT_MODELS];
  return talks.map((talk) => ({
    name: talk.name,
    kind: talk.kind,
    exchanges: exchangesOf(talk),
  }));
}

const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

function report(
  cases: readonly Case[],
  { name, change, most }: { name: string; change: Change; most: number },
): void {
  const rows = cases.map((one) => ({ one, verdict: judged(one.exchanges.slice(0, most).map(change)) }));
  const found = rows.filter(({ verdict }) => ORDER.indexOf(verdict.verdict) >= LIKELY);
  const right = found.filter(({ one }) => one.kind !== null);
  const kinds = right.filter(({ one, verdict }) => one.kind === verdict.kind).length;
  const all = cases.filter(({ kind }) => kind !== null).length;
  console.log(
    `${name.padEnd(28)} recall ${share(right.length, all)}  precision ${share(right.length, found.length)}  kind ${share(kinds, right.length)}`,
  );
  if (!process.argv.includes("--names")) return;
  for (const { one, verdict } of rows) {
    const isFound = ORDER.indexOf(verdict.verdict) >= LIKELY;
    if (isFound !== (one.kind !== null))
      console.log(`    ${isFound ? "false" : "missed"}: ${one.name} ${verdict.score}`);
  }
}

const at = process.argv.indexOf("--cases");
const file = at < 0 ? undefined : process.argv[at + 1];
const cases = file === undefined ? own() : caseExchanges(JSON.parse(readFileSync(file, "utf8")));
console.log(
  `${cases.length} cases, ${cases.filter(({ kind }) => kind !== null).length} with models behind them`,
);
for (const most of [1, 3, 10])
  report(cases, { name: `after ${most} exchanges`, change: (exchange) => exchange, most });
for (const [name, change] of Object.entries(CHANGES)) report(cases, { name, change, most: 10 });
