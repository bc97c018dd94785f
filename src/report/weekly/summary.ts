// The executive paragraph: sentences that follow from the numbers by rules, and say nothing that they do not carry.
import { counted } from "../../inventory/counted.ts";
import type { Frame } from "./frame.ts";
import type { WeeklyReport } from "./report.ts";
import { dayText } from "./week.ts";

type Told = Omit<WeeklyReport, "summary">;

export function summaryOf(report: Told, frame: Frame): readonly string[] {
  const news = NEWS.flatMap((sentence) => sentence(report) ?? []);
  return [
    opening(report, frame),
    ...(news.length === 0 ? [nothingNew(report, frame)] : news),
    ...STANDING.flatMap((sentence) => sentence(report) ?? []),
  ];
}

function opening({ headline, week, zone, state, scope }: Told, frame: Frame): string {
  const { now, before } = headline;
  const days = `${dayText(frame.week.from, frame.zone)} to ${dayText(frame.week.to - 1, frame.zone)}`;
  const whose = scope.name === null ? "" : ` of ${scope.kind} ${scope.name}`;
  const when = state === "open" ? "So far in" : "In";
  const share =
    now.endpoints === 0
      ? ""
      : `; ${now.shadow} (${percent(now.shadow, now.endpoints)}) ${now.shadow === 1 ? "stands" : "stand"} in no API document`;
  return (
    `${when} week ${week} (${days}, ${zone}) the inventory${whose} held ${counted(now.endpoints, "API endpoint")} ` +
    `of ${counted(now.services, "service")}, ${change(now.endpoints, before.endpoints)}${share}.`
  );
}

function change(now: number, before: number): string {
  if (now === before) return "as many as the week before";
  return now > before
    ? `${now - before} more than the week before`
    : `${before - now} fewer than the week before`;
}

type Sentence = (report: Told) => string | null;

const NEWS: readonly Sentence[] = [
  shadowSentence,
  documentedSentence,
  driftSentence,
  aiSentence,
  findingsSentence,
];

function shadowSentence({ new_shadow: items }: Told): string | null {
  if (items.length === 0) return null;
  const parts = [
    [items.filter(({ exposure }) => exposure === "external").length, "called from outside"],
    [items.filter(({ ai }) => ai !== null).length, "AI"],
    [
      items.filter(({ decision }) => decision.kind === "protect").length,
      "giving sensitive data without a credential",
    ],
    [items.filter(({ owner }) => owner === null).length, "without an owner"],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, text]) => `${count} ${text}`);
  return `${counted(items.length, "new shadow endpoint")}${told.length === 0 ? "" : `, of these ${told.join(", ")}`}.`;
}

function documentedSentence({ documented, retired }: Told): string | null {
  const parts = [
    ...(documented.length === 0 ? [] : [`${counted(documented.length, "endpoint")} became documented`]),
    ...(retired.length === 0 ? [] : [`${counted(retired.length, "retired endpoint")} fell silent`]),
  ];
  return parts.length === 0 ? null : `${parts.join("; ")}.`;
}

function driftSentence({ drift }: Told): string | null {
  if (drift.items.length === 0) return null;
  const parts = Object.entries(drift.by_severity).map(([severity, count]) => `${count} ${severity}`);
  return `${counted(drift.items.length, "change")} to known endpoints: ${parts.join(", ")}.`;
}

function aiSentence({ ai }: Told): string | null {
  const parts = [
    [ai.found.length, "known endpoint turned out to be AI", "known endpoints turned out to be AI"],
    [
      ai.new_vendors.length,
      "AI vendor was called for the first time",
      "AI vendors were called for the first time",
    ],
    [
      ai.new_tools.length,
      "endpoint shows new tools or MCP operations",
      "endpoints show new tools or MCP operations",
    ],
    [ai.changes.length, "tool, model or key changed", "tools, models or keys changed"],
    [
      ai.dynamic.length,
      "service shows signs of an API that machines made or found out",
      "services show signs of APIs that machines made or found out",
    ],
  ] as const;
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return told.length === 0 ? null : `${told.join("; ")}.`;
}

function findingsSentence({ findings }: Told): string | null {
  const { opened, closed, open, mean_age_days: age } = findings;
  if (opened + closed === 0) return null;
  const old = age === null ? "" : `, ${age} days old on average`;
  return `${counted(opened, "finding")} opened, ${closed} closed; ${open} stand${open === 1 ? "s" : ""}${old}.`;
}

const STANDING: readonly Sentence[] = [
  ({ zombies }) =>
    zombies.length === 0
      ? null
      : `${counted(zombies.length, "retired endpoint")} ${zombies.length === 1 ? "is" : "are"} still called.`,
  ({ unowned, headline }) =>
    unowned.endpoints === 0
      ? null
      : `${unowned.endpoints} of ${counted(headline.now.endpoints, "endpoint")} ${unowned.endpoints === 1 ? "has" : "have"} no owner.`,
  ({ late }) => (late.length === 0 ? null : `${counted(late.length, "event")} of the week before came late.`),
];

function nothingNew({ headline, scope }: Told, { inputs }: Frame): string {
  if (headline.now.endpoints + headline.now.orphan > 0)
    return "Nothing changed: no endpoint appeared, none was documented, no finding opened or closed. What stands is below; capture health says whether anything could have been missed.";
  if (inputs.rows.length > 0) return "Nothing had been heard by then: the first traffic came later.";
  return scope.kind === "all"
    ? "Nothing has been heard yet: send Umbra traffic (`umbra start --help` says how); capture health below says what was read so far."
    : `Nothing in the inventory belongs to this ${scope.kind}.`;
}

/** Rounded, but "100 %" only of all and "0 %" only of nothing. */
function percent(part: number, whole: number): string {
  const share = Math.round((100 * part) / whole);
  if (share === 0 && part > 0) return "less than 1 %";
  return `${share === 100 && part < whole ? 99 : share} %`;
}
