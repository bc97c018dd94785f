// What published news must look like: findings as they open, get worse and resolve.
import { z } from "zod";
import type { PublishedNews } from "../model/governance.ts";
import { count, time } from "./schema-parts.ts";

const severity = z.enum(["info", "low", "medium", "high", "critical"]);

const finding = z
  .object({
    id: z.string(),
    rule: z.string(),
    title: z.string(),
    severity,
    endpointId: z.string(),
    authority: z.string(),
    text: z.string(),
    state: z.enum(["open", "acknowledged", "accepted", "resolved"]),
    openedAt: time,
    changedAt: time,
    resolvedAt: time.nullable(),
    acceptedUntil: time.nullable(),
    reason: z.string().nullable(),
    by: z.string().nullable(),
    reopened: count,
    notify: z.array(z.string()),
    reviewBy: time.nullable(),
  })
  .meta({ id: "FindingRecord" });

export const newsSchema: z.ZodType<PublishedNews> = z.object({
  id: z.string(),
  news: z.object({
    turn: z.enum(["opened", "reopened", "worsened", "resolved", "test"]),
    finding,
    method: z.string(),
    path: z.string(),
    owner: z.string().nullable(),
  }),
});
