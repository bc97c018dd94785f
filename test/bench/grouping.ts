// Measures grouping: microseconds per exchange for evidence and match, bytes of state, time to decide many templates.
// npx tsc -p tsconfig.build.json && node dist/test/bench/grouping.js
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

function millis(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

for (const templates of [100, 1000, 10_000]) {
  const rows = service(templates);
  const routes = createRoutes();
  const adding = millis(() => routes.add(rows));
  let set = decide(createRoutes(), CONTEXT);
  const decideAll = (): number =>
    millis(() => {
      set = decide(routes, CONTEXT);
      set.list();
    });
  const deciding = decideAll();
  const again = [1, 10, 100].map((count) => {
    routes.add(rows.slice(0, count));
    return decideAll();
  });
  const matching = millis(() => {
    for (let round = 0; round < 10; round += 1) for (const { key } of rows) set.match(key);
  });
  const bytes = JSON.stringify([...routes.rows()]).length;
  console.log(
    [
      `${set.list().length} templates of ${rows.length} routes`,
      `add ${((adding / rows.length) * 1000).toFixed(1)} µs a route`,
      `decide ${deciding.toFixed(0)} ms`,
      `again with 1, 10, 100 routes heard ${again.map((ms) => ms.toFixed(0)).join(", ")} ms`,
      `match ${((matching / rows.length / 10) * 1000).toFixed(2)} µs`,
      `${(bytes / rows.length).toFixed(0)} bytes a route`,
    ].join(", "),
  );
}
