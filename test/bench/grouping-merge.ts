// Shuffles traffic, cuts it into partitions and merges them in several trees: templates and state must not differ.
// npx tsc -p tsconfig.build.json && node dist/test/bench/grouping-merge.js [captures]
import { readInput } from "../../src/app/inputs.ts";
import { loadInputReaders, loadPipeline } from "../../src/app/parts.ts";
import { decide } from "../../src/classify/grouping/decide.ts";
import { routesOf } from "../../src/classify/grouping/evidence.ts";
import type { GroupingContext, Routes } from "../../src/classify/grouping/grouping.ts";
import { createRoutes } from "../../src/classify/grouping/routes.ts";
import { canonicalJson } from "../../src/model/canonical.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { Route } from "../../src/model/route.ts";
import { routeText } from "../../src/model/route.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import { aRoute } from "../support/routes.ts";

const SHUFFLES = 20;
const PARTITIONS = 16;
const CONTEXT: GroupingContext = {
  documented: () => ({ kind: "none", reason: "" }),
  documentTemplates: [],
  pins: [],
  previous: [],
};

/** What one exchange adds. */
interface Portion {
  readonly routes: readonly Route[];
  readonly returned: Sighting["facts"]["grouping"];
}

/** xorshift32: the same bench for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const out = [...items];
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [out[at], out[other]] = [out[other] as T, out[at] as T];
  }
  return out;
}

const WORDS =
  "accounts orders users groups projects tasks files events invoices products carts devices".split(" ");
const NAMES = "ann bob carl dora emil fred gina hans ida jan karla lars mona nils olga paul".split(" ");

/** Collections with ids, names and actions, scanners, more values at one place than are kept, and deep random paths. */
function madeUp(count: number): readonly Portion[] {
  const random = randomOf(7);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] as string;
  return Array.from({ length: count }, () => {
    const draw = random();
    const word = pick(WORDS);
    const made = `${pick(NAMES)}-${Math.floor(random() * 900).toString(36)}`;
    if (draw < 0.1) return [aRoute(`/${made}.php`, { kind: "bad", callers: [7] })];
    if (draw < 0.2) return [aRoute(`/${made}/${pick(NAMES)}/${pick(WORDS)}/${made}`, { shape: word })];
    if (draw < 0.5) return [aRoute(`/v1/${word}/{uuid}`, { shape: word, requests: 1 })];
    if (draw < 0.8) return [aRoute(`/v1/${word}/${made}`, { shape: word, requests: 1 })];
    return [aRoute(`/v1/${word}/${made}/${pick(WORDS)}`, { shape: pick(WORDS), requests: 1 })];
  }).map((routes) => ({ routes, returned: { returned: returnedOf(routes) } }));
}

function returnedOf(routes: readonly Route[]) {
  const hashes = routes
    .flatMap(({ evidence }) => evidence.segments.slice(-1))
    .filter((hash) => hash !== null);
  return { kept: { name: hashes }, tau: null, rest: null };
}

/** By service. */
async function heardIn(file: string): Promise<ReadonlyMap<string, readonly Portion[]>> {
  const services = new Map<string, Portion[]>();
  const pipeline = await loadPipeline({
    name: file,
    secret: new TextEncoder().encode("bench"),
    windowMs: 1,
    deliver: async (portion) => {
      for (const { key, facts } of portion) {
        const held = services.get(key.authority) ?? [];
        services.set(key.authority, held);
        held.push({ routes: routesOf(key, facts), returned: facts.grouping });
      }
    },
  });
  await readInput(file, pipeline.sink, { readers: await loadInputReaders() });
  await pipeline.flush();
  return services;
}

function built(portions: readonly Portion[]): Routes {
  const routes = createRoutes();
  for (const { routes: rows, returned } of portions) {
    routes.add(rows);
    if (returned?.returned !== undefined) routes.addReturned(returned.returned);
  }
  return routes;
}

function told(routes: Routes): { readonly state: string; readonly templates: string } {
  const rows = [...routes.rows()].map((route) => [routeText(route), canonicalJson(route)]);
  const set = decide(routes, CONTEXT);
  return {
    state: canonicalJson([rows.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)), routes.sketch()]),
    templates: canonicalJson(set.list()),
  };
}

function merged(into: Routes, from: Routes): Routes {
  into.merge(from.rows(), from.sketch());
  return into;
}

type Tree = (parts: readonly Routes[]) => Routes;

const balanced: Tree = (parts) => {
  if (parts.length < 2) return merged(createRoutes(), parts[0] ?? createRoutes());
  const middle = parts.length >> 1;
  return merged(balanced(parts.slice(0, middle)), balanced(parts.slice(middle)));
};
const TREES: Readonly<Record<string, Tree>> = {
  left: (parts) => parts.reduce(merged, createRoutes()),
  right: (parts) =>
    parts.reduceRight((all, part) => merged(merged(createRoutes(), part), all), createRoutes()),
  balanced,
};

function measure(name: string, portions: readonly Portion[]): void {
  const expected = told(built(portions));
  const random = randomOf(hash32(name) | 1);
  let states = 0;
  let templates = 0;
  const compare = (routes: Routes): void => {
    const found = told(routes);
    if (found.state !== expected.state) states += 1;
    if (found.templates !== expected.templates) templates += 1;
  };
  for (let round = 0; round < SHUFFLES; round += 1) compare(built(shuffled(portions, random)));
  const cut = portions.map((portion) => ({ portion, part: Math.floor(random() * PARTITIONS) }));
  const parts = Array.from({ length: PARTITIONS }, (_, part) =>
    built(cut.filter((one) => one.part === part).map(({ portion }) => portion)),
  );
  for (const tree of Object.values(TREES)) compare(tree(parts));
  const kilobytes = (expected.state.length / 1024).toFixed(0);
  console.log(
    `${name}: ${portions.length} portions, ${kilobytes} KiB of state (${(expected.state.length / portions.length).toFixed(0)} bytes each), ` +
      `${SHUFFLES} shuffles and ${PARTITIONS} partitions in ${Object.keys(TREES).length} trees: ` +
      `${states} states and ${templates} sets of templates differ`,
  );
}

const files = process.argv.slice(2);
if (files.length === 0) measure("made up", madeUp(8_000));
for (const file of files) {
  for (const [authority, portions] of await heardIn(file)) measure(authority, portions);
}
