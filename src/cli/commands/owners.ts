// `umbra owners`: who owns what: shown, set, read from the files people already keep.
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { DeclaredFacts } from "../../model/declared.ts";
import { callApi, readApi } from "../api-client.ts";
import type { ApiFlags } from "../api-options.ts";
import { apiOf, declareApiFlags } from "../api-options.ts";
import type { AssignFlags } from "../assign.ts";
import { assign, declareAssignFlags } from "../assign.ts";
import { defineCommand, UsageError } from "../command.ts";
import { DECLARED_HEAD, declaredCells } from "../declared-text.ts";
import { textTable } from "../text-table.ts";

interface Claim {
  readonly owner: string;
  readonly source: string;
  readonly confidence: number;
  readonly reason: string;
}

interface Axis {
  readonly state: string;
  readonly since: string | null;
  readonly by: string | null;
  readonly evidence: string | null;
}

export default defineCommand({
  id: "owners",
  summary: "show, set and import who owns what",
  declare(command: Command) {
    declareApiFlags(command.command("show <endpoint>"))
      .description("who owns an endpoint, who else is named, who is proposed, and how it stands since when")
      .action(show);
    declareAssignFlags(command.command("set <owner>"))
      .description("say who owns endpoints; `none` takes it back")
      .action((owner: string, flags: AssignFlags) =>
        assign({ owner: owner === "none" ? null : owner }, flags),
      );
    declareApiFlags(command.command("import <files...>"))
      .description(
        "CODEOWNERS, catalog-info.yaml, or rules `owners: [{owner, host, path, service, namespace, workload, labels}]`",
      )
      .action(importFiles);
    declareApiFlags(command.command("files")).description("files of owners that were imported").action(files);
    declareApiFlags(command.command("forget <file>"))
      .description("what this file said is said no more")
      .action(forget);
  },
});

async function show(endpoint: string, flags: ApiFlags): Promise<void> {
  const path = `/endpoints/${encodeURIComponent(endpoint)}/governance`;
  const answer = await readApi(apiOf(flags), path, "application/json");
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const { owner, conflicts, proposals, declared, axes } = JSON.parse(answer) as {
    readonly axes: Readonly<Record<string, Axis>>;
    readonly owner: Claim | null;
    readonly conflicts: readonly Claim[];
    readonly proposals: readonly Claim[];
    readonly declared: { readonly items: readonly DeclaredFacts[]; readonly contradictory: boolean };
  };
  const row = (role: string) => (claim: Claim) => [
    role,
    claim.owner,
    claim.source,
    `${claim.confidence}`,
    claim.reason,
  ];
  const rows = [
    ...(owner === null ? [] : [row("owner")(owner)]),
    ...conflicts.map(row("also named")),
    ...proposals.map(row("proposed")),
  ];
  process.stdout.write(
    rows.length === 0
      ? "Nobody is named, and nobody near it has an owner.\n"
      : textTable(["", "OWNER", "SAID BY", "CONFIDENCE", "WHY"], rows),
  );
  if (declared.items.length > 0)
    process.stdout.write(textTable(DECLARED_HEAD, declared.items.map(declaredCells)));
  if (declared.contradictory) process.stdout.write("Not all that is declared can be who answers.\n");
  const stands = Object.entries(axes).map(([name, { state, since, by, evidence }]) => [
    name,
    state,
    since?.slice(0, 10) ?? "",
    by ?? "",
    evidence ?? "",
  ]);
  process.stdout.write(textTable(["AXIS", "STATE", "SINCE", "BY", "WHY"], stands));
}

async function importFiles(names: readonly string[], flags: ApiFlags): Promise<void> {
  for (const name of names) {
    const text = await readFile(name, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${name}: cannot be read (${error.code ?? "unknown"})`);
    });
    const path = `/owner-files?${new URLSearchParams({ name }).toString()}`;
    const answer = await callApi(apiOf(flags), { path, method: "POST", text });
    const { kind } = JSON.parse(answer) as { kind: string };
    process.stdout.write(
      flags.json === true ? `${answer}\n` : `${textTable(["FILE", "KIND"], [[name, kind]])}`,
    );
  }
}

async function files(flags: ApiFlags): Promise<void> {
  const answer = await readApi(apiOf(flags), "/owner-files", "application/json");
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const { items } = JSON.parse(answer) as { items: { name: string; kind: string; uploaded_at: string }[] };
  const rows = items.map((file) => [file.name, file.kind, file.uploaded_at]);
  process.stdout.write(
    rows.length === 0 ? "No files were imported.\n" : textTable(["FILE", "KIND", "SINCE"], rows),
  );
}

async function forget(file: string, flags: ApiFlags): Promise<void> {
  await callApi(apiOf(flags), { path: `/owner-files/${encodeURIComponent(file)}`, method: "DELETE" });
}
