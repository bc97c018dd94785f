// Segmentation rules one line each, allowed and blocked, safe to open in a spreadsheet.
import type { AllowRule, Blocked, SegmentationPlan } from "../../../inventory/segmentation-types.ts";
import { escapeCsv } from "../../escape.ts";
import { networksOf, peerName } from "../manifest.ts";
import { defineSegmentationFormat } from "../segmentation-format.ts";

const HEAD = [
  "action",
  "service",
  "caller",
  "networks",
  "ports",
  "method",
  "path",
  "requests",
  "first_seen",
  "last_seen",
  "remark",
];

export default defineSegmentationFormat({
  id: "csv",
  title: "CSV, one rule a line",
  mediaType: "text/csv; charset=utf-8",
  render(plan) {
    const rows = [
      ...plan.rules.flatMap((rule) => allowRows(rule, plan)),
      ...plan.blocked.map((blocked) => blockedRow(blocked, plan)),
      ...plan.warnings.map((warning) => row({ action: "warning", service: plan.service, remark: warning })),
    ];
    return [HEAD, ...rows].map((cells) => `${cells.map(escapeCsv).join(",")}\r\n`).join("");
  },
});

function row(cells: Readonly<Record<string, string>>): readonly string[] {
  return HEAD.map((name) => cells[name] ?? "");
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Counts are those of the caller at this endpoint; whether evidence is thin follows from all its calls of the service. */
function allowRows(rule: AllowRule, { service, target }: SegmentationPlan): readonly (readonly string[])[] {
  return rule.operations.map(({ method, path, requests, firstSeen, lastSeen }) =>
    row({
      action: "allow",
      service,
      caller: peerName(rule.peer),
      networks: networksOf(rule.peer).join(" "),
      ports: target.ports.join(" "),
      method,
      path,
      requests: String(requests),
      first_seen: iso(firstSeen),
      last_seen: iso(lastSeen),
      remark: rule.thin ? "thin evidence" : "",
    }),
  );
}

function blockedRow(blocked: Blocked, { service }: SegmentationPlan): readonly string[] {
  const { caller, method, path, requests, lastSeen, reason } = blocked;
  const cells = { action: "blocked", service, caller, method, path, requests: String(requests) };
  return row({ ...cells, last_seen: iso(lastSeen), remark: reason });
}
