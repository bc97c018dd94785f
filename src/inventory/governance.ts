// Judges endpoints as they change: who owns them, which policies they hit, what becomes of findings, and whom to tell.
import { withDecidedAi } from "../model/decided-ai.ts";
import type { Approvals } from "./ai-approvals.ts";
import { approvalOf, NO_APPROVALS } from "./ai-approvals.ts";
import { isVendorUse } from "./ai-words.ts";
import { SILENT, silenceIn } from "./drift-rules.ts";
import type { ExposureFinder } from "./exposure.ts";
import { advanceFindings } from "./finding-life.ts";
import type { FindingChange, HeldFinding } from "./finding-life.ts";
import { findingRules, findingsOf } from "./findings.ts";
import { ownerClaims } from "./owner-claims.ts";
import type { OwnerSources } from "./owner-claims.ts";
import { settleOwner } from "./ownership.ts";
import type { PolicyHit, PolicySubject } from "./policy.ts";
import type { ReachFindings } from "./reach-findings.ts";
import { isReach } from "./reach-findings.ts";
import { riskOf } from "./risk.ts";
import type { Delivery, FindingRecord, Governance, Team } from "../model/governance.ts";
import { shortHash } from "../model/identity.ts";
import type { Endpoint } from "../model/inventory.ts";

/** What endpoints are judged by; replaced as a whole when any of it changes. */
export interface Rulebook {
  readonly owners: OwnerSources;
  readonly policies: (subject: PolicySubject) => readonly PolicyHit[];
  readonly teams: ReadonlyMap<string, Team>;
  /** Told of every finding, whoever owns it: SIEMs and topics. */
  readonly sinks: readonly Delivery["contact"][];
  /** Name of the environment an authority belongs to, e.g. "prod"; null where none is told. */
  readonly environmentOf: (authority: string) => string | null;
  /** Which vendors of models are allowed; absent: nobody said so. */
  readonly approvals?: Approvals;
  /** On which side addresses are; absent: as ranges of addresses say. */
  readonly exposureAt?: ExposureFinder | undefined;
}

export interface Judgement {
  readonly records: readonly FindingRecord[];
  readonly deliveries: readonly Delivery[];
  /** Who owns each of them, as far as anybody said. */
  readonly owners: ReadonlyMap<string, string | null>;
}

/** What is stored about endpoints, by their ids. */
export interface GovernanceKnown {
  readonly decisions: ReadonlyMap<string, Governance>;
  readonly findings: readonly FindingRecord[];
  /** Ids of endpoints that are no more: nothing holds of them. */
  readonly gone: readonly string[];
  readonly around?: Surroundings;
}

/** What a look at all endpoints showed; what it does not tell stays as it was said before. */
export interface Surroundings {
  /** When each service was last heard, by its authority. */
  readonly lastHeard: ReadonlyMap<string, number>;
  readonly reach: ReachFindings;
  /** Nothing changed since: who is not among `reach` reaches nothing forbidden any more. */
  readonly isWhole: boolean;
}

/** A function of its arguments: the same endpoints, rules and past give the same records and deliveries. */
export function judgeEndpoints(
  endpoints: readonly Endpoint[],
  known: GovernanceKnown,
  rules: Rulebook,
  now: number,
): Judgement {
  const records: FindingRecord[] = [];
  const deliveries: Delivery[] = [];
  const owners = new Map<string, string | null>();
  const pasts = byEndpoint(known.findings);
  for (const endpoint of endpoints) {
    const decision = known.decisions.get(endpoint.id) ?? null;
    const owner = settleOwner(ownerClaims(endpoint, decision, rules.owners)).owner?.owner ?? null;
    owners.set(endpoint.id, owner);
    const past = pasts.get(endpoint.id) ?? [];
    const about = { owner, decision, past, rules, now };
    const silent = silentOf(endpoint, past, known.around?.lastHeard.get(endpoint.authority));
    const holding = [...holdingOf(endpoint, about, reachedOf(endpoint, past, known.around)), ...silent];
    const { records: stepped, changes } = advanceFindings(endpoint, past, holding, now);
    records.push(...stepped);
    for (const change of changes) deliveries.push(...deliveriesOf(change, { endpoint, owner, rules, now }));
  }
  const gone = known.gone.flatMap((id) => resolvedAll(id, pasts.get(id) ?? [], now));
  return { records: [...records, ...gone], deliveries, owners };
}

function resolvedAll(id: string, past: readonly FindingRecord[], now: number): readonly FindingRecord[] {
  return advanceFindings({ id, authority: past[0]?.authority ?? "" }, past, [], now).records;
}

function byEndpoint(records: readonly FindingRecord[]): ReadonlyMap<string, readonly FindingRecord[]> {
  const held = new Map<string, FindingRecord[]>();
  for (const record of records) {
    const list = held.get(record.endpointId);
    if (list === undefined) held.set(record.endpointId, [record]);
    else list.push(record);
  }
  return held;
}

