// Capture health as the API shows it: what each collector heard and lost.
import { z } from "zod";
import type { CaptureHealth } from "../model/health.ts";
import { component, count, iso, rows, time } from "./schema.ts";

const counts = z.record(z.string(), count);

export const healthSchema = component(
  "CaptureHealth",
  "What collectors could and could not hear.",
  z.object({
    collectors: z.array(
      z.object({
        collector: z.string(),
        from: time.nullable().describe("By the clock of the source; null while nothing was read."),
        to: time.nullable(),
        counters: counts,
        weirds: counts.describe("Input that did not fit, by name."),
      }),
    ),
  }),
);

export function healthJson(reports: readonly CaptureHealth[]): z.infer<typeof healthSchema> {
  const sorted = [...reports].sort((a, b) => (a.collector < b.collector ? -1 : 1));
  return {
    collectors: sorted.map(({ collector, from, to, counters, weirds }) => ({
      collector,
      from: from === null ? null : iso(from),
      to: to === null ? null : iso(to),
      counters: Object.fromEntries(rows(counters)),
      weirds: Object.fromEntries(rows(weirds)),
    })),
  };
}
