// `umbra graph`: who talks to whom, as rows or as a drawing.
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { escapeTerminal } from "../../report/escape.ts";
import { readApi } from "../api-client.ts";
import { apiOf, URL_OPTION } from "../api-options.ts";
import { defineCommand, UsageError } from "../command.ts";
import { textTable } from "../text-table.ts";

interface Options {
  readonly service?: string;
  readonly level?: string;
  readonly reach?: boolean;
  readonly format: string;
  readonly out?: string;
  readonly url: string;
}

/** What the API gives for each; "table" is made here of the rows. */
const ASKED: Readonly<Record<string, string>> = {
  table: "json",
  json: "json",
  dot: "dot",
  mermaid: "mermaid",
};

export default defineCommand({
  id: "graph",
  summary: "show who talks to whom, from a running Umbra",
  declare: (command: Command) =>
    void command
      .option("--service <authority>", "only calls to this service, by endpoint")
      .option("--level <what>", "service or endpoint: what is called")
      .option("--reach", "who reaches what they should not, and what exposed AI endpoints can reach")
      .option("--format <id>", `one of ${Object.keys(ASKED).join(", ")}`, "table")
      .option("--out <path>", "write there instead of stdout")
      .option(...URL_OPTION)
      .action(run),
});

async function run(options: Options): Promise<void> {
  const text = options.reach === true ? await reachText(options) : await graphText(options);
  if (options.out === undefined) process.stdout.write(text);
  else await writeFile(options.out, text);
}

interface Reach {
  readonly reaches: readonly { readonly rule: string; readonly severity: string; readonly text: string }[];
  readonly exposed: readonly {
    readonly endpoint_id: string;
    readonly services: readonly string[];
    readonly data_classes: readonly string[];
    readonly reached: readonly unknown[];
  }[];
}

async function reachText({ format, url }: Options): Promise<string> {
  const answer = await readApi(apiOf({ url }), "/graph/reach", "application/json");
  if (format === "json") return `${answer}\n`;
  const { reaches, exposed } = JSON.parse(answer) as Reach;
  const lines = [
    ...reaches.map(({ rule, severity, text }) => `${severity}  ${rule}: ${text}`),
    ...exposed.map(({ endpoint_id: id, reached, services, data_classes: data }) => {
      const carries = data.length === 0 ? "" : `, which carry ${data.join(", ")}`;
      return `exposed  ${id}: ${reached.length} endpoints of ${services.length} services can be reached from it${carries}`;
    }),
  ];
  if (lines.length === 0) return "Nobody was heard reaching what they should not.\n";
  return lines.map((line) => `${escapeTerminal(line)}\n`).join("");
}

async function graphText({ service, level, format, url }: Options): Promise<string> {
  const asked = Object.hasOwn(ASKED, format) ? ASKED[format] : undefined;
  if (asked === undefined)
    throw new UsageError(`there is no format "${format}"; known: ${Object.keys(ASKED).join(", ")}`);
  const query = new URLSearchParams({ format: asked });
  if (service !== undefined) query.set("service", service);
  if (level !== undefined) query.set("level", level);
  const api = apiOf({ url });
  const answer = await readApi(api, `/graph?${query.toString()}`, "*/*");
  return format === "table" ? tableOf(JSON.parse(answer) as Graph) : answer;
}

interface Graph {
  readonly callers: readonly { readonly id: string; readonly name: string }[];
  readonly targets: readonly {
    readonly id: string;
    readonly authority: string;
    readonly method: string | null;
    readonly path: string | null;
    readonly operation: string | null;
  }[];
  readonly edges: readonly {
    readonly caller: string;
    readonly target: string;
    readonly direction: string;
    readonly requests: number;
    readonly first_seen: string;
    readonly last_seen: string;
  }[];
  readonly edges_left_out: number;
}

function tableOf({ callers, targets, edges, edges_left_out: left }: Graph): string {
  const names = new Map(callers.map(({ id, name }) => [id, name]));
  const places = new Map(
    targets.map(({ id, authority, method, path, operation }) => [
      id,
      [method, `${authority}${path ?? ""}`, operation].filter((part) => part !== null).join(" "),
    ]),
  );
  const rows = edges.map((edge) => [
    names.get(edge.caller) ?? edge.caller,
    places.get(edge.target) ?? edge.target,
    edge.direction,
    String(edge.requests),
    edge.first_seen.slice(0, 10),
    edge.last_seen.slice(0, 10),
  ]);
  if (rows.length === 0) return "No calls were heard yet.\n";
  const table = textTable(["CALLER", "CALLS", "DIRECTION", "REQUESTS", "FIRST", "LAST"], rows);
  return `${table}${left > 0 ? `… and ${left} more, the quietest\n` : ""}`;
}
