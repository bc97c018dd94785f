// Kubernetes NetworkPolicy: who may connect to which port. It sees no methods and no paths.
import type { AllowRule, SegmentationPlan } from "../../../inventory/segmentation-types.ts";
import type { Json } from "../manifest.ts";
import { labelsOf, manifest, metadataOf, networksOf } from "../manifest.ts";
import { defineSegmentationFormat } from "../segmentation-format.ts";

/*
  networking.k8s.io/v1 NetworkPolicy (Kubernetes API reference): podSelector, policyTypes, ingress[].from[] with
  podSelector + namespaceSelector or ipBlock, ingress[].ports[]. No ingress entry at all: everything is denied.
*/
export default defineSegmentationFormat({
  id: "networkpolicy",
  title: "Kubernetes NetworkPolicy",
  mediaType: "application/yaml",
  render: (plan) => manifest(plan, policyOf(plan), { operations: false }),
});

function policyOf(plan: SegmentationPlan): Json {
  const { target, rules } = plan;
  const ports = target.ports.map((port) => ({ protocol: "TCP", port }));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadataOf(plan, "ingress"),
    spec: {
      podSelector: { matchLabels: target.labels },
      policyTypes: ["Ingress"],
      ingress: rules.map((rule) => ({ from: peersOf(rule), ...(ports.length === 0 ? {} : { ports }) })),
    },
  };
}

function peersOf({ peer }: AllowRule): readonly Json[] {
  const labels = labelsOf(peer);
  if (labels === null) return networksOf(peer).map((cidr) => ({ ipBlock: { cidr } }));
  const namespace = peer.kind === "workload" ? peer.place.namespace : null;
  return [
    {
      ...(namespace === null
        ? {}
        : { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } }),
      podSelector: { matchLabels: labels },
    },
  ];
}
