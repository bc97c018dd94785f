// Everything said about who owns an endpoint, gathered: by a person, by imported files and documents, by rules.
import type { Spec } from "../model/document.ts";
import type { Governance, OwnerClaim } from "../model/governance.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { OwnerEntry, OwnerImport } from "./owner-files.ts";
import type { OwnerRuleCheck } from "./owner-rules.ts";
import { hostOf } from "./ownership.ts";

export interface OwnerSources {
  readonly imports: readonly OwnerImport[];
  readonly specs: ReadonlyMap<string, Spec>;
  readonly rule: OwnerRuleCheck;
  /** Ids of teams: a tag of an operation that is one of them names it. */
  readonly teams?: ReadonlySet<string>;
}

const NO_TEAMS: ReadonlySet<string> = new Set();

/** All claims but the inferred ones, for `settleOwner`: what is said of the operation itself before what is said of more. */
export function ownerClaims(
  endpoint: Endpoint,
  said: Pick<Governance, "owner" | "history"> | null,
  { imports, specs, rule, teams = NO_TEAMS }: OwnerSources,
): readonly OwnerClaim[] {
  const documents = endpoint.specIds.flatMap((id) => specs.get(id) ?? []);
  return [
    ...(said?.owner == null ? [] : [claim(said.owner, "person", saidBy(said.history))]),
    ...documents.flatMap((spec) => tagClaim(spec, endpoint, teams)),
    ...documents.flatMap(documentClaim),
    ...imports.flatMap((held) => importClaim(held, endpoint, documents)),
    ...rule(endpoint),
  ];
}

/** Who named the owner, and why. */
function saidBy(history: Governance["history"]): string {
  const { by = "a person", reason = null } = history.findLast(({ field }) => field === "owner") ?? {};
  return reason === null ? `said by ${by}` : `said by ${by}: ${reason}`;
}

function claim(owner: string, source: OwnerClaim["source"], reason: string): OwnerClaim {
  return { owner, source, reason, confidence: 1 };
}

/** Tags group operations by subject as a rule; one that is called as a team is says whose they are. */
function tagClaim(
  { name, document }: Spec,
  endpoint: Endpoint,
  teams: ReadonlySet<string>,
): readonly OwnerClaim[] {
  if (teams.size === 0) return [];
  const path = plainPath(endpoint.path);
  const bases = ["", ...document.servers.map(({ basePath }) => basePath)];
  const operation = document.operations.find(
    (one) =>
      one.method === endpoint.method &&
      one.tags.some((tag) => teams.has(tag)) &&
      bases.some((base) => plainPath(`${base}${one.path}`) === path),
  );
  const owner = operation?.tags.find((tag) => teams.has(tag));
  return owner === undefined ? [] : [claim(owner, "import", `tag ${owner} of ${name}`)];
}

/** What variables are called differs between traffic and documents. */
function plainPath(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}

/** What a document says of itself: `x-owner`, else `info.contact`. */
function documentClaim({ name, document }: Spec): readonly OwnerClaim[] {
  const { owner = null } = document;
  return owner === null ? [] : [claim(owner.name, "import", `${owner.from} of ${name}`)];
}

/** The first entry of a file that fits; a document is nearer than a service. */
function importClaim(
  { file, entries }: OwnerImport,
  { authority }: Endpoint,
  documents: readonly Spec[],
): readonly OwnerClaim[] {
  const host = hostOf(authority);
  const byDocument = documents.flatMap(({ name }) => first(entries, (entry) => entry.ofDocument(name)));
  const [found] = byDocument.length > 0 ? byDocument : first(entries, (entry) => entry.ofService(host));
  return found === undefined || found.owner === ""
    ? []
    : [claim(found.owner, "import", `${file}, ${found.at}`)];
}

function first(entries: readonly OwnerEntry[], fits: (entry: OwnerEntry) => boolean): readonly OwnerEntry[] {
  const found = entries.find(fits);
  return found === undefined ? [] : [found];
}
