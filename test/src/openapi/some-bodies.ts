// Random but lifelike bodies: a model of some type is drawn first, then values of it, so that evidence adds up.

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** Gives one value of a type. */
export type Model = () => Json;

const digits = (random: () => number, count: number) =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join("");
const hex = (random: () => number, count: number) =>
  Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join("");
const uuid = (random: () => number) =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;
const two = (number: number) => String(number).padStart(2, "0");

const WORDS = ["active", "inactive", "pending", "closed", "draft", "card", "bank", "user"];
const NAMES = [
  "id",
  "name",
  "status",
  "owner",
  "items",
  "total",
  "type",
  "note",
  "created",
  "constructor",
  "a b",
];
const ODD: readonly Json[] = [
  null,
  true,
  0,
  -1.5,
  2 ** 53,
  "",
  "x",
  "__proto__",
  [],
  {},
  [[]],
  "2024-13-01",
  "1e400",
];

/** A type of some depth, with everything public APIs are full of. */
export function aModel(random: () => number, depth = 0): Model {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const scalars: readonly Model[] = [
    () => uuid(random),
    () =>
      `202${digits(random, 1)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`,
    () => `202${digits(random, 1)}-01-0${1 + Math.floor(random() * 9)}T0${digits(random, 1)}:00:00Z`,
    () => `u${digits(random, 3)}@example.com`,
    () => `https://example.com/${hex(random, 6)}`,
    () => `10.${Math.floor(random() * 255)}.0.1`,
    () => pick(WORDS.slice(0, 2 + Math.floor(depth))),
    () => pick(WORDS),
    () => hex(random, 1 + Math.floor(random() * 20)),
    () => Math.floor(random() * 1000),
    () => Math.floor(random() * 2 ** 45) - 2 ** 44,
    () => random() * 100,
    () => random() < 0.5,
    () => pick(ODD),
  ];
  if (depth >= 3 || random() < 0.55) {
    const scalar = pick(scalars);
    const isNullable = random() < 0.2;
    const isEmpty = random() < 0.1;
    return () => (isNullable && random() < 0.3 ? null : isEmpty && random() < 0.3 ? "" : scalar());
  }
  return pick([record, record, list, map, union, tree, tuple, mixture])(random, depth);
}

function record(random: () => number, depth: number): Model {
  const names = NAMES.filter(() => random() < 0.5);
  const fields = names.map((name) => ({
    name,
    model: aModel(random, depth + 1),
    presence: random() < 0.6 ? 1 : random(),
  }));
  return () =>
    Object.fromEntries(
      fields.filter(({ presence }) => random() <= presence).map(({ name, model }) => [name, model()]),
    );
}

function list(random: () => number, depth: number): Model {
  const item = aModel(random, depth + 1);
  return () => Array.from({ length: Math.floor(random() * 4) }, item);
}

function map(random: () => number, depth: number): Model {
  const value = aModel(random, depth + 1);
  const key = random() < 0.5 ? () => uuid(random) : () => `k${hex(random, 3)}`;
  return () => Object.fromEntries(Array.from({ length: Math.floor(random() * 5) }, () => [key(), value()]));
}

function union(random: () => number, depth: number): Model {
  const kinds = WORDS.slice(0, 2 + Math.floor(random() * 3)).map((type) => ({
    type,
    body: record(random, depth + 1),
  }));
  return () => {
    const { type, body } = kinds[Math.floor(random() * kinds.length)] as (typeof kinds)[number];
    return { ...(body() as object), [`only_${type}`]: 1, type: random() < 0.98 ? type : "odd one" };
  };
}

function tree(random: () => number): Model {
  const leaf = record(random, 3);
  const node = (level: number): Json => ({
    ...(leaf() as object),
    id: Math.floor(random() * 99),
    label: hex(random, 4),
    children: level > 3 ? [] : Array.from({ length: Math.floor(random() * 3) }, () => node(level + 1)),
  });
  return () => node(0);
}

function tuple(random: () => number, depth: number): Model {
  const positions = [aModel(random, depth + 2), aModel(random, depth + 2)];
  const isFirm = random() < 0.8;
  return () => (isFirm || random() < 0.95 ? positions.map((position) => position()) : []);
}

function mixture(random: () => number, depth: number): Model {
  const models = [aModel(random, depth + 1), aModel(random, depth + 1)];
  return () => (models[Math.floor(random() * 2)] as Model)();
}
