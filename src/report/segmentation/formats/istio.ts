// Istio AuthorizationPolicy: who may call which method and path, by identity where one is known.
import type { AllowedOperation, AllowRule, SegmentationPlan } from "../../../inventory/segmentation-types.ts";
import type { Json } from "../manifest.ts";
import { manifest, metadataOf, networksOf } from "../manifest.ts";
import { defineSegmentationFormat } from "../segmentation-format.ts";

/*
  security.istio.io/v1 AuthorizationPolicy: selector, action ALLOW, rules[].from[].source.principals or ipBlocks,
  rules[].to[].operation.methods, ports and paths; `{*}` is one segment, `{**}` any number at the end (1.22 and later).
*/
export default defineSegmentationFormat({
  id: "istio",
  title: "Istio AuthorizationPolicy",
  mediaType: "application/yaml",
  render: (plan) => manifest(plan, policyOf(plan), { operations: true }),
});

function policyOf(plan: SegmentationPlan): Json {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: metadataOf(plan, "ingress"),
    spec: {
      selector: { matchLabels: plan.target.labels },
      action: "ALLOW",
      // ALLOW without rules allows nothing.
      ...(plan.rules.length === 0 ? {} : { rules: plan.rules.map((rule) => ruleOf(rule, plan)) }),
    },
  };
}

function ruleOf(rule: AllowRule, { target }: SegmentationPlan): Json {
  const ports = target.ports.length === 0 ? {} : { ports: target.ports.map(String) };
  const to = byMethod(rule.operations).map(([method, paths]) => ({
    operation: { methods: [method], paths, ...ports },
  }));
  return { from: [{ source: sourceOf(rule) }], to };
}

// The trust domain Istio is installed with; others edit it.
const TRUST_DOMAIN = "cluster.local";

function sourceOf({ peer }: AllowRule): Json {
  const place = peer.kind === "workload" ? peer.place : null;
  if (place?.serviceAccount && place.namespace !== null)
    return { principals: [`${TRUST_DOMAIN}/ns/${place.namespace}/sa/${place.serviceAccount}`] };
  return { ipBlocks: networksOf(peer) };
}

function byMethod(
  operations: readonly AllowedOperation[],
): readonly (readonly [string, readonly string[]])[] {
  const methods = new Map<string, Set<string>>();
  for (const operation of operations) {
    const held = methods.get(operation.method) ?? new Set<string>();
    methods.set(operation.method, held.add(pathTemplate(operation)));
  }
  return [...methods].map(([method, paths]) => [method, [...paths].sort()] as const);
}

/** A variable, or a literal star, makes its whole segment one: the template operator stands for nothing less. */
function pathTemplate({ path, tail }: AllowedOperation): string {
  const segments = path.split("/").map((segment) => (/[{}*]/.test(segment) ? "{*}" : segment));
  if (tail) segments[segments.length - 1] = "{**}";
  return segments.join("/");
}
