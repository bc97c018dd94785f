// The report as people read it, in order: headings, sentences, cards and tables. A format only decides how each looks.
import { isReach } from "../../inventory/reach-findings.ts";
import type { CallerLine, Note, Place, ShadowItem, WeeklyReport } from "./report.ts";

/** Raw text from traffic: the format escapes it. */
export type Cell =
  | string
  | number
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "mark"; readonly text: string; readonly tone: Tone };

/** How much attention something wants. */
export type Tone = "bad" | "warn" | "plain";

export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly head: readonly string[];
  /** The first `MAX_ROWS`. */
  readonly rows: readonly (readonly Cell[])[];
  readonly left: number;
}

export interface Card {
  readonly place: Place;
  readonly marks: readonly { readonly text: string; readonly tone: Tone }[];
  readonly facts: readonly (readonly [label: string, text: string])[];
  readonly advice: string;
  readonly command: string;
}

export interface Cards {
  readonly kind: "cards";
  readonly cards: readonly Card[];
  readonly left: number;
}

export interface Sentences {
  readonly kind: "sentences";
  readonly lines: readonly string[];
}

export type Block = Table | Cards | Sentences;

export interface Section {
  /** For links within the page. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

// A report is read; what is longer is worked through in a spreadsheet.
const MAX_ROWS = 200;
const MAX_CARDS = 60;

export function sectionsOf(report: WeeklyReport): readonly Section[] {
  return [
    { id: "shadow", title: "New shadow endpoints", blocks: [cardsOf(report.new_shadow)] },
    { id: "changes", title: "Documented and retired", blocks: changeBlocks(report) },
    { id: "drift", title: "Changes to known endpoints", blocks: driftBlocks(report) },
    { id: "ai", title: "AI and MCP", blocks: aiBlocks(report) },
    { id: "zombies", title: "Retired endpoints still called", blocks: zombieBlocks(report) },
    { id: "findings", title: "Findings", blocks: findingBlocks(report) },
    { id: "unowned", title: "Without an owner", blocks: unownedBlocks(report) },
    { id: "orphans", title: "Documented, never heard", blocks: orphanBlocks(report) },
    { id: "late", title: "Late news of the week before", blocks: lateBlocks(report) },
    {
      id: "coverage",
      title: "What could and could not be seen",
      blocks: [sentences(report.coverage.sentences)],
    },
  ];
}

function sentences(lines: readonly string[]): Sentences {
  return { kind: "sentences", lines };
}

/** A table, or the sentence that stands in its place while it has no rows. */
function tableOr(
  none: string,
  { caption, head, rows }: Pick<Table, "caption" | "head" | "rows">,
): readonly Block[] {
  if (rows.length === 0) return none === "" ? [] : [sentences([none])];
  const shown = rows.slice(0, MAX_ROWS);
  return [{ kind: "table", caption, head, rows: shown, left: rows.length - shown.length }];
}

function at(place: Place): Cell {
  return { kind: "place", place };
}

function ownerOf({ owner }: Note): string {
  return owner ?? "nobody";
}

function cardsOf(items: readonly ShadowItem[]): Block {
  if (items.length === 0) return sentences(["No new shadow endpoint was heard this week."]);
  const shown = items.slice(0, MAX_CARDS);
  return { kind: "cards", cards: shown.map(cardOf), left: items.length - shown.length };
}

function cardOf(item: ShadowItem): Card {
  const { exposure, decision, auth, data_classes: data, first_caller: caller } = item;
  return {
    place: item,
    marks: marksOf(item),
    facts: [
      ["First heard", moment(item.first_seen)],
      ["First caller", caller === null ? "not recorded" : callerText(caller)],
      ["Exposure", exposure],
      ["Requests", String(item.requests)],
      ["Credentials", auth.join(", ") || "not recorded"],
      ["Sensitive data", data.join(", ") || "none found"],
      ["Owner", item.owner ?? "nobody"],
      ["Why", item.evidence],
      ...item.findings.map(({ rule, text }) => [`Finding ${rule}`, text] as const),
    ],
    advice: decision.text,
    command: decision.command,
  };
}

function marksOf(item: ShadowItem): Card["marks"] {
  const { ai, exposure, decision } = item;
  return [
    ...(decision.kind === "protect" ? [{ text: "open and sensitive", tone: "bad" as const }] : []),
    ...(exposure === "external" ? [{ text: "called from outside", tone: "bad" as const }] : []),
    ...(item.findings.some(({ rule }) => isReach(rule))
      ? [{ text: "reached by who should not", tone: "bad" as const }]
      : []),
    ...(ai === null ? [] : [{ text: aiText(ai), tone: "warn" as const }]),
    ...(item.why === "undocumented" ? [{ text: "no longer documented", tone: "warn" as const }] : []),
    ...(item.confidence === "candidate" ? [{ text: "candidate", tone: "plain" as const }] : []),
  ];
}

function aiText({ verdict, kind }: NonNullable<ShadowItem["ai"]>): string {
  return `AI: ${kind ?? "undecided"}, ${verdict}`;
}

function callerText({ address, agent }: CallerLine): string {
  return `${address || "unknown address"}${agent === "" ? "" : ` (${agent})`}`;
}

/** To the minute, as the JSON has it: UTC. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function changeBlocks({ documented, retired }: WeeklyReport): readonly Block[] {
  const rows = (notes: readonly Note[]) => notes.map((note) => [at(note), ownerOf(note), note.text]);
  const none = "Nothing became documented, and no retired endpoint fell silent.";
  return [
    ...tableOr(retired.length === 0 ? none : "", {
      caption: "Became documented",
      head: ["Endpoint", "Owner", "How"],
      rows: rows(documented),
    }),
    ...tableOr("", {
      caption: "Retired and silent now",
      head: ["Endpoint", "Owner", "Since"],
      rows: rows(retired),
    }),
  ];
}

const TONES: Readonly<Record<string, Tone>> = { critical: "bad", high: "bad", medium: "warn" };

function severity(name: string): Cell {
  return { kind: "mark", text: name, tone: TONES[name] ?? "plain" };
}

function driftBlocks({ drift }: WeeklyReport): readonly Block[] {
  return tableOr("No known endpoint changed.", {
    caption: "Changes, the worst first",
    head: ["Severity", "Endpoint", "Owner", "What changed"],
    rows: drift.items.map((item) => [severity(item.severity), at(item), ownerOf(item), item.text]),
  });
}

const NOTED: readonly (readonly [string, string, (ai: WeeklyReport["ai"]) => readonly Note[]])[] = [
  ["Tools and MCP operations, new this week", "What", (ai) => ai.new_tools],
  ["What changed about tools, models and keys", "What", (ai) => ai.changes],
  ["APIs with signs of being made or found out by machines", "Signs of the service", (ai) => ai.dynamic],
];

function aiBlocks({ ai }: WeeklyReport): readonly Block[] {
  const kinds = Object.entries(ai.by_kind).map(([kind, count]) => `${count} ${kind}`);
  const lines = [
    kinds.length === 0
      ? "No endpoint in the inventory looks like AI."
      : `In the inventory: ${kinds.join(", ")}.`,
    ...(ai.among_new_shadow === 0 ? [] : [`${ai.among_new_shadow} of the new shadow endpoints above.`]),
    ...(ai.vendors === 0 ? [] : [`Outside AI services called so far: ${ai.vendors}.`]),
    ...(ai.injections === null
      ? []
      : [`Endpoints at which prompt injections were first found this week: ${ai.injections}.`]),
  ];
  return [
    sentences(lines),
    ...tableOr("", {
      caption: "Found to be AI this week",
      head: ["Endpoint", "Kind", "What"],
      rows: ai.found.map((note) => [at(note), note.kind ?? "", note.text]),
    }),
    ...tableOr("", {
      caption: "AI vendors called for the first time",
      head: ["Host", "Vendor", "Since"],
      rows: ai.new_vendors.map(({ authority, vendor, first_seen: since }) => [
        authority,
        vendor ?? "",
        moment(since),
      ]),
    }),
    ...NOTED.flatMap(([caption, what, notes]) =>
      tableOr("", {
        caption,
        head: ["Endpoint", what],
        rows: notes(ai).map((note) => [at(note), note.text]),
      }),
    ),
  ];
}

function zombieBlocks({ zombies }: WeeklyReport): readonly Block[] {
  return tableOr("No retired endpoint was called.", {
    caption: "Retired, and who still calls",
    head: ["Endpoint", "Owner", "Called by", "Last call", "Why retired"],
    rows: zombies.map((zombie) => [
      at(zombie),
      ownerOf(zombie),
      [
        ...zombie.callers.map(callerText),
        ...(zombie.more_callers > 0 ? [`${zombie.more_callers} more`] : []),
      ].join(", ") || "not recorded",
      moment(zombie.last_seen),
      `${zombie.new ? "new: " : ""}${zombie.text}`,
    ]),
  });
}

function findingBlocks({ findings }: WeeklyReport): readonly Block[] {
  const { open, opened, closed, mean_age_days: age } = findings;
  const old = age === null ? "" : `, ${age} days old on average`;
  return [
    sentences([`${opened} opened, ${closed} closed; ${open} open${old}.`]),
    ...tableOr("", {
      caption: "By rule",
      head: ["Severity", "Rule", "Opened", "Closed", "Open"],
      rows: findings.by_rule.map((row) => [
        severity(row.severity),
        row.rule,
        row.opened,
        row.closed,
        row.open,
      ]),
    }),
    ...tableOr("", {
      caption: "Opened this week, beyond what is listed above",
      head: ["Severity", "Endpoint", "Owner", "Finding"],
      rows: findings.items.map((item) => [severity(item.severity), at(item), ownerOf(item), item.text]),
    }),
  ];
}

function unownedBlocks({ unowned }: WeeklyReport): readonly Block[] {
  return tableOr("Every endpoint has an owner.", {
    caption: "Endpoints without an owner",
    head: ["Service", "Endpoints"],
    rows: unowned.by_service.map((row) => [row.authority, row.endpoints]),
  });
}

function orphanBlocks({ orphans }: WeeklyReport): readonly Block[] {
  return tableOr("Everything documented was heard.", {
    caption: "Documented operations that nobody called",
    head: ["Endpoint", "Owner", "Why"],
    rows: orphans.map((note) => [at(note), ownerOf(note), `${note.new ? "new: " : ""}${note.text}`]),
  });
}

function lateBlocks({ late }: WeeklyReport): readonly Block[] {
  return tableOr("None.", {
    caption: "Came after the report of the week before was closed",
    head: ["Endpoint", "When", "What"],
    rows: late.map((note) => [at(note), moment(note.at), note.text]),
  });
}
