// The caller graph as the API shows it.
import type { CallerGraph } from "../inventory/caller-graph.ts";
import { iso } from "./schema.ts";

export function graphJson(graph: CallerGraph): object {
  return {
    callers: graph.callers,
    targets: graph.targets.map(({ aiKind, ...target }) => ({ ...target, ai_kind: aiKind })),
    edges: graph.edges.map(({ firstSeen, lastSeen, dataClasses, ...edge }) => ({
      ...edge,
      first_seen: iso(firstSeen),
      last_seen: iso(lastSeen),
      data_classes: dataClasses,
    })),
    edges_left_out: graph.edgesLeftOut,
    requests_left_out: graph.requestsLeftOut,
  };
}
