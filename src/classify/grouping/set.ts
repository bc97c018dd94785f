// The template set: which template a route belongs to, and everything that is known of each.
import { skeletonOf } from "../../model/identity.ts";
import type { Route, RouteKey } from "../../model/route.ts";
import { joinEvidence, routeKeyText } from "../../model/route.ts";
import type { PathTemplate } from "../../model/template.ts";
import { aloneTemplate, declaredTemplate, documentedTemplate } from "./alone.ts";
import type { Branch, Chain } from "./branch.ts";
import { chainsOf } from "./branch.ts";
import { explanationsOf } from "./explain.ts";
import type { GroupingContext } from "./grouping.ts";
import type { NamingTools, Written } from "./naming.ts";
import { Templates } from "./naming.ts";
import type { Probing } from "./probing.ts";
import { placeText } from "./rules.ts";
import { byKey } from "./stands.ts";
import type {
  Explanation,
  GroupedTemplate,
  Matched,
  MatchReason,
  Remembered,
  TemplateSet,
} from "./template-set.ts";
import type { VerdictTools } from "./verdicts.ts";
import { findBranch, valuesAlong } from "./walk.ts";

export interface SetParts {
  readonly root: Branch;
  /** All of the service, in any order. */
  readonly rows: readonly Route[];
  readonly probing: Probing;
  readonly tools: VerdictTools;
  readonly context: GroupingContext;
  readonly naming: NamingTools;
}

export function createTemplateSet(parts: SetParts, last: TemplateSet | null = null): TemplateSet {
  return new DecidedTemplates(parts, last instanceof DecidedTemplates ? last : null);
}

// Keys of one service within minutes; a full table is emptied rather than grown.
const MOST_KNOWN = 20_000;

/** What is known of one key, from one decision to the next. */
interface Known {
  /** What follows from the key and the documents alone; null where branches decide. */
  readonly settled: Matched | null;
  /** Of the last decision that was asked about it. */
  decided: Matched | null;
  decision: object | null;
  /** Names the group of the template it was last listed under. */
  group: { readonly template: PathTemplate; readonly text: string } | null;
}

class DecidedTemplates implements TemplateSet {
  readonly #parts: SetParts;
  /** Nothing but itself. */
  readonly #decision: object = {};
  readonly #written = new Map<Branch, Written>();
  /** Shared with the decisions before, as long as the documents stay. */
  readonly #known: Map<string, Known> = new Map();
  /** The same by the keys of routes, which stay from one decision to the next: a text costs more than all else. */
  readonly #knownRoutes: WeakMap<RouteKey, Known> = new WeakMap();
  readonly #templates: Templates = new Templates();
  /** Of the last decision, until the list is made. */
  #groups: ReadonlyMap<string, Group> = new Map();
  #order: readonly string[] = [];
  #list: readonly GroupedTemplate[] | null = null;

  constructor(parts: SetParts, last: DecidedTemplates | null) {
    this.#parts = parts;
    if (last === null) return;
    if (last.#parts.context.documented === parts.context.documented) {
      this.#known = last.#known;
      this.#knownRoutes = last.#knownRoutes;
    }
    this.#templates = last.#templates;
    this.#groups = last.#groups;
    this.#order = last.#order;
  }

  match(key: RouteKey): Matched {
    return this.#matchKnown(key, this.#knownOf(key));
  }

