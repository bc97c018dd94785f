// Measures what reading texts adds to the digest: on traffic without any model, on talks, and on the worst texts there are.
// npx tsc -p tsconfig.build.json && node dist/test/bench/texts.js
import { createDigest } from "../../src/digest/digest.ts";
import type { DataClass } from "../../src/digest/data-class.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { hash32 } from "../../src/model/hash.ts";
import { loadUnits } from "../../src/ops/units.ts";
import type { Talk } from "../src/ai/talks.ts";
import { exchangesOf } from "../src/ai/talks.ts";
import { WITH_MODELS } from "../src/ai/talks-with-models.ts";
import { WITHOUT_MODELS } from "../src/ai/talks-without-models.ts";

const DATA_CLASSES = new URL("../../src/digest/data-classes/", import.meta.url);
const ROUNDS = 9;
const dataClasses = [...(await loadUnits<DataClass>(DATA_CLASSES)).values()];

/** Microseconds of CPU per exchange, best of some rounds, turn about so that both see the same machine. */
function compare(name: string, exchanges: readonly Exchange[]): void {
  const best = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [at, texts] of [false, true].entries()) {
      const digest = createDigest({ dataClasses, hash32, sampleAfter: Infinity, texts });
      const before = process.cpuUsage();
      for (const exchange of exchanges) digest.digest(exchange);
      const { user, system } = process.cpuUsage(before);
      best[at] = Math.min(best[at] as number, (user + system) / exchanges.length);
    }
  const [off = 0, on = 0] = best;
  console.log(
    `${name.padEnd(44)} ${off.toFixed(1).padStart(9)} µs without ${on.toFixed(1).padStart(9)} µs with ${(100 * (on / off - 1)).toFixed(1).padStart(7)} %`,
  );
}

const WORDS = "order payment shipment customer invoice blue green large small express standard".split(" ");
const word = (n: number): string => WORDS[Math.abs(hash32(String(n))) % WORDS.length] as string;

/** Orders: names and notes of a few words, no text. */
function order(n: number): unknown {
  return {
    id: `${hash32(`${n}`)}`,
    customer: { name: `${word(n)} ${word(n + 1)}`, email: `user${n}@mail.example`, tier: n % 5 },
    placedAt: "2024-05-11T10:00:00Z",
    total: n / 100,
    paid: n % 2 === 0,
    items: Array.from({ length: 11 }, (_, at) => ({
      sku: `${word(n + at).slice(0, 3)}-${n % 9973}`,
      quantity: 1 + (at % 9),
      unitPrice: (n % 1000) / 7,
      note: `${word(at)} ${word(at + n)} ${word(at * n)}`,
    })),
  };
}

const plain = (ask: unknown, say: unknown, method = "POST"): Talk => ({
  name: "",
  kind: null,
  method,
  path: "/v1/orders",
  turns: [{ ask, say }],
});

const many = (make: (n: number) => Talk, count: number) =>
  Array.from({ length: count }, (_, n) => exchangesOf(make(n))).flat();

const NOTE = "Please leave the parcel at the door of the neighbour if nobody is at home in the afternoon.";
const SIZE = 65_536;
const filled = (text: string) => text.repeat(Math.ceil(SIZE / text.length)).slice(0, SIZE);

compare(
  "reads of orders",
  many((n) => plain(undefined, order(n), "GET"), 2000),
);
compare(
  "orders sent and answered",
  many((n) => plain(order(n), order(n + 1)), 2000),
);
compare(
  "one order in ten with a note in prose",
  many(
    (n) => plain(n % 10 === 0 ? { ...(order(n) as object), comment: NOTE } : order(n), order(n + 1)),
    2000,
  ),
);
compare(
  "every order with a note in prose",
  many((n) => plain({ ...(order(n) as object), comment: NOTE }, order(n + 1)), 2000),
);
compare(
  "orders answered with a word to the caller",
  many((n) => plain(order(n), { ...(order(n + 1) as object), message: NOTE }), 2000),
);
compare(
  "talks without models",
  many((n) => WITHOUT_MODELS[n % WITHOUT_MODELS.length] as Talk, 400),
);
compare(
  "talks with models",
  many((n) => WITH_MODELS[n % WITH_MODELS.length] as Talk, 400),
);

const HOSTILE: Readonly<Record<string, unknown>> = {
  "64 KiB of spaces": filled(" "),
  "64 KiB of short words": filled("a of "),
  "64 KiB of one word": filled("a"),
  "64 KiB of angle brackets": filled("<script "),
  "64 KiB of ampersands": filled("&amp"),
  "64 KiB of quotes": filled('\\"'),
  "64 KiB of brackets": filled("["),
  "64 KiB of asterisks": filled("**a "),
  "64 KiB of Chinese": filled("的了是"),
  "thousands of small texts": Array.from({ length: 3000 }, (_, n) => `a text of some words ${n}`),
  "thousands of turns": Array.from({ length: 1000 }, (_, n) => ({
    a: `said by somebody ${n}`,
    b: `and by another one ${n}`,
  })),
  "thousands of lists": Object.fromEntries(
    Array.from({ length: 1500 }, (_, n) => [`f${n}`, ["some words here"]]),
  ),
  "thousands of fields": Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`f${n}`, "a b c d"])),
};
for (const [name, say] of Object.entries(HOSTILE)) {
  compare(
    name,
    many(() => plain({ q: "what is the meaning of this, please?", s: say }, { a: say }), 4),
  );
  if (typeof say === "string")
    compare(
      `${name}, as a page`,
      many(() => ({ ...plain({ q: "what is the meaning of this, please?" }, say), sayType: "text/html" }), 4),
    );
  if (typeof say === "string")
    compare(
      `${name}, as events`,
      many(
        () => ({
          ...plain({ q: "what is the meaning of this, please?" }, `data: ${say}\n\n`),
          sayType: "text/event-stream",
        }),
        4,
      ),
    );
}
compare(
  "64 KiB of events",
  many(
    () => ({
      ...plain({ q: "what is it, please?" }, 'data: {"a":"b "}\n\n'.repeat(3800)),
      sayType: "text/event-stream",
    }),
    4,
  ),
);
