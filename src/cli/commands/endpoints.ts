// `umbra endpoints`: the inventory on the command line: listed by condition, shown with evidence, decided about.
import type { Command } from "commander";
import type { DeclaredFacts } from "../../model/declared.ts";
import { declaredName } from "../../model/declared.ts";
import { escapeTerminal } from "../../report/escape.ts";
import { readApi } from "../api-client.ts";
import type { ApiFlags } from "../api-options.ts";
import { apiOf, declareApiFlags } from "../api-options.ts";
import type { AssignFlags } from "../assign.ts";
import { assign, declareAssignFlags } from "../assign.ts";
import { defineCommand } from "../command.ts";
import { textTable } from "../text-table.ts";

/** Conditions as the API calls them, and what they mean. */
const CONDITIONS = {
  host: "of this service",
  path: "whose template holds this text",
  method: "asked with this method",
  standing: "documented, shadow, zombie, orphan or unjudged",
  traffic: "candidate, confirmed, noise or quiet (not heard for a month, while other traffic was)",
  decision: "unreviewed, approved, to-be-retired or ignored",
  category: "api, page, asset, probe or encrypted",
  owner: "owned by",
  owned: "true or false: whether anybody owns it",
  ai: "confirmed, likely, watch or none; several with commas",
} as const;

interface ListFlags extends ApiFlags, Readonly<Partial<Record<keyof typeof CONDITIONS, string>>> {
  readonly sort?: string;
}

interface Row {
  readonly id: string;
  readonly method: string;
  readonly authority: string;
  readonly path: string;
  readonly standing: string;
  readonly confidence: string;
  readonly owner: string | null;
  readonly requests: number;
  readonly last_seen: string | null;
}

interface Detail extends Row {
  readonly standing_reason: string;
  readonly auth: readonly { readonly scheme: string; readonly requests: number }[];
  readonly data_classes: readonly { readonly data_class: string; readonly place: string }[];
  readonly ai: { readonly verdict: string; readonly kind: string | null };
  readonly facts: { readonly declared: { readonly items: readonly DeclaredFacts[] } } | null;
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly text: string }[];
}

export default defineCommand({
  id: "endpoints",
  summary: "list endpoints by condition, show one with its evidence, decide about them",
  declare(command: Command) {
    const listed = declareApiFlags(command.command("list", { isDefault: true })).description(
      "endpoints that meet all conditions",
    );
    for (const [name, means] of Object.entries(CONDITIONS)) listed.option(`--${name} <value>`, means);
    listed.option("--sort <order>", "path, -first_seen, -last_seen or -requests").action(list);
    declareApiFlags(command.command("show <endpoint>"))
      .description("what is known of an endpoint, by its id")
      .action(show);
    declareAssignFlags(command.command("decide <decision>"))
      .description("approved, to-be-retired, ignored, or unreviewed again")
      .action((decision: string, flags: AssignFlags) => assign({ decision }, flags));
  },
});

async function list({ json, url, sort, ...conditions }: ListFlags): Promise<void> {
  const query = new URLSearchParams({ limit: "500", ...(sort !== undefined && { sort }), ...conditions });
  const answer = await readApi(apiOf({ url }), `/endpoints?${query.toString()}`, "application/json");
  if (json === true) return void process.stdout.write(`${answer}\n`);
  const { items, next_cursor: next } = JSON.parse(answer) as { items: Row[]; next_cursor: string | null };
  if (items.length === 0) return void process.stdout.write("No endpoints meet these conditions.\n");
  const rows = items.map((row) => [
    row.id,
    `${row.method} ${row.authority}${row.path}`,
    row.standing,
    row.confidence,
    row.owner ?? "",
    String(row.requests),
    row.last_seen?.slice(0, 10) ?? "never",
  ]);
  const head = ["ID", "ENDPOINT", "STANDING", "CONFIDENCE", "OWNER", "REQUESTS", "LAST HEARD"];
  process.stdout.write(textTable(head, rows));
  if (next !== null) process.stdout.write("… and more: narrow the conditions, or page over REST\n");
}

interface Governed {
  readonly decision: string;
  readonly decided_by: string | null;
  readonly axes: { readonly traffic: { readonly state: string; readonly evidence: string | null } };
}

async function show(endpoint: string, flags: ApiFlags): Promise<void> {
  const path = `/endpoints/${encodeURIComponent(endpoint)}`;
  const answer = await readApi(apiOf(flags), path, "application/json");
  if (flags.json === true) return void process.stdout.write(`${answer}\n`);
  const found = JSON.parse(answer) as Detail;
  const said = await readApi(apiOf(flags), `${path}/governance`, "application/json");
  const { axes, decision, decided_by: by } = JSON.parse(said) as Governed;
  const { auth, data_classes: classes, ai, findings } = found;
  const declared = new Set(found.facts?.declared.items.map(declaredName));
  const lines = [
    `${found.method} ${found.authority}${found.path}`,
    `${found.standing}: ${found.standing_reason}`,
    `traffic: ${axes.traffic.state}, ${axes.traffic.evidence ?? "never heard"}`,
    `decision: ${decision}${by === null ? "" : ` by ${by}`}`,
    `owner: ${found.owner ?? "nobody"}`,
    ...(declared.size === 0 ? [] : [`declared as: ${listed([...declared])}`]),
    `credentials: ${listed(auth.map(({ scheme, requests }) => `${scheme} (${requests})`))}`,
    `sensitive data: ${listed(classes.map(({ data_class: name, place }) => `${name} in ${place}`))}`,
    `AI: ${ai.verdict}${ai.kind === null ? "" : `, ${ai.kind}`}`,
    ...findings.map(({ rule, severity, text }) => `${severity} ${rule}: ${text}`),
  ];
  for (const line of lines) process.stdout.write(`${escapeTerminal(line)}\n`);
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? "none" : words.join(", ");
}