  #knownOf(key: RouteKey): Known {
    const text = routeKeyText(key);
    return this.#known.get(text) ?? this.#learn(key, text);
  }

  #matchKnown(key: RouteKey, known: Known): Matched {
    if (known.settled !== null) return known.settled;
    const before = known.decided;
    if (before !== null && known.decision === this.#decision) return before;
    const found = this.#decidedAs(key);
    const isSame = before?.template === found.template && before.reason === found.reason;
    known.decision = this.#decision;
    return (known.decided = isSame ? before : found);
  }

  #learn(key: RouteKey, text: string): Known {
    const known: Known = { settled: this.#settle(key), decided: null, decision: null, group: null };
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(text, known);
    return known;
  }

  #settle(key: RouteKey): Matched | null {
    const documented = this.#parts.context.documented(key);
    if (documented.kind !== "none")
      return { template: documentedTemplate(key.path, documented.template), reason: "documented" };
    if (key.declared) return { template: declaredTemplate(key.path), reason: "declared" };
    return key.style === "rest" ? null : { template: aloneTemplate(key), reason: "alone" };
  }

  #decidedAs(key: RouteKey): Matched {
    const { root } = this.#parts;
    const same = findBranch(root, key.path, ({ place }) => place.ends.has(key.method));
    if (same !== null) return { template: this.#templateOf(same), reason: "decided" };
    const other = findBranch(root, key.path, ({ place }) => place.ends.size > 0);
    if (other !== null) return { template: this.#templateOf(other), reason: "attached" };
    return { template: aloneTemplate(key, valuesAlong(root, key.path)), reason: "alone" };
  }

  #templateOf(chain: Chain): PathTemplate {
    return this.#templates.templateFor(chain, this.#parts.naming, this.#written);
  }

  list(): readonly GroupedTemplate[] {
    if (this.#list !== null) return this.#list;
    const groups = gathered(this.#parts, (route) => this.#placeRoute(route));
    const last = this.#groups;
    let isAsLast = groups.size === last.size;
    for (const [at, group] of groups) {
      const before = last.get(at);
      isAsLast &&= before !== undefined;
      group.grouped = before !== undefined && isSameGroup(before, group) ? before.grouped : grouped(group);
    }
    this.#groups = groups;
    if (!isAsLast) this.#order = [...groups.keys()].sort();
    this.#list = this.#order.map((at) => groups.get(at)?.grouped as GroupedTemplate);
    return this.#list;
  }

  /** Into which group a route belongs, and as what. */
  #placeRoute({ key }: Route): { readonly at: string; readonly matched: Matched } {
    const known = this.#knownRoutes.get(key) ?? this.#knownOf(key);
    this.#knownRoutes.set(key, known);
    const matched = this.#matchKnown(key, known);
    const { template } = matched;
    if (known.group?.template !== template) known.group = { template, text: groupText(key, template) };
    return { at: known.group.text, matched };
  }

  explain(path: string): readonly Explanation[] {
    const skeleton = skeletonOf(path);
    for (const chain of chainsOf(this.#parts.root)) {
      if (chain.at(-1)?.place.ends.size === 0) continue;
      if (skeletonOf(this.#templateOf(chain).path) === skeleton)
        return explanationsOf(chain, this.#parts.tools);
    }
    return [];
  }

  remembered(): Remembered {
    return rememberedBelow(this.#parts.root).flat().sort();
  }
}

/** Of a branch alone; decisions that stay need not be written anew. */
const rememberedAt = new WeakMap<Branch, Remembered>();

function rememberedBelow(branch: Branch, into: Remembered[] = []): Remembered[] {
  const own = rememberedAt.get(branch) ?? valuesAt(branch);
  rememberedAt.set(branch, own);
  if (own.length > 0) into.push(own);
  for (const word of branch.words.values()) rememberedBelow(word, into);
  if (branch.variable !== null) rememberedBelow(branch.variable, into);
  return into;
}

function valuesAt({ verdicts, around }: Branch): Remembered {
  const values = [...verdicts].filter(([, { isValue, by }]) => isValue && by === "evidence");
  return values.map(([name]) => placeText(around, name));
}

interface Member {
  readonly route: Route;
  readonly matched: Matched;
}

/** Routes of one template. */
interface Group {
  readonly members: Member[];
  proven: boolean;
  used: boolean;
  grouped: GroupedTemplate | null;
}

function gathered(
  { rows, probing }: SetParts,
  placeOf: (route: Route) => { readonly at: string; readonly matched: Matched },
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const route of rows) {
    const { at, matched } = placeOf(route);
    const member = { route, matched };
    let held = groups.get(at);
    if (held === undefined) {
      held = { members: [member], proven: false, used: false, grouped: null };
      groups.set(at, held);
    } else held.members.push(member);
    held.proven ||= route.kind === "good" && !probing.provesNothing(route);
    held.used ||= probing.isUsed(route.evidence);
  }
  return groups;
}

function groupText({ method, style, operation }: RouteKey, template: PathTemplate): string {
  return JSON.stringify([method, skeletonOf(template.path), style, operation]);
}

function isSameGroup(before: Group, now: Group): boolean {
  if (before.proven !== now.proven || before.used !== now.used) return false;
  if (before.members.length !== now.members.length) return false;
  return now.members.every(({ route, matched }, at) => {
    const was = before.members[at];
    return (
      was?.route === route &&
      was.matched.template === matched.template &&
      was.matched.reason === matched.reason
    );
  });
}

/** Strongest first: one proven route makes a template more than one that fits. */
const RANKS: readonly MatchReason[] = ["documented", "declared", "decided", "attached", "alone"];

function grouped({ members, proven, used }: Group): GroupedTemplate {
  const sorted = [...members].sort((a, b) => byKey(a.route, b.route));
  const [first] = sorted;
  if (first === undefined) throw new Error("a template without routes");
  const { method, style, operation } = first.route.key;
  const { template } = first.matched;
  const reason = RANKS.find((one) => members.some(({ matched }) => matched.reason === one)) ?? "alone";
  const evidence = sorted.map(({ route }) => route.evidence).reduce((a, b) => joinEvidence(a, b));
  const said = proven || used || reason === "documented" || reason === "declared" ? reason : "probe";
  return { method, template, style, operation, reason: said, evidence };
}
