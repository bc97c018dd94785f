// The template set: which template a route belongs to, and everything that is known of each.
import type { DocumentMatch } from "../../model/document.ts";
import { skeletonOf } from "../../model/identity.ts";
import type { Route, RouteEvidence, RouteKey } from "../../model/route.ts";
import { joinEvidence, routeKeyText } from "../../model/route.ts";
import type { PathTemplate } from "../../model/template.ts";
import { aloneTemplate, declaredTemplate, documentedTemplate } from "./alone.ts";
import type { Branch } from "./branch.ts";
import { branchesOf } from "./branch.ts";
import { explanationsOf } from "./explain.ts";
import type { GroupingContext } from "./grouping.ts";
import type { NamingTools } from "./naming.ts";
import { templateFor } from "./naming.ts";
import type { Probing } from "./probing.ts";
import { placeText } from "./rules.ts";
import type {
  Explanation,
  GroupedTemplate,
  Matched,
  MatchReason,
  Remembered,
  TemplateSet,
} from "./template-set.ts";
import type { VerdictTools } from "./verdicts.ts";
import { findBranch } from "./walk.ts";

export interface SetParts {
  readonly root: Branch;
  /** All of the service, in a fixed order. */
  readonly rows: readonly Route[];
  readonly probing: Probing;
  readonly tools: VerdictTools;
  readonly context: GroupingContext;
  readonly naming: NamingTools;
}

export function createTemplateSet(parts: SetParts): TemplateSet {
  return new DecidedTemplates(parts);
}

// Keys of one service within minutes; a full table is emptied rather than grown.
const MOST_KNOWN = 20_000;

class DecidedTemplates implements TemplateSet {
  readonly #parts: SetParts;
  readonly #templates = new Map<Branch, PathTemplate>();
  readonly #known = new Map<string, Matched>();
  #list: readonly GroupedTemplate[] | null = null;

  constructor(parts: SetParts) {
    this.#parts = parts;
  }

  match(key: RouteKey): Matched {
    const text = routeKeyText(key);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const matched = this.#matchAnew(key);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(text, matched);
    return matched;
  }

  #matchAnew(key: RouteKey): Matched {
    const documented = this.#parts.context.documented(key);
    if (documented.kind !== "none") return this.#documented(key, documented);
    if (key.declared) return { template: declaredTemplate(key.path), reason: "declared" };
    if (key.style !== "rest") return { template: aloneTemplate(key), reason: "alone" };
    const { root } = this.#parts;
    const same = findBranch(root, key.path, ({ place }) => place.ends.has(key.method));
    if (same !== null) return { template: this.#templateOf(same), reason: "decided" };
    const other = findBranch(root, key.path, ({ place }) => place.ends.size > 0);
    if (other !== null) return { template: this.#templateOf(other), reason: "attached" };
    return { template: aloneTemplate(key), reason: "alone" };
  }

  #documented(key: RouteKey, match: DocumentMatch & { readonly template: string }): Matched {
    return { template: documentedTemplate(key.path, match.template), reason: "documented" };
  }

  #templateOf(branch: Branch): PathTemplate {
    const known = this.#templates.get(branch);
    if (known !== undefined) return known;
    const template = templateFor(branch, this.#parts.naming);
    this.#templates.set(branch, template);
    return template;
  }

  list(): readonly GroupedTemplate[] {
    this.#list ??= this.#group();
    return this.#list;
  }

  #group(): readonly GroupedTemplate[] {
    const groups = new Map<string, Gathered>();
    for (const route of this.#parts.rows) {
      const { template, reason } = this.match(route.key);
      const { method, style, operation } = route.key;
      const at = JSON.stringify([method, skeletonOf(template.path), style, operation]);
      const held = groups.get(at) ?? {
        key: route.key,
        template,
        reason,
        evidence: null,
        proven: false,
        used: false,
      };
      if (RANKS.indexOf(reason) < RANKS.indexOf(held.reason)) held.reason = reason;
      held.evidence = held.evidence === null ? route.evidence : joinEvidence(held.evidence, route.evidence);
      held.proven ||= route.kind === "good" && !this.#parts.probing.provesNothing(route);
      held.used ||= !this.#parts.probing.isProbed(route.evidence);
      groups.set(at, held);
    }
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, held]) => grouped(held));
  }

  explain(path: string): readonly Explanation[] {
    const skeleton = skeletonOf(path);
    for (const branch of branchesOf(this.#parts.root)) {
      if (branch.place.ends.size === 0) continue;
      if (skeletonOf(this.#templateOf(branch).path) === skeleton)
        return explanationsOf(branch, this.#parts.tools);
    }
    return [];
  }

  remembered(): Remembered {
    const places: string[] = [];
    for (const branch of branchesOf(this.#parts.root)) {
      for (const [name, { isValue, by }] of branch.verdicts) {
        if (isValue && by === "evidence") places.push(placeText(branch.around, name));
      }
    }
    return places.sort();
  }
}

interface Gathered {
  readonly key: RouteKey;
  readonly template: PathTemplate;
  reason: MatchReason;
  evidence: RouteEvidence | null;
  proven: boolean;
  used: boolean;
}

/** Strongest first: one proven route makes a template more than one that fits. */
const RANKS: readonly MatchReason[] = ["documented", "declared", "decided", "attached", "alone"];

function grouped({ key, template, reason, evidence, proven, used }: Gathered): GroupedTemplate {
  const { method, style, operation } = key;
  const said = proven || used || reason === "documented" || reason === "declared" ? reason : "probe";
  return { method, template, style, operation, reason: said, evidence: evidence as RouteEvidence };
}
