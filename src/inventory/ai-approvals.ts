// Which vendors an organisation allows: read from YAML, asked by name or host.
import { parseDocument } from "yaml";
import { z } from "zod";
import type { Parsed } from "../model/parsed.ts";
import { parsed, weird } from "../model/parsed.ts";

/** unreviewed: nobody said anything about it. */
export type Approval = "sanctioned" | "tolerated" | "unsanctioned" | "unreviewed";

const names = z.array(z.string().min(1).max(256)).max(2000).readonly();

export const approvalsSchema = z
  .strictObject({
    /** Names of vendors as the inventory shows them, or hosts: a host stands for all below it. */
    sanctioned: names.default([]),
    tolerated: names.default([]),
    unsanctioned: names.default([]),
    /** Of vendors in none of the lists. */
    others: z.enum(["unreviewed", "unsanctioned"]).default("unreviewed"),
    /** Hosts of gateways that calls to vendors should go through. */
    gateways: names.default([]),
  })
  .readonly();

export type Approvals = z.infer<typeof approvalsSchema>;

export const NO_APPROVALS: Approvals = approvalsSchema.parse({});

// Written by hand; thousands of names fit.
const MAX_BYTES = 1_048_576;

/** The detail names what is wrong. */
export function readApprovals(text: string): Parsed<Approvals> {
  if (text.length > MAX_BYTES) return weird("ai-approvals.too-large");
  const yaml = yamlOf(text);
  if (!yaml.ok) return yaml;
  const read = approvalsSchema.safeParse(yaml.value ?? {});
  if (read.success) return parsed(read.data);
  const [issue] = read.error.issues;
  return weird("ai-approvals.shape", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

/** Aliases could make a small file endless; nobody needs them here. */
function yamlOf(text: string): Parsed<unknown> {
  try {
    const document = parseDocument(text, { uniqueKeys: true });
    const [error] = document.errors;
    if (error !== undefined) return weird("ai-approvals.not-yaml", error.message.split("\n", 1)[0] ?? "");
    return parsed(document.toJS({ maxAliasCount: 0 }) as unknown);
  } catch {
    return weird("ai-approvals.not-yaml", "aliases are not read");
  }
}

const LISTS = ["unsanctioned", "sanctioned", "tolerated"] as const;

/** The strictest list that names the vendor or one of its hosts. */
export function approvalOf(vendor: string, hosts: readonly string[], approvals: Approvals): Approval {
  const wanted = vendor.toLowerCase();
  const found = LISTS.find((list) =>
    approvals[list].some((name) => {
      const listed = name.toLowerCase();
      return listed === wanted || hosts.some((host) => isBelow(host, listed));
    }),
  );
  return found ?? approvals.others;
}

export function isBelow(authority: string, host: string): boolean {
  const bare = authority.replace(/:\d+$/, "");
  return bare === host || bare.endsWith(`.${host}`);
}
