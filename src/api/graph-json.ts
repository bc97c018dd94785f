// The caller graph as the API shows it.
import { z } from "zod";
import type { BlastRadius } from "../inventory/blast-radius.ts";
import type { CallerGraph } from "../inventory/caller-graph.ts";
import type { Reach } from "../inventory/should-not-reach.ts";
import { component, count, iso } from "./schema.ts";

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

export const reachSchema = component(
  "Reach",
  "Who reaches what they should not, and what exposed AI endpoints can reach.",
  z.object({
    reaches: z.array(
      z.object({
        rule: z.string(),
        severity: z.string(),
        caller: z.string().describe("`workload:` or `address:` and its name."),
        endpoint_id: z.string(),
        text: z.string(),
      }),
    ),
    exposed: z.array(
      z.object({
        endpoint_id: z.string().describe("AI endpoint that was called from outside."),
        services: z
          .array(z.string())
          .describe("Services that can be reached from its servers, call by call."),
        data_classes: z.array(z.string()),
        cut: z.boolean().describe("There may be more beyond the number of calls that is followed."),
        reached: z.array(z.object({ endpoint_id: z.string(), depth: count, via: z.string() })),
      }),
    ),
  }),
);

export function reachJson(
  reaches: readonly Reach[],
  radii: readonly BlastRadius[],
): z.infer<typeof reachSchema> {
  return {
    reaches: reaches.map(({ endpointId, ...reach }) => ({ ...reach, endpoint_id: endpointId })),
    exposed: radii.map(({ endpointId, services, dataClasses, cut, reached }) => ({
      endpoint_id: endpointId,
      services: [...services],
      data_classes: [...dataClasses],
      cut,
      reached: reached.map(({ endpointId: id, depth, via }) => ({ endpoint_id: id, depth, via })),
    })),
  };
}
