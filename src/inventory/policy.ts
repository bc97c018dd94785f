// Policies as people write them, compiled to checks that cost little: conditions on an endpoint give a finding with effects.
import type { Decision } from "../model/governance.ts";
import type { AiVerdictName, Confidence, Endpoint, Standing } from "../model/inventory.ts";
import type { Approval } from "./ai-approvals.ts";
import { actorsAt, saidAt } from "./ai-said.ts";
import { namespacesAt } from "./declared.ts";
import type { Exposure, ExposureFinder } from "./exposure.ts";
import { exposureOf } from "./exposure.ts";
import type { Severity } from "./findings.ts";
import { compileGlob } from "./glob.ts";
import { hostOf } from "./ownership.ts";
import { createPolicyIndex } from "./policy-index.ts";

/** All given conditions must hold; of a list, one must. */
export interface Conditions {
  /** Patterns of the host: `*` within a label, `**` across dots. */
  readonly service?: readonly string[];
  readonly namespace?: readonly string[];
  readonly method?: readonly string[];
  /** Patterns of the template: `*` within a segment, `**` across slashes. */
  readonly path?: readonly string[];
  readonly standing?: readonly Standing[];
  readonly confidence?: readonly Confidence[];
  readonly decision?: readonly Decision[];
  /** Auth schemes that were heard. */
  readonly auth?: readonly string[];
  /** Data classes anywhere in requests or answers; in answers only. */
  readonly data_class?: readonly string[];
  readonly answers_with?: readonly string[];
  readonly ai_verdict?: readonly AiVerdictName[];
  readonly ai_kind?: readonly string[];
  readonly ai_role?: readonly string[];
  /** Ids of wire formats, and of vendors where the service is one's. */
  readonly ai_format?: readonly string[];
  /** Names of vendors of models as the inventory shows them, in any case: where the service is one's. */
  readonly ai_vendor?: readonly string[];
  /** What the list of vendors says of it; `unreviewed` where it says nothing. Holds of vendors alone. */
  readonly ai_approval?: readonly Approval[];
  /** What texts were about or tried: direction and what, as `saidAt` gives them (`prompt code`, `tool-result override`). */
  readonly says?: readonly string[];
  /** Classes of AI software that called (`coding-agent`, `training-crawler`). */
  readonly actor?: readonly string[];
  readonly exposure?: readonly Exposure[];
  /** Owners; `none` for endpoints without. */
  readonly owner?: readonly string[];
  readonly environment?: readonly string[];
  /** Categories of open drift findings. */
  readonly drift?: readonly string[];
  /** Ids of findings that hold. */
  readonly finding?: readonly string[];
  /** At least this risk, 0..100. */
  readonly risk_at_least?: number;
  /** First heard at least so many days ago; last heard at least so many days ago. */
  readonly known_for_days?: number;
  readonly quiet_for_days?: number;
}

export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly when: Conditions;
  /** None of these may hold. */
  readonly unless?: Conditions;
  /** Team ids, or `owner`. */
  readonly notify: readonly string[];
  /** A person has to look at it within so many days. */
  readonly review_within_days?: number;
  /** What to do, for whoever reads the finding. */
  readonly advice?: string;
}

/** An endpoint with what is known beside its traffic. */
export interface PolicySubject {
  readonly endpoint: Endpoint;
  readonly owner: string | null;
  readonly decision: Decision;
  readonly environment: string | null;
  /** Whose models answer there, and whether that is allowed; null where no vendor's do. */
  readonly vendor: string | null;
  readonly approval: Approval | null;
  readonly drift: readonly string[];
  readonly findings: readonly string[];
  /** 0..100. */
  readonly risk: number;
  /** On which side addresses are; absent: as ranges of addresses say. */
  readonly exposureAt?: ExposureFinder | undefined;
  /** Days since it was first heard, and last; 0 for what never was. */
  readonly knownDays: number;
  readonly quietDays: number;
}

export interface PolicyHit {
  readonly policy: Policy;
  /** One sentence: which conditions held, with what. */
  readonly text: string;
}

/** Everything policies ask about one endpoint, worked out once for all of them. */
interface View extends PolicySubject {
  readonly auth: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  readonly answered: ReadonlySet<string>;
  readonly formats: ReadonlySet<string>;
  readonly exposure: Exposure;
}

/** The words that made a condition hold, or null. */
type Check = (view: View) => string | null;

/** Compiles once; the function then costs a few comparisons a policy. Rejected endpoints (noise, orphans) hit nothing. */
export function compilePolicies(
  policies: readonly Policy[],
): (subject: PolicySubject) => readonly PolicyHit[] {
  const compiled = policies.map((policy) => ({
    policy,
    when: compile(policy.when),
    unless: policy.unless === undefined ? null : compile(policy.unless),
  }));
  const candidates = createPolicyIndex(policies.map(({ when }) => when));
  return (subject) => {
    const { confidence, category } = subject.endpoint;
    if (confidence === "noise" || category === "asset" || category === "probe") return [];
    const view = viewOf(subject);
    const hits: PolicyHit[] = [];
    for (const { policy, when, unless } of candidates(view).flatMap((place) => compiled[place] ?? [])) {
      const why = reasons(when, view);
      if (why === null || (unless !== null && reasons(unless, view) !== null)) continue;
      hits.push({ policy, text: why.join("; ") });
    }
    return hits;
  };
}

