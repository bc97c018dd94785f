// The AI verdict of an endpoint: known formats, protocols, headers and hosts, and what its texts behave like.
import type { AiBasis, AiVerdict, AiVerdictName, Evidence } from "../model/inventory.ts";
import { NO_AI } from "../model/inventory.ts";
import type { Facts } from "../model/sighting.ts";
import { behaviour } from "./behaviour.ts";
import { kindOfBehaviour } from "./behaviour-kind.ts";
import { vendorOf } from "./catalogue.ts";
import type { VendorRow } from "./catalogue.ts";
import type { AiKey, Reason } from "./reason.ts";
import { reason } from "./reason.ts";
import { probability, weigh } from "./weigh.ts";
import { headerReasons, wireReasons } from "./wire-reasons.ts";

export interface Judging {
  /** Milliseconds since the epoch: older reasons weigh less then. Absent: nothing fades. */
  readonly now?: number;
  /** What a person decided; it stands whatever the evidence. */
  readonly override?: { readonly ai: boolean; readonly kind?: string };
}

const VENDOR = { certain: 6.5, mixed: 1.5 } as const;
const TIERS: readonly (readonly [AiVerdictName, least: number])[] = [
  ["confirmed", 0.9],
  ["likely", 0.4],
  ["watch", 0.15],
];
/** Behaviour of one kind is a hint, of two kinds a reason; what comes out of a model of its kind speaks for itself. */
const MIN_GROUPS = 2;
const JUST_WATCHED = 0.39;

/** Judges one endpoint by everything known of it. */
export function recogniseAi(key: AiKey, facts: Facts, judging: Judging = {}): AiVerdict {
  const vendor = vendorOf(key.authority);
  const named = namedReasons(key, facts, vendor);
  const behaves = isAnswered(facts) ? behaviour(key, facts) : [];
  const evidence = [...named.map((one) => one.evidence), ...relevant(behaves, named)];
  const score = scoreOf(evidence, judging);
  const verdict = tierOf(score, judging);
  const kind = judging.override?.kind ?? kindOf(named, vendor, { key, facts });
  if (verdict === "none") return kind === OTHER_MODELS ? { ...NO_AI, kind, score, evidence } : NO_AI;
  return {
    verdict,
    score,
    kind: kind === OTHER_MODELS ? "model-serving" : kind,
    role: roleOf(vendor, named, evidence),
    formats: named.flatMap((one) => one.format ?? []),
    evidence,
    basis: basisOf(key, facts),
    ...(vendor !== null && { vendor: vendor.vendor }),
    ...productOf(named),
  };
}

/** The verdict as of `now` (milliseconds since the epoch), for an endpoint that was not heard since: reasons fade. */
export function fadedAi(ai: AiVerdict, now: number): AiVerdict {
  if (ai.verdict === "none") return ai;
  const score = scoreOf(ai.evidence, { now });
  // Rows of older versions say when of no reason: nothing fades there.
  if (score >= scoreOf(ai.evidence, {})) return ai;
  const verdict = tierOf(score, {});
  return verdict === ai.verdict ? ai : { ...ai, verdict, score };
}

/** Headers name what stands in front, formats what stands behind: whoever answers first serves it. */
function productOf(named: readonly Reason[]): Pick<AiVerdict, "product"> {
  const told = named.filter(({ product }) => product !== undefined);
  const { product } = told.find(({ evidence }) => evidence.group === "header") ?? told[0] ?? {};
  return product === undefined ? {} : { product };
}

function namedReasons(key: AiKey, facts: Facts, vendor: VendorRow | null): readonly Reason[] {
  const wire = isAnswered(facts) ? wireReasons(key, facts) : [];
  const host = vendor === null ? [] : [vendorReason(vendor, key, facts)];
  return [...wire, ...headerReasons(facts), ...host];
}

/** Models that are not of language: told, and no AI endpoint. */
const OTHER_MODELS = "ml-serving";

function tierOf(score: number, { override }: Judging): AiVerdictName {
  if (override !== undefined) return override.ai ? "confirmed" : "none";
  return TIERS.find(([, least]) => score >= least)?.[0] ?? "none";
}

/** Something other than "there is no such thing here": an attempt on a path that does not exist is no endpoint. */
function isAnswered(facts: Facts): boolean {
  return Object.keys(facts.responses).some((status) => !["404", "405", "410", "501"].includes(status));
}

/** Log-odds that need no second opinion. */
const CERTAIN = 5;

/** Beside a format that both sides speak, or a host of models alone, what only resembles something else says nothing. */
function relevant(behaves: readonly Evidence[], named: readonly Reason[]): readonly Evidence[] {
  const certain = named.reduce((all, { evidence }) => all + evidence.weight, 0) >= CERTAIN;
  return certain ? behaves.filter(({ weight }) => weight > 0) : behaves;
}

function scoreOf(evidence: readonly Evidence[], { now }: Judging): number {
  const score = probability(weigh(evidence, now));
  const groups = new Set(evidence.filter(({ weight }) => weight > 0).map(({ group }) => group));
  const isFirm = groups.size >= MIN_GROUPS || groups.has("modality") || !groups.has("language");
  return isFirm ? score : Math.min(score, JUST_WATCHED);
}

interface Judged {
  readonly key: AiKey;
  readonly facts: Facts;
}

function kindOf(named: readonly Reason[], vendor: VendorRow | null, { key, facts }: Judged): string | null {
  const told = named.find((one) => one.kind !== null)?.kind;
  if (told !== undefined && told !== null) return told;
  const isSocket = key.protocol === "websocket";
  const behaves = facts.text === undefined ? null : kindOfBehaviour(facts.text, isSocket);
  return behaves ?? vendor?.kind ?? null;
}

/** Who calls a vendor consumes; who serves provides, and who passes a known format on to a model host is a gateway. */
function roleOf(
  vendor: VendorRow | null,
  named: readonly Reason[],
  evidence: readonly Evidence[],
): AiVerdict["role"] {
  if (vendor !== null) return "consumer";
  const isNested = evidence.some(({ group }) => group === "graph");
  return isNested && named.some((one) => one.format !== null) ? "gateway" : "provider";
}

/** Of an encrypted connection the server name is all there is: likely at most, since nothing else can join it. */
function vendorReason(row: VendorRow, { authority, protocol }: AiKey, facts: Facts): Reason {
  const text =
    protocol === "tls" ? `server name ${authority} of ${row.vendor} (SNI only)` : `host of ${row.vendor}`;
  return reason("vendor-host", VENDOR[row.trust], text, { facts, kind: null, format: null });
}

const LOGS = new Set(["access-log", "gateway-log"]);

function basisOf({ protocol, method }: AiKey, facts: Facts): AiBasis {
  const isTunnel = method === "CONNECT" && protocol !== "websocket";
  if (protocol === "tls" || isTunnel) return "server-name";
  const bodies = [
    ...Object.values(facts.requestBodies),
    ...Object.values(facts.responses).flatMap((response) => Object.values(response.bodies)),
  ];
  if (facts.text !== undefined || bodies.some(({ shaped, truncated }) => shaped + truncated > 0))
    return "bodies";
  const onlyLogs = Object.keys(facts.sources).every((source) => LOGS.has(source));
  const headers = Object.keys(facts.requestHeaders.kept).length;
  return onlyLogs && headers <= 3 ? "access-log" : "headers";
}
