// Files in, inventory out: each folder holds an input, perhaps a spec, and what must come of them.
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { scan } from "../../src/app/scan.ts";
import { readSpecFiles, specOf } from "../../src/app/specs.ts";
import type { ScanReport } from "../../src/report/scan-report.ts";

const FOLDERS = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((name) =>
    readdirSync(path.join(import.meta.dirname, name)).some((file) => file.startsWith("input.")),
  );

/** What a scenario pins down: who, what, how often, how it stands; not the wording of reasons. */
function told({ capture, endpoints, findings }: ScanReport) {
  const places = new Map(endpoints.map((row) => [row.id, `${row.method} ${row.authority}${row.path}`]));
  return {
    weirds: capture.weirds,
    endpoints: endpoints.map((row) => ({
      endpoint: `${row.method} ${row.authority}${row.path}${row.operation === null ? "" : ` ${row.operation}`}`,
      category: row.category,
      confidence: row.confidence,
      standing: row.standing,
      statuses: row.statuses,
      auth: row.auth.map((auth) => `${auth.scheme} ${auth.successes}/${auth.requests}`),
      data_classes: row.data_classes.map((found) => `${found.data_class} ${found.place} ${found.field}`),
      callers: row.callers.map((caller) => `${caller.address} ${caller.agent} ${caller.requests}`),
      ai: `${row.ai.verdict} ${row.ai.kind ?? ""}`.trim(),
    })),
    findings: findings.map((finding) => `${finding.rule} ${places.get(finding.endpoint)}`),
  };
}

describe.each(FOLDERS)("%s", (name) => {
  const folder = path.join(import.meta.dirname, name);
  test("gives what it must", async () => {
    const files = readdirSync(folder);
    const named = (kind: string) =>
      files.filter((file) => file.startsWith(`${kind}.`)).map((file) => path.join(folder, file));
    const specs = (await readSpecFiles(named("spec"))).map((file) => specOf(file, [], 0));
    const { report } = await scan({ inputs: named("input"), specs });
    const expected = path.join(folder, "expect.json");
    // UMBRA_WRITE_EXPECTED=1 writes the files anew, for a person to read before committing them.
    if (process.env["UMBRA_WRITE_EXPECTED"] === "1")
      await writeFile(expected, `${JSON.stringify(told(report), null, 2)}\n`);
    expect(told(report)).toEqual(JSON.parse(await readFile(expected, "utf8")));
  });
});
