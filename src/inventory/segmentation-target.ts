// The workload that rules are for: as the file of places names it, as cluster DNS spells it, or a guess that says so.
import type { Endpoint } from "../model/inventory.ts";
import { hostOf } from "./caller-graph.ts";
import type { PlaceFinder } from "./places.ts";
import type { TargetWorkload } from "./segmentation-types.ts";

/*
  Kubernetes DNS (DNS for Services and Pods): service.namespace.svc[.cluster-domain]
*/
const CLUSTER_NAME = /^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc(?:\.|$)/;

export function targetWorkload(
  service: string,
  heard: readonly Endpoint[],
  placeOf: PlaceFinder,
): TargetWorkload {
  const servers = heard.flatMap(({ facts }) => Object.keys(facts?.servers.kept ?? {})).sort();
  const ports = [...new Set(servers.map(portOf).filter((port) => port !== null))].sort((a, b) => a - b);
  const place = servers.map((server) => placeOf(hostOf(server))).find((found) => found !== null);
  const host = service.replace(/:\d+$/, "");
  if (place !== undefined && Object.keys(place.labels).length > 0) {
    const { name, namespace, labels } = place;
    return { name: dnsLabel(name), namespace, labels, guessed: false, ports };
  }
  const [, name, namespace] = CLUSTER_NAME.exec(host) ?? [];
  const label = dnsLabel(name ?? host.split(".")[0] ?? "");
  return {
    name: label,
    namespace: namespace === undefined ? (place?.namespace ?? null) : dnsLabel(namespace),
    // Recommended labels (Kubernetes): the one that says what a pod is part of.
    labels: { "app.kubernetes.io/name": label },
    guessed: true,
    ports,
  };
}

function portOf(server: string): number | null {
  const port = Number(server.slice(server.lastIndexOf(":") + 1));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

// RFC 1123: letters, digits and hyphens, at most 63, no hyphen at an end.
const MAX_LABEL = 63;

/** Any text as a DNS-1123 label; "service" where nothing of it can stand there. */
export function dnsLabel(text: string): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LABEL)
    .replace(/^-+|-+$/g, "");
  return label === "" ? "service" : label;
}
