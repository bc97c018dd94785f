// What the Kubernetes formats share: metadata, comments with the evidence, YAML that hides nothing.
import { Document, Scalar, visit } from "yaml";
import type { Blocked, Peer, SegmentationPlan } from "../../inventory/segmentation-types.ts";
import { escapeTerminal } from "../escape.ts";
import { moment } from "../weekly/layout.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** `names`: whether the format sees methods and paths, so that a known caller can still be blocked. */
export function manifest(
  plan: SegmentationPlan,
  body: Json,
  names: { readonly operations: boolean },
): string {
  const comments = commentsOf(plan, names).map((line) => `# ${escapeTerminal(line)}\n`);
  return `${comments.join("")}${yamlOf(body)}`;
}

export function metadataOf({ target, window }: SegmentationPlan, purpose: string): Json {
  return {
    name: `${target.name.slice(0, 63 - purpose.length - 1)}-${purpose}`,
    ...(target.namespace === null ? {} : { namespace: target.namespace }),
    annotations: {
      "umbra/evidence-from": new Date(window.from).toISOString(),
      "umbra/evidence-until": new Date(window.until).toISOString(),
    },
  };
}

// Lines a person reads above a manifest; all of them are in the CSV.
const MAX_BLOCKED = 20;

function commentsOf(plan: SegmentationPlan, names: { readonly operations: boolean }): readonly string[] {
  const { service, window, warnings, rules } = plan;
  const blocked = plan.blocked.filter(({ addressAllowed }) => names.operations || !addressAllowed);
  const from = moment(new Date(window.from).toISOString());
  const until = moment(new Date(window.until).toISOString());
  return [
    `Least-privilege ingress for ${service}, from traffic heard from ${from} to ${until}.`,
    ...rules.map((rule) => {
      const thin = rule.thin ? "; thin evidence" : "";
      const last = moment(new Date(rule.lastSeen).toISOString());
      return `Allows ${peerName(rule.peer)}: ${rule.requests} requests, last on ${last}${thin}.`;
    }),
    ...warnings.map((warning) => `Warning: ${warning}`),
    blocked.length === 0
      ? "Nothing of the last 30 days would have been blocked."
      : `Would have been blocked in the last 30 days: ${blocked.length} kinds of calls.`,
    ...blocked.slice(0, MAX_BLOCKED).map(blockedLine),
    ...(blocked.length > MAX_BLOCKED
      ? [`  and ${blocked.length - MAX_BLOCKED} more; --format csv has all.`]
      : []),
  ];
}

function blockedLine({ caller, method, path, requests, reason }: Blocked): string {
  return `  ${caller} ${method} ${path}, ${requests} requests: ${reason}`;
}

export function peerName(peer: Peer): string {
  return peer.kind === "workload" ? peer.place.name : peer.cidr;
}

/** Networks of a workload without labels, or the one of an address. */
export function networksOf(peer: Peer): readonly string[] {
  if (peer.kind === "address") return [peer.cidr];
  return peer.place.addresses.map((text) =>
    text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`,
  );
}

/** Pods of the peer can be selected, not only its addresses. */
export function labelsOf(peer: Peer): Readonly<Record<string, string>> | null {
  return peer.kind === "workload" && Object.keys(peer.place.labels).length > 0 ? peer.place.labels : null;
}

/*
  DEL and C1 controls, zero-width and bidi marks, the byte order mark: traffic may have written them into a path; YAML
  need not escape them, a reader of the manifest must see them.
*/
const UNSEEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function yamlOf(body: Json): string {
  const made = new Document(body, { aliasDuplicateObjects: false });
  visit(made, {
    Scalar(_, node) {
      // Escapes are only such within double quotes.
      if (typeof node.value === "string" && node.value.search(UNSEEN) >= 0) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return made
    .toString({ lineWidth: 0 })
    .replace(UNSEEN, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
