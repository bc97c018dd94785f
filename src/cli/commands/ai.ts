// `umbra ai`: the AI inventory of a running Umbra, as rows or JSON, and what a person decides about it.
import type { Command } from "commander";
import { callApi, readApi } from "../api-client.ts";
import { apiOf, URL_OPTION } from "../api-options.ts";
import { defineCommand, UsageError } from "../command.ts";
import { escapeTerminal } from "../../report/escape.ts";
import { textTable } from "../text-table.ts";

interface Options {
  readonly url: string;
  readonly json?: boolean;
  readonly verdict?: string;
  readonly kind?: string;
  readonly role?: string;
  readonly vendor?: string;
  readonly model?: string;
  readonly sign?: string;
  readonly approval?: string;
  readonly reason?: string;
}

type Filter = "verdict" | "kind" | "role" | "vendor" | "model" | "sign" | "approval";

type Row = Readonly<Record<string, unknown>>;

interface View {
  readonly path: string;
  /** Options it can be narrowed by. */
  readonly filters?: readonly Filter[];
  readonly head: readonly string[];
  readonly columns: readonly string[];
}

const VIEWS: Readonly<Record<string, View>> = {
  assets: {
    path: "/ai/assets",
    filters: ["kind"],
    head: ["SERVICE", "WHAT", "VENDOR", "SERVES", "MODELS", "OPEN", "REQUESTS"],
    columns: ["authority", "kind", "vendor", "endpoint_kinds", "models", "unauthenticated", "requests"],
  },
  vendors: {
    path: "/ai/vendors",
    filters: ["approval"],
    head: ["VENDOR", "APPROVAL", "HOSTS", "CALLERS", "REQUESTS", "ENCRYPTED", "KEYS"],
    columns: ["vendor", "approval", "hosts", "callers", "requests", "connections", "keys"],
  },
  tokens: {
    path: "/ai/usage",
    head: ["CALLER", "MODEL", "SERVICE", "EXCHANGES", "IN", "OUT", "DOLLARS (ESTIMATE)"],
    columns: ["caller", "model", "authority", "exchanges", "input", "output", "dollars"],
  },
  findings: {
    path: "/ai/findings",
    head: ["SEVERITY", "RULE", "SERVICE", "WHY"],
    columns: ["severity", "rule", "authority", "text"],
  },
  dynamic: {
    path: "/ai/dynamic",
    filters: ["sign"],
    head: ["SERVICE", "SIGN", "ENDPOINTS", "SINCE", "WHY"],
    columns: ["authority", "sign", "endpoints", "since", "text"],
  },
  tools: {
    path: "/ai/servers",
    head: ["SERVER", "TOOL", "DOES", "DECLARES", "CALLS", "ERRORS", "CHANGES", "ASKS"],
    columns: ["authority", "name", "effect", "declares", "calls", "errors", "changes", "backends"],
  },
  endpoints: {
    path: "/ai/endpoints",
    filters: ["verdict", "kind", "role", "vendor", "model"],
    head: ["ID", "VERDICT", "KIND", "ROLE", "SERVICE", "METHOD", "PATH", "FINDINGS"],
    columns: ["endpoint_id", "verdict", "kind", "role", "authority", "method", "path", "findings"],
  },
  risks: {
    path: "/ai/risks",
    head: ["SEVERITY", "RULE", "OWASP", "OBSERVABLE", "ENDPOINTS", "WHAT"],
    columns: ["severity", "rule", "owasp", "observable", "endpoints", "title"],
  },
};

const DECISIONS = ["ai", "not-ai", "evidence"] as const;

export default defineCommand({
  id: "ai",
  summary: "show the AI inventory of a running Umbra",
  declare: (command: Command) =>
    void command
      .argument("[view]", `one of ${Object.keys(VIEWS).join(", ")}; or decide`, "assets")
      .argument("[id]", "decide: id of the endpoint")
      .argument("[decision]", `decide: ${DECISIONS.join(", ")}; evidence takes back what was said`)
      .option("--verdict <word>", "endpoints: confirmed, likely or watch")
      .option("--kind <kind>", "endpoints, assets: only this kind")
      .option("--role <role>", "endpoints: provider, consumer or gateway")
      .option("--vendor <name>", "endpoints: only hosts of this vendor")
      .option("--model <name>", "endpoints: only with a model of this name")
      .option("--approval <word>", "vendors: sanctioned, tolerated, unsanctioned or unreviewed")
      .option("--sign <name>", "dynamic: only services with this sign, such as route-burst")
      .option("--reason <text>", "decide: why, for the history")
      .option("--json", "the API's answers as they are, one page a line")
      .option(...URL_OPTION)
      .action(run),
});

async function run(
  name: string,
  id: string | undefined,
  decision: string | undefined,
  options: Options,
): Promise<void> {
  if (name === "decide") return decide(id, decision, options);
  const view = VIEWS[name];
  if (view === undefined) {
    throw new UsageError(`there is no view "${name}"; known: ${Object.keys(VIEWS).join(", ")}`);
  }
  const pages = await pagesOf(view, options);
  process.stdout.write(
    options.json === true ? pages.map((page) => `${page.trimEnd()}\n`).join("") : tableOf(view, pages),
  );
}

/** All of them. */
async function pagesOf({ path, filters = [] }: View, options: Options): Promise<readonly string[]> {
  const pages: string[] = [];
  const query = new URLSearchParams();
  for (const filter of filters) {
    const value = options[filter];
    if (value !== undefined) query.set(filter, value);
  }
  let cursor: string | null = null;
  do {
    if (cursor !== null) query.set("cursor", cursor);
    const asked = query.size === 0 ? path : `${path}?${query}`;
    const page = await readApi(apiOf(options), asked, "application/json");
    pages.push(page);
    cursor = (JSON.parse(page) as { readonly next_cursor?: string | null }).next_cursor ?? null;
  } while (cursor !== null);
  return pages;
}

async function decide(id: string | undefined, decision: string | undefined, options: Options): Promise<void> {
  if (id === undefined || !DECISIONS.some((known) => known === decision)) {
    throw new UsageError(`give an endpoint's id and one of ${DECISIONS.join(", ")}`);
  }
  const { reason } = options;
  const answer = await callApi(apiOf(options), {
    path: `/endpoints/${encodeURIComponent(id)}`,
    method: "PATCH",
    body: { ai: decision === "evidence" ? null : decision, ...(reason !== undefined && { reason }) },
  });
  const { method, authority, path, ai } = JSON.parse(answer) as Row & { readonly ai: Row };
  process.stdout.write(
    escapeTerminal(`${String(method)} ${String(authority)}${String(path)} is ${String(ai["verdict"])}`) +
      "\n",
  );
}

function tableOf({ head, columns }: View, pages: readonly string[]): string {
  const rows = pages
    .flatMap((page) => (JSON.parse(page) as { readonly items: readonly Row[] }).items)
    .flatMap(rowsOf);
  return rows.length === 0
    ? "nothing of it was heard\n"
    : textTable(
        head,
        rows.map((row) => columns.map((column) => cellOf(row[column]))),
      );
}

/** A server gives a row for each of its tools, a dynamic API one for each of its signs. */
function rowsOf(row: Row): readonly Row[] {
  const parts = row["tools"] ?? row["signs"];
  return Array.isArray(parts) ? (parts as Row[]).map((part) => ({ ...row, ...part })) : [row];
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
