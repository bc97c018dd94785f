// How sure it is that an endpoint is real: a rule over totals, so the order of traffic does not matter.
import type { Category, Confidence } from "../model/inventory.ts";
import { isNotThere, isSuccess } from "../model/outcome.ts";
import type { RouteEvidence } from "../model/route.ts";
import type { Facts } from "../model/sighting.ts";
import { estimateDistinct } from "../model/sketch.ts";

/** A scanner that gets an answer once or alone proves little; these figures took junk to none in measurements. */
const SUCCESSES = 3;
const CALLERS = 2;
/** A refusal proves less: one alone is as likely a slip, or a value's only request, as an endpoint. */
const REFUSALS = 3;

/** An endpoint that is there but lets nobody in says so to most. */
const DENIED = 1 / 2;

/** What is known beside the traffic itself. */
export interface Context {
  /** A document lists it. */
  readonly listed: boolean;
  /** As classified: a probe is what scanners ask for everywhere. */
  readonly category: Category;
  /** Grouping found that only whoever asks for what is not there asks for it, or one page answers everything. */
  readonly isProbed?: boolean;
}

/** What the rule looks at. */
interface Proof {
  readonly successes: number;
  /** Answers that were no success. */
  readonly refusals: number;
  /** Of these, that there is no such thing. */
  readonly denials: number;
  readonly unanswered: number;
  readonly callers: number;
  readonly hadCredentials: boolean;
}

/**
 * confirmed: three successes from two callers, one success with credentials, or one that a document lists.
 * noise: no success, and either "no such thing" half of the time, a scanner's question, or fewer than three refusals of one
 * caller; or an answer that everything gets; unless a document lists it. Everything else is a candidate, endpoints that
 * only ever asked for credentials among them, and those whose answers could not be heard.
 */
export function confidenceOf(facts: Facts, context: Context): Confidence {
  const counts = Object.entries(facts.responses).map(([status, { count }]) => [status, count] as const);
  return judged(
    {
      ...answersIn(counts),
      callers: estimateDistinct(facts.distinctCallers),
      hadCredentials: hadCredentials(facts),
    },
    context,
  );
}

/** The same from what grouping keeps of a template. */
export function confidenceFrom(evidence: RouteEvidence, context: Context): Confidence {
  return judged(
    {
      ...answersIn(Object.entries(evidence.statuses)),
      callers: evidence.callers.length,
      hadCredentials: evidence.authenticated > 0,
    },
    context,
  );
}

function judged(proof: Proof, context: Context): Confidence {
  if (isNoise(proof, context)) return "noise";
  return isConfirmed(proof, context.listed) ? "confirmed" : "candidate";
}

function isNoise(proof: Proof, context: Context): boolean {
  if (context.listed) return false;
  if (context.isProbed === true) return true;
  return (
    proof.successes === 0 && (context.category === "probe" || isMostlyDenied(proof) || isLoneRefusal(proof))
  );
}

/** What stands before an API refuses and redirects whatever is asked for; what the API says itself is that it has none. */
function isMostlyDenied({ denials, refusals, unanswered }: Proof): boolean {
  return denials > 0 && denials >= DENIED * (refusals + unanswered);
}

function isLoneRefusal({ refusals, unanswered, callers }: Proof): boolean {
  return unanswered === 0 && refusals > 0 && refusals < REFUSALS && callers < CALLERS;
}

function isConfirmed({ successes, callers, hadCredentials: known }: Proof, listed: boolean): boolean {
  if (successes === 0) return false;
  return listed || known || (successes >= SUCCESSES && callers >= CALLERS);
}

function answersIn(
  counts: readonly (readonly [status: string, count: number])[],
): Pick<Proof, "successes" | "refusals" | "denials" | "unanswered"> {
  const found = { successes: 0, refusals: 0, denials: 0, unanswered: 0 };
  for (const [status, count] of counts) {
    if (isNotThere(status)) found.denials += count;
    found[isSuccess(status) ? "successes" : status === "unknown" ? "unanswered" : "refusals"] += count;
  }
  return found;
}

function hadCredentials(facts: Facts): boolean {
  return Object.values(facts.auth.kept).some(
    ({ scheme, successes }) => scheme !== "none" && scheme !== "not-recorded" && successes > 0,
  );
}
