// docs/capture-health.md lists every counter that the decoders and live sources report.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { LIVE_COUNTERS } from "../../collectors/pcap/live-source.ts";
import { COUNTERS } from "../../collectors/wire/counters.ts";
import { PORT_COUNTERS } from "../../collectors/wire/ports.ts";
import { ROOT } from "./repository.ts";

const FILE = path.join(ROOT, "docs/capture-health.md");

const PIPELINE = {
  exchanges: "exchanges heard",
  "exchanges.unknown": "of those, how many have an unknown outcome",
  "flows.encrypted": "TLS connections that became sightings because their content stayed closed",
  sightings: "sightings handed to the stream, after merging",
  records: "records of a log or HAR document",
  "inputs.complete": "1 once an input was read to its end",
};

function table(counters: Readonly<Record<string, string>>): string {
  const rows = Object.entries(counters).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return ["| counter | what it counts |", "|---|---|", ...rows].join("\n");
}

const ports = Object.fromEntries(
  Object.entries(PORT_COUNTERS).map(([name, meaning]) => [`port.<port>.${name}`, meaning]),
);

const TEXT = `# Capture health

What a collector could and could not hear, as counters that only grow. \`umbra doctor\` turns them into sentences,
\`GET /api/v1/health/capture\` and \`umbra scan --format json\` give them as they are. Beside them stand *weirds*: input
that did not fit, by name.

## All inputs

${table(PIPELINE)}

## Packets

${table(COUNTERS)}

## Server ports

The first 64 ports of a collector have counters of their own, all others count as \`port.other.…\`.

${table(ports)}

## Live sources

${table(LIVE_COUNTERS)}
`;

test("docs/capture-health.md is what the code counts", () => {
  if (process.env["UMBRA_WRITE_DOCS"] === "1") writeFileSync(FILE, TEXT);
  expect(
    readFileSync(FILE, "utf8"),
    "write it anew: UMBRA_WRITE_DOCS=1 npx vitest run --project unit test/meta/capture-health.test.ts",
  ).toBe(TEXT);
});
