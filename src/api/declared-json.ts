// Who answers at an endpoint as headers and logs declare it, as the API shows it.
import { z } from "zod";
import { isContradictory } from "../inventory/declared.ts";
import type { Facts } from "../model/sighting.ts";
import { declaredRows } from "../report/declared-rows.ts";
import { count } from "./schema.ts";

const row = z.object({
  kind: z
    .enum(["service", "workload", "account", "upstream"])
    .describe("upstream: as a gateway calls it; namespace and service may be one word."),
  name: z.string().nullable(),
  namespace: z.string().nullable(),
  labels: z.array(z.string()).describe("`key=value`."),
  place: z.enum(["log", "request.header", "response.header"]),
  header: z.string().nullable(),
  requests: count,
});

export const declaredSchema = z
  .object({
    items: z.array(row),
    left_out: count.describe(
      "Requests of rows that were not kept apart: there were too many different ones.",
    ),
    contradictory: z.boolean().describe("Two are named that cannot both be who answers."),
  })
  .describe("Who answers, as headers and logs declare it, the weightiest first.");

/** null facts: nothing was heard, so nothing is declared. */
export function declaredJson(facts: Facts | null): z.infer<typeof declaredSchema> {
  const items = declaredRows(facts);
  return { items, left_out: facts?.declared?.rest?.requests ?? 0, contradictory: isContradictory(items) };
}
