// How often drift is told where nothing changed, and how often where something did: weeks of traffic, several seeds.
// node --import tsx test/bench/drift.ts [--seeds 5] [--days 10]
import { createDigest } from "../../src/digest/digest.ts";
import { driftOf } from "../../src/inventory/drift.ts";
import { emptyHistory, growHistory, historyOf } from "../../src/model/history.ts";
import { hash32 } from "../../src/model/hash.ts";
import { anExchange, json } from "../src/digest/an-exchange.ts";
import type { Json } from "../src/openapi/some-bodies.ts";
import { randomFrom } from "../src/openapi/some-bodies.ts";

const DAY = 86_400_000;
const FIRST_DAY = 20_000;

function numberAfter(flag: string, fallback: number): number {
  const at = process.argv.indexOf(flag);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
}

const SEEDS = numberAfter("--seeds", 5);
const DAYS = numberAfter("--days", 10);

interface Answer {
  status: number;
  body: Record<string, Json>;
  sent: Record<string, Json>;
  isOpen: boolean;
}

type Change = (answer: Answer, random: () => number) => void;

/** What an endpoint does from the seventh day on that it did not before, and what that must be called. */
const CHANGES: readonly (readonly [expected: string, Change])[] = [
  ["field-gone", ({ body }) => delete body["total"]],
  ["field-optional", ({ body }, random) => random() < 0.2 && delete body["total"]],
  ["field-new", ({ body }) => (body["discount"] = 1)],
  ["kind-new", ({ body }) => (body["id"] = `o-${String(body["id"])}`)],
  ["kind-new", ({ body }, random) => random() < 0.1 && (body["total"] = null)],
  ["format-changed", ({ body }) => (body["at"] = "1767225600")],
  ["value-new", ({ body }, random) => random() < 0.1 && (body["status"] = "archived")],
  ["auth-weakened", (answer, random) => (answer.isOpen = random() < 0.2)],
  ["status-new", (answer, random) => random() < 0.05 && (answer.status = 202)],
  ["status-mix", (answer, random) => random() < 0.3 && (answer.status = 500)],
  ["kind-gone", ({ sent }) => (sent["note"] = null)],
  [
    "field-required",
    (answer, random) =>
      answer.sent["key"] === undefined
        ? random() < 0.8
          ? (answer.status = 400)
          : (answer.sent["key"] = "k")
        : null,
  ],
];

/** Requests on one day of an endpoint, with everything traffic varies by. */
function answerOf(random: () => number): Answer {
  const words = ["active", "pending", "closed"];
  const body: Record<string, Json> = {
    id: Math.floor(random() * 1e6),
    total: Math.floor(random() * 1e4) / 100 + 0.01,
    at: `2026-01-0${1 + Math.floor(random() * 9)}T00:00:00Z`,
    status: words[Math.floor(random() ** 2 * 3)] as string,
  };
  if (random() < 0.6) body["coupon"] = random() < 0.02 ? null : "none left";
  if (random() < 0.01) body["warning"] = "odd";
  const luck = random();
  const status = luck < 0.01 ? 500 : luck < 0.03 ? 404 : luck < 0.05 ? 422 : 200;
  const sent: Record<string, Json> = { note: random() < 0.3 ? null : "text" };
  if (random() < 0.5) sent["key"] = "k";
  return { status, body, sent, isOpen: false };
}

function categoriesOf(seed: number, perDay: number, change: Change | null): readonly string[] {
  const random = randomFrom(seed);
  const { digest } = createDigest({ dataClasses: [], hash32, texts: false });
  const history = emptyHistory();
  for (let day = 0; day < DAYS; day += 1) {
    const weekday = (FIRST_DAY + day) % 7;
    const requests = Math.round(perDay * (weekday < 2 ? 0.4 : 1) * (0.7 + random() * 0.6));
    for (let at = 0; at < requests; at += 1) {
      const answer = answerOf(random);
      if (day >= 6) change?.(answer, random);
      const sent = json(answer.sent);
      const headers = answer.isOpen
        ? sent.headers
        : [...sent.headers, ["authorization", "Bearer x"] as const];
      const got = answer.status < 300 ? answer.body : { error: "failed" };
      const exchange = anExchange({
        startedAt: (FIRST_DAY + day) * DAY + at * 100,
        client: { address: `203.0.113.${Math.floor(random() ** 2 * 40)}`, port: 1 },
        request: { method: "POST", path: "/orders", headers, body: sent.body },
        response: { status: answer.status, ...json(got) },
      });
      growHistory(history, historyOf(digest(exchange).facts));
    }
  }
  return driftOf("ep", history)
    .filter(({ probe }) => !probe)
    .map(({ category, location }) => `${category} ${location}`);
}

for (const perDay of [60, 300]) {
  const seeds = Array.from({ length: SEEDS }, (_, at) => at + 1);
  const alarms = seeds.map((seed) => categoriesOf(seed, perDay, null));
  process.stdout.write(
    `${perDay} a day: ${alarms.flat().length} false alarms in ${SEEDS * DAYS} days ${[...new Set(alarms.flat())].join(", ")}\n`,
  );
  for (const [expected, change] of CHANGES) {
    const told = seeds.map((seed) => categoriesOf(seed, perDay, change));
    const found = told.filter((list) => list.some((one) => one.startsWith(`${expected} `))).length;
    const twice = told.filter((list) => new Set(list).size < list.length).length;
    const others = [...new Set(told.flat().filter((one) => !one.startsWith(`${expected} `)))];
    process.stdout.write(
      `    ${expected}: told ${found} of ${SEEDS}${twice > 0 ? `, twice ${twice}` : ""}; beside it: ${others.join(", ") || "nothing"}\n`,
    );
  }
}
