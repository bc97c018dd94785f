// `umbra ai`: the AI inventory of a running Umbra, as rows or JSON.
import type { Command } from "commander";
import { DEFAULT_API, readApi } from "../api-client.ts";
import { defineCommand, UsageError } from "../command.ts";
import { textTable } from "../text-table.ts";

interface Options {
  readonly url: string;
  readonly json?: boolean;
  readonly verdict?: string;
  readonly kind?: string;
  readonly role?: string;
  readonly vendor?: string;
  readonly model?: string;
}

type Row = Readonly<Record<string, unknown>>;

interface View {
  readonly path: string;
  /** Field of the answer that holds the rows. */
  readonly field: string;
  readonly head: readonly string[];
  readonly columns: readonly string[];
}

const VIEWS: Readonly<Record<string, View>> = {
  assets: {
    path: "/ai",
    field: "assets",
    head: ["SERVICE", "WHAT", "VENDOR", "SERVES", "MODELS", "OPEN", "REQUESTS"],
    columns: ["authority", "kind", "vendor", "endpoint_kinds", "models", "unauthenticated", "requests"],
  },
  vendors: {
    path: "/ai",
    field: "vendors",
    head: ["VENDOR", "APPROVAL", "HOSTS", "CALLERS", "REQUESTS", "ENCRYPTED", "KEYS"],
    columns: ["vendor", "approval", "hosts", "callers", "requests", "connections", "keys"],
  },
  tokens: {
    path: "/ai",
    field: "usage",
    head: ["CALLER", "MODEL", "SERVICE", "EXCHANGES", "IN", "OUT", "DOLLARS (ESTIMATE)"],
    columns: ["caller", "model", "authority", "exchanges", "input", "output", "dollars"],
  },
  findings: {
    path: "/ai",
    field: "findings",
    head: ["SEVERITY", "RULE", "SERVICE", "WHY"],
    columns: ["severity", "rule", "authority", "text"],
  },
  tools: {
    path: "/ai/servers",
    field: "items",
    head: ["SERVER", "TOOL", "DOES", "DECLARES", "CALLS", "ERRORS", "CHANGES", "ASKS"],
    columns: ["authority", "name", "effect", "declares", "calls", "errors", "changes", "backends"],
  },
  endpoints: {
    path: "/ai/endpoints",
    field: "items",
    head: ["VERDICT", "KIND", "ROLE", "SERVICE", "METHOD", "PATH", "FINDINGS"],
    columns: ["verdict", "kind", "role", "authority", "method", "path", "findings"],
  },
  risks: {
    path: "/ai/risks",
    field: "items",
    head: ["SEVERITY", "RULE", "OWASP", "OBSERVABLE", "ENDPOINTS", "WHAT"],
    columns: ["severity", "rule", "owasp", "observable", "endpoints", "title"],
  },
};

export default defineCommand({
  id: "ai",
  summary: "show the AI inventory of a running Umbra",
  declare: (command: Command) =>
    void command
      .argument("[view]", `one of ${Object.keys(VIEWS).join(", ")}`, "assets")
      .option("--verdict <word>", "endpoints: confirmed, likely or watch")
      .option("--kind <kind>", "endpoints: only this kind")
      .option("--role <role>", "endpoints: provider, consumer or gateway")
      .option("--vendor <name>", "endpoints: only hosts of this vendor")
      .option("--model <name>", "endpoints: only with a model of this name")
      .option("--json", "the API's answer as it is")
      .option("--url <address>", "where Umbra runs; a token is taken from UMBRA_API_TOKEN", DEFAULT_API)
      .action(run),
});

const FILTERS = ["verdict", "kind", "role", "vendor", "model"] as const;

async function run(name: string, { url, json, ...filters }: Options): Promise<void> {
  const view = VIEWS[name];
  if (view === undefined) {
    throw new UsageError(`there is no view "${name}"; known: ${Object.keys(VIEWS).join(", ")}`);
  }
  const query = new URLSearchParams();
  for (const filter of FILTERS) {
    const value = filters[filter];
    if (value !== undefined) query.set(filter, value);
  }
  const path = name === "endpoints" ? `${view.path}?${query}` : view.path;
  const text = await readApi({ url, token: process.env["UMBRA_API_TOKEN"] }, path, "application/json");
  process.stdout.write(json === true ? `${text.trimEnd()}\n` : tableOf(view, text));
}

function tableOf({ field, head, columns }: View, text: string): string {
  const answer = JSON.parse(text) as Readonly<Record<string, readonly Row[]>>;
  const rows = (answer[field] ?? []).flatMap(rowsOf);
  return rows.length === 0
    ? "nothing of it was heard\n"
    : textTable(
        head,
        rows.map((row) => columns.map((column) => cellOf(row[column]))),
      );
}

/** A server gives a row for each of its tools. */
function rowsOf(row: Row): readonly Row[] {
  const tools = row["tools"];
  return Array.isArray(tools) ? (tools as Row[]).map((tool) => ({ ...row, ...tool })) : [row];
}

// What does not fit on a line is in --json.
const SHOWN = 3;

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (!Array.isArray(value)) return String(value);
  const words = (value as unknown[]).map((item) =>
    typeof item === "object" && item !== null ? String((item as Row)["rule"]) : String(item),
  );
  const left = words.length - SHOWN;
  return `${words.slice(0, SHOWN).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}
