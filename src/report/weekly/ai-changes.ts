// What changed about models and tools this week, and which APIs show signs that machines made or found them out.
import { dynamicApis } from "../../inventory/ai-dynamic.ts";
import type { DynamicRow } from "../../inventory/ai-dynamic-signals.ts";
import { TRIALS } from "../../inventory/ai-dynamic-signals.ts";
import type { EndpointEvent, Frame, Seen } from "./frame.ts";
import { isAi, isHeard, noteOf } from "./frame.ts";
import type { Note } from "./report.ts";

/** Oldest first. New tools and vendors stand in lists of their own. */
export function aiChanges(frame: Frame): readonly Note[] {
  return frame.news.flatMap((event) => {
    const seen = frame.byId.get(event.endpointId);
    const text = textOf(event);
    return seen === undefined || text === null ? [] : [noteOf(seen.row, text, frame)];
  });
}

const TOOLS = {
  removed: "is no longer offered",
  redefined: "was redefined under its name, without any notice",
  "newly-destructive": "can do what cannot be taken back, and could not before",
} as const;

function textOf(event: EndpointEvent): string | null {
  switch (event.type) {
    case "ai-tool-changed":
      return event.change === "added" ? null : `tool ${event.tool} ${TOOLS[event.change]}`;
    case "ai-model-changed":
      return `model ${event.model} of another family; before: ${event.before.join(", ")}`;
    case "ai-key-changed":
      return `another key is used; ${event.keys} are known`;
    default:
      return null;
  }
}

/** Services with two signs of which one showed this week, each at the first endpoint it is about. */
export function dynamicNotes(frame: Frame): readonly Note[] {
  const { from, to } = frame.week;
  return dynamicApis(frame.seen.flatMap(dynamicRowOf)).flatMap(({ isLikely, signs }) => {
    const fresh = signs.some(({ at }) => at >= from && at < to);
    const seen = frame.byId.get(signs[0]?.endpointIds[0] ?? "");
    if (!isLikely || !fresh || seen === undefined) return [];
    return [noteOf(seen.row, signs.map(({ text }) => text).join("; "), frame)];
  });
}

function dynamicRowOf({ row, now }: Seen): readonly DynamicRow[] {
  const { firstSeen, lastSeen } = row;
  if (firstSeen === null || lastSeen === null || row.confidence === "noise") return [];
  return [
    {
      ...row,
      firstSeen,
      lastSeen,
      parameters: [],
      isApi: isHeard(row, now),
      isAi: isAi(now),
      corrected: row.findings.some(({ rule }) => rule === "ai-trial-and-error") ? TRIALS : 0,
    },
  ];
}
