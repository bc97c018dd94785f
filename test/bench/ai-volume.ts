// Measures false alarms among ordinary traffic: talks with models mixed 1:200 into generated traffic of public APIs.
// node --import tsx test/bench/ai-volume.ts KIT [--n 2000] [--specs 20] [--seed 7] [--prose]; KIT holds traffic.mjs and har.mjs.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createGathering } from "../../src/app/gathering.ts";
import { rulesOf } from "../../src/app/rules.ts";
import { createDigest } from "../../src/digest/digest.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { Endpoint } from "../../src/model/inventory.ts";
import { BLIND_WITH_MODELS } from "../src/ai/talks-blind-with-models.ts";
import { WITH_MODELS } from "../src/ai/talks-with-models.ts";
import { exchangesOf } from "../src/ai/talks.ts";
import { caseExchanges } from "./ai-cases.ts";
import { proseIn, wordIn } from "./ai-prose.ts";

interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: { method: string; url: string; headers: Pair[]; postData?: { text: string } };
  readonly response: { status: number; headers: Pair[]; content: { text: string } };
}
interface Pair {
  readonly name: string;
  readonly value: string;
}
interface Spec {
  readonly name: string;
  readonly host: string;
}

const option = (name: string, usual: number) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const kit = (file: string) => import(pathToFileURL(resolve(process.argv[2] ?? ".", file)).href);
const MIX = 200;
const hasProse = process.argv.includes("--prose");
const seed = option("--seed", 7);

function exchangeOf(entry: Entry, at: number): Exchange {
  const url = new URL(entry.request.url);
  const same = (text: string) => text;
  const prose = hasProse ? proseIn(seed * 100_000 + at) : same;
  const isWrite = hasProse && ["POST", "PUT", "PATCH"].includes(entry.request.method);
  const word = isWrite ? wordIn(`${seed} ${url.pathname.replaceAll(/[^/]*\d[^/]*/g, "")}`, at) : same;
  const [one] = caseExchanges([
    {
      name: "",
      label: { llm: false },
      exchanges: [
        {
          method: entry.request.method,
          host: url.host,
          path: url.pathname + url.search,
          status: entry.response.status,
          requestHeaders: named(entry.request.headers),
          responseHeaders: named(entry.response.headers),
          requestBody: prose(entry.request.postData?.text ?? ""),
          responseBody: word(prose(entry.response.content.text)),
          timing: { totalMs: hasProse ? slow(at, entry.time) : entry.time },
        },
      ],
    },
  ]);
  const startedAt = Date.parse(entry.startedDateTime);
  const [made] = one?.exchanges ?? [];
  if (made === undefined) throw new Error("no exchange");
  const shift = startedAt - made.startedAt;
  const moved = (time: number | null) => (time === null ? null : time + shift);
  return { ...made, startedAt, answeredAt: moved(made.answeredAt), endedAt: moved(made.endedAt) };
}

const named = (pairs: readonly Pair[]) =>
  Object.fromEntries(pairs.map(({ name, value }) => [name, value] as const));

/** A tenth of the calls is as slow as a model. */
const slow = (at: number, usual: number) =>
  hash32(`slow ${at}`) % 10 === 0 ? 600 + (hash32(`ms ${at}`) % 3000) : usual;

const TALKS = [...WITH_MODELS, ...BLIND_WITH_MODELS];
let turn = 0;

/** The talks one after the other, each under a path of its own. */
function* talksAt(authority: string, startedAt: number): Generator<Exchange> {
  for (;;) {
    const number = turn++;
    const talk = TALKS[number % TALKS.length];
    if (talk === undefined) return;
    for (const one of exchangesOf(talk)) {
      const shift = startedAt - one.startedAt;
      const path = `/talk-${letters(number)}${one.request.path}`;
      yield {
        ...one,
        startedAt,
        answeredAt: one.answeredAt === null ? null : one.answeredAt + shift,
        endedAt: one.endedAt === null ? null : one.endedAt + shift,
        request: { ...one.request, authority, path },
      };
    }
  }
}

const letters = (number: number) => [...String(number)].map((digit) => "abcdefghij"[Number(digit)]).join("");

const isFound = ({ ai }: Endpoint) => ai.verdict === "likely" || ai.verdict === "confirmed";
const isTalk = ({ authority }: Endpoint) => authority.startsWith("talk.");

async function main(): Promise<void> {
  const { makeTraffic } = await kit("traffic.mjs");
  const { readSpecs } = await kit("har.mjs");
  const specs: readonly Spec[] = readSpecs(pathToFileURL(resolve(process.argv[2] ?? ".", "specs.json.gz")));
  let ordinary = 0;
  let alarms = 0;
  const talked = new Set<string>();
  const found = new Set<string>();
  for (const spec of specs.slice(0, option("--specs", specs.length))) {
    const { har } = makeTraffic(spec, { n: option("--n", 2000), seed });
    const digest = createDigest({ dataClasses: [], hash32 });
    const gathering = createGathering(rulesOf({ specs: [], pins: [] }));
    const talks = talksAt(`talk.${spec.host}`, Date.parse(har.log.entries[0].startedDateTime));
    for (const [at, entry] of har.log.entries.entries()) {
      gathering.add([digest.digest(exchangeOf(entry, at))]);
      if (at % MIX !== 0) continue;
      const { value } = talks.next();
      if (value !== undefined) gathering.add([digest.digest(value)]);
    }
    for (const { endpoints } of gathering.finish()) {
      for (const endpoint of endpoints.values()) {
        const talk = `${spec.name} ${endpoint.path.split("/")[1]}`;
        if (isTalk(endpoint)) {
          talked.add(talk);
          if (isFound(endpoint)) found.add(talk);
          continue;
        }
        ordinary += 1;
        if (!isFound(endpoint)) continue;
        alarms += 1;
        const why = endpoint.ai.evidence.map(({ weight, text }) => `${weight} ${text}`).join("; ");
        console.log(
          `    false: ${spec.name} ${endpoint.method} ${endpoint.path} ${endpoint.ai.score}: ${why}`,
        );
      }
    }
  }
  console.log(
    `${ordinary} ordinary endpoints, ${alarms} false alarms (${((1000 * alarms) / Math.max(1, ordinary)).toFixed(2)} per 1,000); ${found.size} of ${talked.size} talks found`,
  );
}

await main();
