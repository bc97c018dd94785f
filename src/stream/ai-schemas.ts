// What messages carry of language models: tools offered and called, attacks, credentials, tokens.
import { z } from "zod";
import type { AiFacts } from "../model/ai-facts.ts";
import type { ToolFacts } from "../model/tool-facts.ts";
import { bounded, count, named, time } from "./schema-parts.ts";

const toolDefinition = z.object({
  lists: count,
  firstSeen: time,
  lastSeen: time,
  effect: z.enum(["read", "write", "delete", "execute", "pay", "unknown"]),
  declares: z.enum(["destructive", "read-only"]).exactOptional(),
  openWorld: z.boolean().exactOptional(),
  parameters: named(z.string()),
  suspicious: z.array(z.string()).exactOptional(),
});

export const toolFacts: z.ZodType<ToolFacts> = z
  .object({
    kind: z.enum(["tool", "resource", "prompt", "skill"]),
    name: z.string(),
    firstSeen: time,
    lastSeen: time,
    calls: count,
    errors: count,
    definitions: bounded(toolDefinition),
    backends: bounded(count),
  })
  .meta({ id: "ToolFacts" });

const protocolFacts = z.object({
  exchanges: count,
  told: named(count),
  revisions: bounded(count),
  clients: bounded(count),
  lists: count,
  firstList: time.nullable(),
  lastList: time.nullable(),
  foreignOrigins: count,
});

const signatureFacts = z.object({
  attempt: count,
  reached: count,
  effect: count,
  firstSeen: time,
  lastSeen: time,
});

const spendFacts = z.object({
  caller: z.string(),
  model: z.string(),
  exchanges: count,
  input: count,
  output: count,
});

export const aiFacts: z.ZodType<AiFacts> = z
  .object({
    protocols: named(protocolFacts).exactOptional(),
    actors: named(z.object({ requests: count, supported: count })).exactOptional(),
    signatures: named(signatureFacts).exactOptional(),
    patterns: named(z.object({ texts: count, flagged: count })).exactOptional(),
    content: named(count).exactOptional(),
    contentDays: z.object({ from: count, before: named(count), days: named(named(count)) }).exactOptional(),
    leaks: named(z.object({ answers: count, unasked: count })).exactOptional(),
    credentials: bounded(z.object({ requests: count, firstSeen: time, lastSeen: time })).exactOptional(),
    spend: bounded(spendFacts).exactOptional(),
    marks: named(count).exactOptional(),
  })
  .meta({ id: "AiFacts" });
