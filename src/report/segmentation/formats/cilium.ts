// CiliumNetworkPolicy: who may call which method and path.
import type { AllowedOperation, AllowRule, SegmentationPlan } from "../../../inventory/segmentation-types.ts";
import type { Json } from "../manifest.ts";
import { labelsOf, manifest, metadataOf, networksOf } from "../manifest.ts";
import { defineSegmentationFormat } from "../segmentation-format.ts";

/*
  cilium.io/v2 CiliumNetworkPolicy: endpointSelector, ingress[].fromEndpoints or fromCIDR, toPorts[].ports, and for
  traffic that is not encrypted toPorts[].rules.http[] with method and path, both extended POSIX regular expressions
  that must match as a whole.
*/
export default defineSegmentationFormat({
  id: "cilium",
  title: "CiliumNetworkPolicy with methods and paths",
  mediaType: "application/yaml",
  render: (plan) => manifest(plan, policyOf(plan), { operations: seesPaths(plan) }),
});

/** Rules for HTTP hang on a port, and need traffic that can be read. */
function seesPaths({ target, cleartext }: SegmentationPlan): boolean {
  return cleartext && target.ports.length > 0;
}

function policyOf(plan: SegmentationPlan): Json {
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: metadataOf(plan, "ingress"),
    spec: {
      endpointSelector: { matchLabels: plan.target.labels },
      // An empty rule selects nobody: without any, Cilium would not enforce at all.
      ingress: plan.rules.length === 0 ? [{}] : plan.rules.map((rule) => ingressOf(rule, plan)),
    },
  };
}

function ingressOf(rule: AllowRule, plan: SegmentationPlan): Json {
  const ports = plan.target.ports.map((port) => ({ port: String(port), protocol: "TCP" }));
  const rules = seesPaths(plan) ? { rules: { http: rule.operations.map(httpRule) } } : {};
  return { ...sourceOf(rule), ...(ports.length === 0 ? {} : { toPorts: [{ ports, ...rules }] }) };
}

function sourceOf({ peer }: AllowRule): { readonly [name: string]: Json } {
  const labels = labelsOf(peer);
  if (labels === null) return { fromCIDR: networksOf(peer) };
  const namespace = peer.kind === "workload" ? peer.place.namespace : null;
  const of = namespace === null ? {} : { "k8s:io.kubernetes.pod.namespace": namespace };
  return { fromEndpoints: [{ matchLabels: { ...labels, ...of } }] };
}

function httpRule({ method, path, tail }: AllowedOperation): Json {
  return { method: literal(method), path: pathPattern(path, tail) };
}

/*
  POSIX extended regular expression (XBD 9.4): a variable is one or more characters other than "/"
*/
function pathPattern(path: string, tail: boolean): string {
  const parts = path.split(/(\{[^{}]*\})/);
  const last = parts.findLastIndex((part) => part.startsWith("{"));
  return parts
    .map((part, index) => {
      if (!part.startsWith("{")) return literal(part);
      return tail && index === last ? ".*" : "[^/]+";
    })
    .join("");
}

function literal(text: string): string {
  return text.replace(/[\\.[\](){}*+?^$|]/g, String.raw`\$&`);
}
