// What the evidence behind segmentation rules does not cover, in sentences: rules block whatever was not heard.
import type { Endpoint } from "../model/inventory.ts";
import type { AllowRule, TargetWorkload } from "./segmentation-types.ts";

interface Judged {
  readonly rules: readonly AllowRule[];
  readonly target: TargetWorkload;
  readonly from: number;
  readonly until: number;
}

interface Evidence extends Judged {
  readonly heard: readonly Endpoint[];
}

type Warning = (evidence: Evidence) => string | null;

const DAY_MS = 86_400_000;
// Weekly jobs are seen from a week on.
const ENOUGH_DAYS = 7;
const ENOUGH_REQUESTS = 100;

const WARNINGS: readonly Warning[] = [
  ({ rules }) =>
    rules.length === 0
      ? "No caller was heard in the evidence window: these rules would block everything."
      : null,
  ({ rules }) => {
    const days = coveredDays(rules);
    if (rules.length === 0 || days >= ENOUGH_DAYS) return null;
    const text = days < 1 ? "less than a day" : `${Math.floor(days)} days`;
    return `Traffic covers ${text}: what runs weekly or monthly has not been seen.`;
  },
  ({ rules }) => {
    const requests = rules.reduce((sum, rule) => sum + rule.requests, 0);
    return rules.length > 0 && requests < ENOUGH_REQUESTS
      ? `Only ${requests} requests were heard: rare calls are probably missing.`
      : null;
  },
  ({ rules }) => {
    const thin = rules.filter((rule) => rule.thin).length;
    return thin > 0 && rules.length > thin
      ? `${thin} of ${rules.length} callers were heard rarely or on one day only: look at each before allowing it.`
      : null;
  },
  ({ heard }) => {
    const requests = heard.reduce((sum, { facts }) => sum + (facts?.callers.rest?.requests ?? 0), 0);
    return requests > 0
      ? `${requests} requests came from callers beyond the number that is kept apart: they are not allowed here.`
      : null;
  },
  ({ rules, heard }) =>
    rules.length === 1 && rules[0]?.peer.kind === "address" && heard.length > 1
      ? "All requests come from one address: if it is a proxy or load balancer, the callers behind it are not known."
      : null,
  ({ target }) =>
    target.ports.length === 0
      ? "The traffic does not tell which port the service listens on (access logs carry none): rules are for all ports."
      : null,
  ({ target }) =>
    target.guessed
      ? "Nobody said which labels the service's pods carry: the selector is a guess, check it before use (a file of places can name it)."
      : null,
];

/** From the first to the last call that gave a rule. */
function coveredDays(rules: readonly AllowRule[]): number {
  const first = Math.min(...rules.map(({ firstSeen }) => firstSeen));
  const last = Math.max(...rules.map(({ lastSeen }) => lastSeen));
  return (last - first) / DAY_MS;
}

export function evidenceWarnings(heard: readonly Endpoint[], judged: Judged): readonly string[] {
  return WARNINGS.flatMap((warning) => warning({ ...judged, heard }) ?? []);
}
