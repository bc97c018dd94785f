// POST /events/{id}/undo: takes back a merge or a split that evidence made.
import { pinJson, undone } from "../grouping-json.ts";
import { inPath } from "../parameter.ts";
import type { RefusalCode } from "../problem.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

const REFUSALS = {
  unknown: "event-unknown",
  "not-undoable": "not-undoable",
  "too-late": "undo-too-late",
  "too-many": "too-many-pins",
  conflict: "conflict",
} as const satisfies Record<string, RefusalCode>;

export default defineRoute({
  id: "undo-event",
  method: "post",
  path: "/events/{id}/undo",
  tag: "events",
  summary: "Undo a merge or a split of endpoints",
  description: "Within 30 days. It is written down as pins, so that evidence does not do the same again.",
  parameters: { id: inPath("Id of an event of type endpoints-merged or endpoint-split.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "Undone, by these pins." },
  content: { kind: "json", schema: undone },
  refusals: ["conflict", "event-unknown", "not-undoable", "too-many-pins", "undo-too-late"],
  async handle({ path, by }, { grouping, governance }) {
    const result = await grouping.undo(path.id, by);
    if (result.kind !== "done") throw new Refusal(REFUSALS[result.kind]);
    governance.rulesChanged();
    return { status: 200, json: { pins: result.pins.map(pinJson) } };
  },
});
