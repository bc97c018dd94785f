// Measures stops 3, 4, 6 and 7 one by one, in microseconds of CPU, beside JSON.parse of the same bodies as the floor.
// npx tsc -p tsconfig.build.json && node dist/test/bench/digest.js
import { absorb } from "../../src/app/absorb.ts";
import { createCombiner } from "../../src/digest/combine.ts";
import type { DataClass } from "../../src/digest/data-class.ts";
import { createDigest } from "../../src/digest/digest.ts";
import type { Body, Exchange, Header } from "../../src/model/exchange.ts";
import { hash32 } from "../../src/model/hash.ts";
import type { ServiceState } from "../../src/model/inventory.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import { createMatcher } from "../../src/openapi/match.ts";
import { loadUnits } from "../../src/ops/units.ts";

const DATA_CLASSES = new URL("../../src/digest/data-classes/", import.meta.url);
const EXCHANGES = 4000;
const ROUNDS = 7;

/** Deterministic numbers, so that two runs measure the same work (mulberry32). */
let state = 1;
function below(limit: number): number {
  state = (state + 0x6d_2b_79_f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
}

const WORDS = "order payment shipment customer invoice blue green large small express standard".split(" ");
const word = (): string => WORDS[below(WORDS.length)] as string;

function uuid(): string {
  const hex = Array.from({ length: 32 }, () => below(16).toString(16)).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function order(items: number): unknown {
  return {
    id: uuid(),
    customer: { name: `${word()} ${word()}`, email: `user${below(1e5)}@mail.example`, tier: below(5) },
    placedAt: `2024-0${1 + below(9)}-1${below(10)}T10:0${below(10)}:00Z`,
    currency: "EUR",
    total: below(1e6) / 100,
    paid: below(2) === 0,
    coupon: null,
    items: Array.from({ length: items }, () => ({
      sku: `${word().slice(0, 3)}-${below(1e4)}`,
      quantity: 1 + below(9),
      unitPrice: below(1e5) / 100,
      note: `${word()} ${word()} ${word()}`,
    })),
  };
}

function recorded(value: unknown): Body {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { kind: "recorded", bytes, size: bytes.length, complete: true };
}

const REQUEST_HEADERS: readonly Header[] = [
  ["host", "shop.example"],
  ["user-agent", "shop-web/4.2.1 (linux)"],
  ["accept", "application/json"],
  ["content-type", "application/json"],
  ["authorization", "Bearer opaque"],
  ["x-request-id", "r-1"],
];
const RESPONSE_HEADERS: readonly Header[] = [
  ["content-type", "application/json; charset=utf-8"],
  ["server", "envoy"],
  ["cache-control", "no-store"],
  ["x-ratelimit-remaining", "99"],
];

/** A POST of 1.2 KB answered with as much. */
function anExchange(n: number): Exchange {
  return {
    startedAt: 1_700_000_000_000 + n,
    answeredAt: 1_700_000_000_000 + n + 1 + below(300),
    endedAt: null,
    source: "mirror",
    protocol: "http/1.1",
    client: { address: `10.1.0.${below(200)}`, port: 50_000 },
    server: { address: "10.2.0.10", port: 8080 },
    flags: [],
    request: {
      method: "POST",
      authority: "shop.example",
      scheme: "http",
      path: `/v1/customers/${10_000 + below(1e6)}/orders`,
      query: "expand=items",
      headers: REQUEST_HEADERS,
      body: recorded(order(11)),
    },
    outcome: {
      kind: "answered",
      response: { status: 201, headers: RESPONSE_HEADERS, body: recorded(order(11)) },
    },
  };
}

/** Microseconds of CPU (user and system) per item, best of some rounds. */
function measure(name: string, items: number, work: () => void): void {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / items);
  }
  console.log(`${name.padEnd(44)} ${best.toFixed(2).padStart(8)} µs`);
}

function bodiesOf({ request, outcome }: Exchange): readonly Uint8Array[] {
  const bodies = [request.body, ...(outcome.kind === "answered" ? [outcome.response.body] : [])];
  return bodies.flatMap((body) => (body.kind === "recorded" ? [body.bytes] : []));
}

const dataClasses = [...(await loadUnits<DataClass>(DATA_CLASSES)).values()];
const exchanges = Array.from({ length: EXCHANGES }, (_, n) => anExchange(n));
const [first] = exchanges;
const bytes = first === undefined ? [] : bodiesOf(first).map((body) => body.length);
console.log(`${EXCHANGES} exchanges, bodies of ${bytes.join(" + ")} bytes, best of ${ROUNDS} rounds`);

measure("floor: TextDecoder + JSON.parse of both bodies", EXCHANGES, () => {
  const decoder = new TextDecoder();
  for (const exchange of exchanges) for (const body of bodiesOf(exchange)) JSON.parse(decoder.decode(body));
});

const full = createDigest({ dataClasses, hash32, sampleAfter: Infinity });
measure("digest, bodies examined", EXCHANGES, () => {
  for (const exchange of exchanges) full.digest(exchange);
});

const sampled = createDigest({ dataClasses, hash32, sampleAfter: 1 });
measure("digest, sampled (every 64th examined)", EXCHANGES, () => {
  for (const exchange of exchanges) sampled.digest(exchange);
});

const sightings = exchanges.map((exchange) => full.digest(exchange));
measure("combine, examined sightings of one key", EXCHANGES, () => {
  const combiner = createCombiner({ windowMs: Infinity });
  for (const sighting of sightings) combiner.add(sighting);
  combiner.drain();
});

const counted = exchanges.map((exchange) => sampled.digest(exchange));
measure("combine, sampled sightings of one key", EXCHANGES, () => {
  const combiner = createCombiner({ windowMs: Infinity });
  for (const sighting of counted) combiner.add(sighting);
  combiner.drain();
});

function absorbed(all: readonly Sighting[], batch: number): void {
  const matcher = createMatcher([]);
  let known: ServiceState = { service: null, endpoints: new Map() };
  for (let from = 0; from < all.length; from += batch) {
    known = absorb(known, all.slice(from, from + batch), { matcher }).state;
  }
}

const some = sightings.slice(0, 500);
measure("absorb, one sighting a batch", some.length, () => absorbed(some, 1));
measure("absorb, a hundred sightings a batch", some.length, () => absorbed(some, 100));
