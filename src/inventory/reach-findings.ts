// Who reaches what they should not, and what an exposed AI endpoint is worth, as findings about endpoints.
import type { Endpoint } from "../model/inventory.ts";
import { blastRadius, exposedAi } from "./blast-radius.ts";
import type { PlaceFinder } from "./places.ts";
import type { HeldFinding } from "./finding-life.ts";
import type { HostIndex, NetworkRow } from "./host-index.ts";
import { hostIndexOf } from "./host-index.ts";
import { reachRules, shouldNotReach } from "./should-not-reach.ts";

/** What the ids of these rules begin with. */
const PREFIX = "reach.";

const BLAST = {
  id: `${PREFIX}blast-radius`,
  title: "Much can be reached from an AI endpoint that is called from outside",
};

/** Ids and titles of all rules, in order. */
export const REACH_RULES = [
  ...reachRules.map(({ id, severity, title }) => ({ id: `${PREFIX}${id}`, severity, title })),
  { ...BLAST, severity: "medium" as const },
];

const TITLES = new Map(REACH_RULES.map(({ id, title }) => [id, title]));

export function isReach(rule: string): boolean {
  return rule.startsWith(PREFIX);
}

/** By id of the endpoint. Others than these hold nowhere, as far as `index` has everything. */
export type ReachFindings = ReadonlyMap<string, readonly HeldFinding[]>;

/** One for each rule and endpoint, whoever and however many reach it. */
export function reachFindings(index: HostIndex): ReachFindings {
  const found = new Map<string, Map<string, { severity: HeldFinding["severity"]; texts: string[] }>>();
  const note = (endpointId: string, rule: string, severity: HeldFinding["severity"], text: string): void => {
    const own = found.get(endpointId) ?? new Map<string, { severity: typeof severity; texts: string[] }>();
    found.set(endpointId, own);
    const held = own.get(rule);
    if (held === undefined) own.set(rule, { severity, texts: [text] });
    else held.texts.push(text);
  };
  for (const { endpointId, rule, severity, text } of shouldNotReach(index))
    note(endpointId, `${PREFIX}${rule}`, severity, text);
  for (const row of eachService(exposedAi(index.rows))) {
    const told = blastText(row, index);
    if (told !== null) note(row.id, BLAST.id, told.severity, told.text);
  }
  return new Map(
    [...found].map(([id, rules]) => [
      id,
      [...rules].map(([rule, { severity, texts }]) => ({
        rule,
        severity,
        title: TITLES.get(rule) ?? rule,
        text: joined(texts),
        notify: severity === "high" || severity === "critical" ? ["owner"] : [],
        reviewWithinDays: null,
      })),
    ]),
  );
}

/** The same of whole endpoints, in their order. Where nobody names networks, who are users stays unknown. */
export function reachFindingsOf(
  endpoints: readonly Endpoint[],
  placeOf: PlaceFinder = () => null,
): readonly (Pick<HeldFinding, "rule" | "severity" | "text"> & { readonly endpointId: string })[] {
  const found = reachFindings(hostIndexOf(endpoints, placeOf));
  return endpoints.flatMap(({ id }) =>
    (found.get(id) ?? []).map(({ rule, severity, text }) => ({ rule, severity, text, endpointId: id })),
  );
}

// Callers, services or classes named in one sentence; the graph has all.
const MAX_NAMED = 3;

function joined(texts: readonly string[]): string {
  const more = texts.length - MAX_NAMED;
  return `${texts.slice(0, MAX_NAMED).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

/** What is reached depends on the servers: of a service's endpoints the one known longest speaks for all. */
function eachService(rows: readonly NetworkRow[]): readonly NetworkRow[] {
  const first = new Map<string, NetworkRow>();
  for (const row of rows) {
    const held = first.get(row.authority);
    if (held === undefined || row.firstSeen < held.firstSeen) first.set(row.authority, row);
  }
  return [...first.values()];
}

/** Its own service's other endpoints are no way further. */
function blastText(
  row: NetworkRow,
  index: HostIndex,
): { readonly severity: HeldFinding["severity"]; readonly text: string } | null {
  const { services, dataClasses } = blastRadius(row, index);
  const others = services.filter((authority) => authority !== row.authority);
  if (others.length === 0) return null;
  const data = dataClasses.length === 0 ? "" : `, with ${named(dataClasses)} in what they carry`;
  return {
    severity: dataClasses.length === 0 ? "medium" : "high",
    text: `called from outside, and its servers were heard reaching ${named(others)}, themselves or by way of others${data}`,
  };
}

function named(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  return `${names.slice(0, MAX_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