/** What is known about an endpoint beside its traffic. */
export interface About {
  readonly owner: string | null;
  readonly decision: Governance | null;
  readonly past: readonly FindingRecord[];
  readonly rules: Rulebook;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const TITLES = new Map(findingRules.map(({ id, title }) => [id, title]));
const SERIOUS = new Set(["high", "critical"]);

/** Everything that holds of an endpoint: the rules every install has, then policies, which may build on them. */
function holdingOf(heard: Endpoint, about: About, reached: readonly HeldFinding[]): readonly HeldFinding[] {
  const { rules } = about;
  const endpoint = withDecidedAi(heard, about.decision);
  const found = findingsOf([endpoint]);
  const basic = found.map(({ rule, severity, text }): HeldFinding => ({
    rule,
    severity,
    text,
    title: TITLES.get(rule) ?? rule,
    notify: SERIOUS.has(severity) ? ["owner"] : [],
    reviewWithinDays: null,
  }));
  const subject = subjectOf(endpoint, about, [...found, ...reached]);
  return [...basic, ...reached, ...rules.policies(subject).map(policyFinding)];
}

/** Between looks at everything, what was found stays and more may come: only the whole tells that nobody does. */
function reachedOf(
  { id }: Endpoint,
  past: readonly FindingRecord[],
  around: Surroundings | undefined,
): readonly HeldFinding[] {
  const found = around?.reach.get(id) ?? [];
  if (around?.isWhole === true) return found;
  const kept = past.filter(
    ({ rule, state }) => isReach(rule) && state !== "resolved" && !found.some((one) => one.rule === rule),
  );
  return [
    ...found,
    ...kept.map(({ rule, title, severity, text, notify }) => ({
      rule,
      title,
      severity,
      text,
      notify,
      reviewWithinDays: null,
    })),
  ];
}

function silentOf(
  endpoint: Endpoint,
  past: readonly FindingRecord[],
  lastHeard: number | undefined,
): readonly HeldFinding[] {
  const said = past.find(({ rule, state }) => rule === SILENT.rule && state !== "resolved");
  const text = lastHeard === undefined ? (said?.text ?? null) : silenceIn(endpoint, lastHeard);
  return text === null ? [] : [{ ...SILENT, text, notify: [], reviewWithinDays: null }];
}

const DAY_MS = 86_400_000;

function daysBetween(from: number | undefined, now: number): number {
  return from === undefined ? 0 : Math.max(0, (now - from) / DAY_MS);
}

/** An endpoint as policies see it. */
export function policySubject(heard: Endpoint, about: About): PolicySubject {
  const endpoint = withDecidedAi(heard, about.decision);
  const reached = reachedOf(heard, about.past, undefined);
  return subjectOf(endpoint, about, [...findingsOf([endpoint]), ...reached]);
}

function subjectOf(
  endpoint: Endpoint,
  { owner, decision, past, rules, now }: About,
  found: readonly Pick<HeldFinding, "rule" | "severity">[],
): PolicySubject {
  const open = past.filter(({ state }) => state === "open" || state === "acknowledged");
  return {
    endpoint,
    owner,
    decision: decision?.decision ?? "unreviewed",
    environment: rules.environmentOf(endpoint.authority),
    ...vendorOf(endpoint, rules.approvals ?? NO_APPROVALS),
    drift: open.flatMap(({ rule }) => (rule.startsWith("drift.") ? [rule.slice("drift.".length)] : [])),
    findings: found.map(({ rule }) => rule),
    risk: riskOf(endpoint, found, rules.exposureAt).score,
    exposureAt: rules.exposureAt,
    knownDays: daysBetween(endpoint.facts?.firstSeen, now),
    quietDays: daysBetween(endpoint.facts?.lastSeen, now),
  };
}

function vendorOf(endpoint: Endpoint, approvals: Approvals): Pick<PolicySubject, "vendor" | "approval"> {
  const vendor = isVendorUse(endpoint) ? (endpoint.ai.vendor ?? null) : null;
  if (vendor === null) return { vendor, approval: null };
  return { vendor, approval: approvalOf(vendor, [endpoint.authority], approvals) };
}

function policyFinding({ policy, text }: PolicyHit): HeldFinding {
  const { id, title, severity, notify, review_within_days = null, advice } = policy;
  return {
    rule: `policy.${id}`,
    title,
    severity,
    text: advice === undefined ? text : `${text}. ${advice}`,
    notify,
    reviewWithinDays: review_within_days,
  };
}

interface Telling {
  readonly endpoint: Endpoint;
  readonly owner: string | null;
  readonly rules: Rulebook;
  readonly now: number;
}

/** One to each contact of each team to tell, and to each sink. */
function deliveriesOf(
  { record, turn }: FindingChange,
  { endpoint, owner, rules, now }: Telling,
): readonly Delivery[] {
  const teams = new Set(record.notify.map((name) => (name === "owner" ? owner : name)));
  const told = [...teams].flatMap((name) => (name === null ? [] : (rules.teams.get(name)?.contacts ?? [])));
  const { method, path } = endpoint;
  return [...told, ...rules.sinks].map((contact) => ({
    // A turn happens at one moment: telling it twice has the same id.
    id: `de_${shortHash(JSON.stringify([record.id, turn, record.changedAt, contact]))}`,
    contact,
    news: { turn, finding: record, method, path, owner },
    state: "pending",
    attempts: 0,
    createdAt: now,
    nextAt: now,
    lastError: null,
  }));
}
