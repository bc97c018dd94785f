// Makes what path grouping learned from public APIs: `node --import tsx scripts/fit-grouping/main.ts COMMAND`.
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Corpus } from "./corpus.ts";
import { loadCorpus, readCorpus, saveCorpus } from "./corpus.ts";
import { fetchPackage, PACKAGES } from "./fetch.ts";
import { writeTables } from "./write-tables.ts";

// The commands that need made values load their package only then.
const fitting = () => import("./commands.ts");

/*
  fit        everything, from nothing: fetches the descriptions, reads them into .cache/, counts vocabulary and spelling,
             makes traffic, fits, chooses all constants by providers left out, writes the tables     [--apis] [--seeds]
  tables     vocabulary, spelling and words of enumerations alone
  table      figures by size and noise, end to end, on providers left out                            [--apis 30]
  evaluate   figures end to end, and where it goes wrong                   [--apis 60] [--requests] [--noise] [--seed]
  The same descriptions give the same bytes.
*/
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const cache = `${root}/.cache/fit-grouping`;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    apis: { type: "string", default: "400" },
    seeds: { type: "string", default: "2" },
    requests: { type: "string" },
    noise: { type: "string" },
    out: { type: "string" },
    seed: { type: "string", default: "0" },
  },
});

function corpus(): Corpus {
  const file = `${cache}/corpus.json.gz`;
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    saveCorpus(file, readCorpus(fetchPackage(cache, PACKAGES.descriptions)));
  }
  return loadCorpus(file);
}

const commands: Readonly<Record<string, () => void | Promise<void>>> = {
  tables() {
    writeTables(corpus(), root);
  },
  async fit() {
    writeTables(corpus(), root);
    await (await fitting()).fitWeights(corpus(), { ...values, root });
  },
  async table() {
    await (await fitting()).tabulate(corpus(), { ...values, root });
  },
  async evaluate() {
    await (await fitting()).evaluate(corpus(), { ...values, root });
  },
};

const command = commands[positionals[0] ?? ""];
if (command === undefined) {
  console.error(`One of ${Object.keys(commands).join(", ")}.`);
  process.exit(2);
}
await command();