function viewOf(subject: PolicySubject): View {
  const { facts, ai } = subject.endpoint;
  const found = Object.values(facts?.dataClasses.kept ?? {});
  return {
    ...subject,
    auth: new Set(Object.values(facts?.auth.kept ?? {}).map(({ scheme }) => scheme)),
    classes: new Set(found.map(({ dataClass }) => dataClass)),
    answered: new Set(
      found.filter(({ place }) => place.startsWith("response.")).map(({ dataClass }) => dataClass),
    ),
    formats: new Set([...ai.formats, ...(subject.vendor === null ? [] : [subject.vendor])]),
    exposure: exposureOf(Object.values(facts?.callers.kept ?? {}), subject.exposureAt),
  };
}

/** null as soon as one condition does not hold. */
function reasons(checks: readonly Check[], view: View): readonly string[] | null {
  const why: string[] = [];
  for (const check of checks) {
    const reason = check(view);
    if (reason === null) return null;
    why.push(reason);
  }
  return why;
}

/** Makes the check of one kind of condition; the cheap ones that decide most stand first. */
const CONDITIONS: { readonly [K in keyof Conditions]-?: (wanted: NonNullable<Conditions[K]>) => Check } = {
  standing: (wanted) => isOneOf("standing", wanted, ({ endpoint }) => endpoint.standing),
  ai_verdict: (wanted) => isOneOf("AI verdict", wanted, ({ endpoint }) => endpoint.ai.verdict),
  ai_kind: (wanted) => isOneOf("AI kind", wanted, ({ endpoint }) => endpoint.ai.kind),
  ai_role: (wanted) => isOneOf("AI role", wanted, ({ endpoint }) => endpoint.ai.role),
  confidence: (wanted) => isOneOf("confidence", wanted, ({ endpoint }) => endpoint.confidence),
  decision: (wanted) => isOneOf("decision", wanted, ({ decision }) => decision),
  method: (wanted) => isOneOf("method", wanted, ({ endpoint }) => endpoint.method),
  environment: (wanted) => isOneOf("environment", wanted, ({ environment }) => environment),
  owner: (wanted) => isOneOf("owner", wanted, ({ owner }) => owner ?? "none"),
  exposure: (wanted) => isOneOf("exposure", wanted, ({ exposure }) => exposure),
  risk_at_least: (least) => (view) => (view.risk >= least ? `risk ${view.risk}` : null),
  known_for_days: (least) => (view) =>
    view.knownDays >= least ? `known for ${Math.floor(view.knownDays)} days` : null,
  quiet_for_days: (least) => (view) =>
    view.quietDays >= least ? `not heard for ${Math.floor(view.quietDays)} days` : null,
  auth: (wanted) => hasOneOf("auth", wanted, ({ auth }) => auth),
  ai_format: (wanted) => hasOneOf("AI format", wanted, ({ formats }) => formats),
  ai_vendor: (wanted) =>
    isOneOf("AI vendor", wanted.map(folded), ({ vendor }) => (vendor === null ? null : folded(vendor))),
  ai_approval: (wanted) => isOneOf("AI vendor", wanted, ({ approval }) => approval),
  data_class: (wanted) => hasOneOf("carries", wanted, ({ classes }) => classes),
  answers_with: (wanted) => hasOneOf("answers with", wanted, ({ answered }) => answered),
  says: (wanted) => hasOneOf("says", wanted, ({ endpoint }) => saidAt(endpoint)),
  actor: (wanted) => hasOneOf("called by", wanted, ({ endpoint }) => actorsAt(endpoint)),
  drift: (wanted) => hasOneOf("drift", wanted, ({ drift }) => new Set(drift)),
  finding: (wanted) => hasOneOf("finding", wanted, ({ findings }) => new Set(findings)),
  service: (wanted) => matches("service", wanted, ".", ({ endpoint }) => [hostOf(endpoint.authority)]),
  namespace: (wanted) => matches("namespace", wanted, ".", ({ endpoint }) => namespacesAt(endpoint)),
  path: (wanted) => matches("path", wanted, "/", ({ endpoint }) => [endpoint.path]),
};

function folded(name: string): string {
  return name.toLowerCase();
}

function compile(conditions: Conditions): readonly Check[] {
  return (Object.keys(CONDITIONS) as (keyof Conditions)[]).flatMap((name) => {
    const wanted = conditions[name];
    const make = CONDITIONS[name] as (wanted: unknown) => Check;
    return wanted === undefined ? [] : [make(wanted)];
  });
}

function isOneOf(name: string, wanted: readonly string[], of: (view: View) => string | null): Check {
  const words = new Set(wanted);
  return (view) => {
    const held = of(view);
    return held !== null && words.has(held) ? `${name} ${held}` : null;
  };
}

function hasOneOf(name: string, wanted: readonly string[], of: (view: View) => ReadonlySet<string>): Check {
  return (view) => {
    const held = of(view);
    if (held.size === 0) return null;
    const found = wanted.filter((word) => held.has(word));
    return found.length === 0 ? null : `${name} ${found.join(", ")}`;
  };
}

function matches(
  name: string,
  wanted: readonly string[],
  separator: "/" | ".",
  of: (view: View) => readonly string[],
): Check {
  const globs = wanted.map((pattern) => compileGlob(pattern, { separator, fold: separator === "." }));
  return (view) => {
    const held = of(view).find((one) => globs.some((fits) => fits(one)));
    return held === undefined ? null : `${name} ${held}`;
  };
}
