// What endpoints are judged by, from where people keep it: a policy file that may change, owner files, teams, documents.
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Rulebook } from "../inventory/governance.ts";
import { compileGlob } from "../inventory/glob.ts";
import { readCatalogInfo, readCodeowners, readOwnerRules } from "../inventory/owner-files.ts";
import type { OwnerImport } from "../inventory/owner-files.ts";
import type { OwnerRule } from "../inventory/owner-rules.ts";
import { compileOwnerRules } from "../inventory/owner-rules.ts";
import { hostOf } from "../inventory/ownership.ts";
import type { PlaceFinder } from "../inventory/places.ts";
import type { PolicyFile } from "../inventory/policy-file.ts";
import { readPolicies } from "../inventory/policy-file.ts";
import { compilePolicies } from "../inventory/policy.ts";
import type { Spec } from "../model/document.ts";
import type { OwnerFile, Team } from "../model/governance.ts";
import { shortHash } from "../model/identity.ts";
import { approvalsFrom } from "../api/approvals.ts";
import type { Approvals } from "../inventory/ai-approvals.ts";
import { NO_APPROVALS } from "../inventory/ai-approvals.ts";
import { packageRoot } from "../ops/package-root.ts";
import { UserError } from "../ops/user-error.ts";
import type { InventoryStore } from "../store/store.ts";

/** Throws one sentence that names the file, the policy and the field. null: the set every install starts with. */
export async function loadPolicies(file: string | null): Promise<PolicyFile> {
  return policiesIn(await policyText(file), file);
}

async function policyText(file: string | null): Promise<string> {
  const name = file ?? path.join(await packageRoot(), "config/policies.yaml");
  return readFile(name, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${name}: cannot be read (${error.code ?? "unknown"})`);
  });
}

function policiesIn(text: string, file: string | null): PolicyFile {
  const read = readPolicies(text);
  if (!read.ok) throw new UserError(`${file ?? "policies"}: ${read.weird.detail ?? read.weird.name}`);
  return read.value;
}

export interface RuleSourceParts {
  readonly store: InventoryStore;
  /** Told of every finding. */
  readonly sinks?: Rulebook["sinks"];
  /** Which workload an address belongs to; absent: nobody said. */
  readonly placeOf?: PlaceFinder;
  /** Policy file; null for the starter set. */
  readonly file: string | null;
  /** File that lists which vendors of models are allowed; null: there is none. */
  readonly aiVendors?: string | null;
  /** Told when anything changed since the last look, and why a changed policy file is not taken. */
  readonly onChange: () => void;
  readonly onRefusal: (sentence: string) => void;
}

// People who change a rule wait for it; looking costs three small queries.
const LOOK_MS = 5_000;

/** The rules as they are now: looked at every few seconds, so that files and other processes may change them. */
export class RuleSource {
  readonly #parts: RuleSourceParts;
  #book: Promise<Rulebook> | null = null;
  #seen = "";
  #policies: PolicyFile | null = null;
  #approvals: Approvals = NO_APPROVALS;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: RuleSourceParts) {
    this.#parts = parts;
  }

  /** Begins to look. Throws one sentence when the policy file cannot be used. */
  async start(): Promise<void> {
    this.#policies = await loadPolicies(this.#parts.file);
    this.#timer = setInterval(() => void this.look().catch(() => {}), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get(): Promise<Rulebook> {
    // One that failed to be read is read again the next time.
    this.#book ??= this.#read().catch((failure: unknown) => {
      this.#book = null;
      throw failure;
    });
    return this.#book;
  }

  /** Takes up what changed; rejects while the store is away. */
  async look(): Promise<void> {
    const before = this.#seen;
    this.#book = null;
    await this.get();
    if (before !== "" && before !== this.#seen) this.#parts.onChange();
  }

  async #read(): Promise<Rulebook> {
    const { store, file, aiVendors, onRefusal } = this.#parts;
    const [teams, files, specs, text, allowed] = await Promise.all([
      store.governance.teams(),
      store.governance.ownerFiles(),
      store.specs(),
      policyText(file).catch((failure: Error) => failure),
      approvalsFrom(aiVendors ?? undefined).catch((failure: Error) => failure),
    ]);
    const seen = shortHash(JSON.stringify([teams, files, specs.revision, String(text), textOf(allowed)]));
    if (seen !== this.#seen) this.#policies = this.#taken(text, onRefusal);
    if (!(allowed instanceof Error)) this.#approvals = allowed;
    else if (seen !== this.#seen) onRefusal(allowed.message);
    this.#seen = seen;
    const { sinks = [], placeOf = NOWHERE } = this.#parts;
    const stored = { teams, files, specs: specs.specs, sinks, placeOf, approvals: this.#approvals };
    return rulebookOf(stored, this.#policies ?? NO_POLICIES);
  }

  /** A policy file that went wrong changes nothing: the last good one goes on. */
  #taken(text: string | Error, onRefusal: (sentence: string) => void): PolicyFile | null {
    try {
      if (text instanceof Error) throw text;
      return policiesIn(text, this.#parts.file);
    } catch (failure) {
      onRefusal((failure as Error).message);
      return this.#policies;
    }
  }
}

function textOf(allowed: Approvals | Error): string {
  return allowed instanceof Error ? allowed.message : JSON.stringify(allowed);
}

const NO_POLICIES: PolicyFile = { policies: [], environments: [] };

export interface StoredRules {
  readonly teams: readonly Team[];
  readonly files: readonly OwnerFile[];
  readonly specs: readonly Spec[];
  readonly sinks?: Rulebook["sinks"];
  readonly approvals?: Approvals;
  readonly placeOf?: PlaceFinder;
}

const NOWHERE: PlaceFinder = () => null;

/** What is stored, put together with the policies. */
export function rulebookOf(
  { teams, files, specs, sinks = [], approvals = NO_APPROVALS, placeOf = NOWHERE }: StoredRules,
  file: PolicyFile,
): Rulebook {
  const { imports, rules } = readOwnerFiles(files);
  return {
    owners: {
      imports,
      specs: new Map(specs.map((spec) => [spec.id, spec])),
      rule: compileOwnerRules(rules, placeOf),
      teams: new Set(teams.map(({ id }) => id)),
    },
    policies: compilePolicies(file.policies),
    teams: new Map(teams.map((team) => [team.id, team])),
    sinks,
    exposureAt: placeOf.exposureAt,
    environmentOf: environmentsOf(file),
    approvals,
  };
}

/** Files were read once when they were uploaded; one that no longer reads says nothing. */
function readOwnerFiles(files: readonly OwnerFile[]): {
  readonly imports: readonly OwnerImport[];
  readonly rules: readonly OwnerRule[];
} {
  const imports = files.flatMap(({ name, kind, text }) => {
    if (kind === "rules") return [];
    const read = kind === "codeowners" ? readCodeowners(name, text) : readCatalogInfo(name, text);
    return read.ok ? [read.value] : [];
  });
  const rules = files.flatMap(({ kind, text }) => {
    const read = kind === "rules" ? readOwnerRules(text) : null;
    return read?.ok ? read.value : [];
  });
  return { imports, rules };
}

function environmentsOf({ environments }: PolicyFile): (authority: string) => string | null {
  const compiled = environments.map(({ name, service }) => ({
    name,
    fits: service.map((pattern) => compileGlob(pattern, { separator: ".", fold: true })),
  }));
  return (authority) => {
    const host = hostOf(authority);
    return compiled.find(({ fits }) => fits.some((fit) => fit(host)))?.name ?? null;
  };
}
