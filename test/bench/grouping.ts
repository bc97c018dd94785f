// Measures grouping: microseconds for a route and a match, bytes of state, CPU to decide many templates anew and again.
// npx tsc -p tsconfig.build.json && node --expose-gc dist/test/bench/grouping.js
import { decide } from "../../src/classify/grouping/decide.ts";
import type { GroupingContext } from "../../src/classify/grouping/grouping.ts";
import { createRoutes } from "../../src/classify/grouping/routes.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { Route } from "../../src/model/route.ts";

const CONTEXT: GroupingContext = {
  documented: () => ({ kind: "none", reason: "" }),
  documentTemplates: [],
  pins: [],
  previous: [],
};

function routeOf(path: string, shape: string): Route {
  const keys = ["id", "name", ...[1, 2, 3, 4].map((n) => `${shape}${n}`)].map(hash32).sort((a, b) => a - b);
  return {
    kind: "good",
    key: { method: "GET", path, declared: false, style: "rest", operation: null },
    evidence: {
      requests: 3,
      firstSeen: 1,
      lastSeen: 2,
      protocol: "h2",
      statuses: { "200": 3 },
      callers: [11, 22, 33],
      authenticated: 3,
      answers: { json: 3 },
      keys,
      listed: 0,
      pages: {},
      segments: path
        .split("/")
        .slice(1)
        .map((segment) => (segment.includes("{") ? null : hash32(segment))),
    },
  };
}

const WORDS = (
  "accounts orders users groups projects tasks files folders events messages invoices payments products carts customers " +
  "devices networks servers images volumes keys tokens roles permissions policies reports alerts metrics logs jobs " +
  "queues topics channels members teams comments labels issues releases builds tests domains records certificates " +
  "webhooks templates settings contacts campaigns"
).split(" ");

/** Collections below sections, each with an item by id and three other resources below it: five templates each. */
function service(templates: number): readonly Route[] {
  const routes: Route[] = [];
  for (let n = 0; n < templates / 5; n += 1) {
    const base = `/v1/${WORDS[Math.floor(n / WORDS.length) % WORDS.length]}/${WORDS[n % WORDS.length]}`;
    routes.push(routeOf(base, `list${n}`), routeOf(`${base}/{uuid}`, `item${n}`));
    for (const step of [7, 11, 19]) {
      const below = WORDS[hash32(`${n} ${step}`) % WORDS.length];
      routes.push(routeOf(`${base}/{uuid}/${below}`, `${below}${n}`));
    }
  }
  return routes;
}

/** Owners with repositories, each with the same five resources: few templates of many words nobody knows. */
function owners(routes: number): readonly Route[] {
  const made = (n: number) => `${WORDS[n % 7]}${(hash32(`${n}`) % 9e8).toString(36)}`.replaceAll(/\d/g, "x");
  return Array.from({ length: routes }, (_, n) => {
    const resource = WORDS[n % 5] as string;
    const [owner, repository] = [made(Math.floor(n / 100)), made(1e6 + Math.floor(n / 5))];
    return routeOf(`/repos/${owner}/${repository}/${resource}`, resource);
  });
}

/** Milliseconds of CPU of all threads, collecting garbage and compiling included: others on the machine matter less. */
function cpuMillis(work: () => void): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** Bytes that are in use, once for all what is not has been collected (run with --expose-gc). */
function heldBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const ms = (numbers: readonly number[]): string => numbers.map((number) => number.toFixed(0)).join(", ");

function measure(name: string, rows: readonly Route[]): void {
  const before = heldBytes();
  const routes = createRoutes();
  const adding = cpuMillis(() => routes.add(rows));
  const state = heldBytes() - before;
  let set = decide(createRoutes(), CONTEXT);
  const decideAll = (): number =>
    cpuMillis(() => {
      set = decide(routes, CONTEXT);
      set.list();
    });
  const deciding = decideAll();
  const again = [1, 10, 100].map((count) => {
    routes.add(rows.slice(0, count));
    return decideAll();
  });
  const matching = cpuMillis(() => {
    for (let round = 0; round < 10; round += 1) for (const { key } of rows) set.match(key);
  });
  const held = heldBytes() - before - state;
  const bytes = JSON.stringify([...routes.rows()]).length;
  const each = (total: number): string => (total / rows.length).toFixed(0);
  console.log(
    [
      `${name}: ${set.list().length} templates of ${rows.length} routes`,
      `add ${((adding / rows.length) * 1000).toFixed(1)} µs a route`,
      `decide ${deciding.toFixed(0)} ms of CPU`,
      `again with 1, 10, 100 routes heard ${ms(again)} ms`,
      `match ${((matching / rows.length / 10) * 1000).toFixed(2)} µs`,
      `state ${each(bytes)} bytes a route as JSON, ${each(state)} held, ${each(held)} more once decided`,
      `RSS ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
    ].join(", "),
  );
}

for (const templates of [100, 1000, 10_000, 10_000]) measure("collections", service(templates));
measure("owners", owners(10_000));
