// Which fields of a log line say who answered and who called: names that gateways, meshes and log shippers write.
import type { Declaration, DeclaredRole } from "../../src/model/declared.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import type { Form } from "../../src/digest/declared/forms.ts";
import {
  envoyCluster,
  istioServerName,
  kongService,
  spiffeId,
  traefikService,
  withoutPort,
  workloadOfPod,
} from "../../src/digest/declared/forms.ts";
import type { FlatRecord } from "./flat-record.ts";
import { flatten, toldText } from "./flat-record.ts";
import type { JsonObject } from "./json.ts";
import { isObject } from "./json.ts";

type Declared = NonNullable<Exchange["declared"]>[number];

/*
  Keys as in access-keys.ts: lower case without punctuation, nested names joined. ingress-nginx ($namespace, $service_name,
  $proxy_upstream_name), Kong (service.name), Traefik (ServiceName), Envoy (UPSTREAM_CLUSTER), HAProxy (backend_name), Google
  Cloud (resource.labels), Istio's telemetry (destination_*, source_*), OpenTelemetry and ECS (service.name, k8s.*), fluent-bit
  and Filebeat (kubernetes.*), Datadog (service, kube_namespace).
*/
const KEYS = {
  cluster: ["upstreamcluster", "upstreamclustername"],
  service: ["destinationservicename", "servicename", "resourcelabelsservicename", "service"],
  /** Of who wrote the line, as its pod is. */
  writer: ["resourceservicename", "resourceattributesservicename"],
  backend: ["backendname", "haproxybackendname", "resourcelabelsbackendservicename"],
  ingress: ["proxyupstreamname"],
  serverName: ["requestedservername"],
  serviceNamespace: ["destinationservicenamespace", "destinationnamespace", "namespace"],
  /** A gateway went on to somebody else, so the pod that wrote the line is not who answered. */
  upstream: ["upstreamaddr", "upstreamhost", "upstreamcluster", "proxyupstreamname"],
  workload: [
    "destinationworkload",
    "kubernetesdeploymentname",
    "k8sdeploymentname",
    "resourceattributesk8sdeploymentname",
  ],
  pod: [
    "kubernetespodname",
    "k8spodname",
    "resourceattributesk8spodname",
    "resourcelabelspodname",
    "podname",
  ],
  podNamespace: [
    "destinationworkloadnamespace",
    "kubernetesnamespacename",
    "kubernetesnamespace",
    "k8snamespacename",
    "resourceattributesk8snamespacename",
    "resourcelabelsnamespacename",
    "kubenamespace",
  ],
  answering: ["destinationprincipal", "upstreampeerurisan"],
  calling: ["sourceprincipal", "downstreampeerurisan"],
  caller: ["sourceworkload", "sourceservicename", "sourceapp"],
  callerNamespace: ["sourceworkloadnamespace", "sourcenamespace"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Who answered and who called, as far as the fields tell; undefined when they don't. */
export function declaredIn(flat: FlatRecord): readonly Declared[] | undefined {
  const named = answeringIn(flat);
  const found = [
    ...(named.length > 0 || isGateway(flat) ? named : [...serverNameIn(flat), ...podIn(flat)]),
    ...principal(toldText(flat, KEYS.answering), "answers"),
    ...principal(toldText(flat, KEYS.calling), "calls"),
    ...callerIn(flat),
  ];
  return found.length === 0 ? undefined : found;
}

/** What a log shipper put around a line says of the pod that wrote it, where the line itself names nobody. */
export function withShipper(exchange: Exchange, envelope: JsonObject): Exchange {
  if (exchange.declared !== undefined) return exchange;
  const declared = podIn(flatten(envelope));
  return declared.length === 0 ? exchange : { ...exchange, declared };
}

/** `[shop-orders-80]` of ingress-nginx's own format: namespace, service and port in one. */
export function ingressUpstream(text: string): readonly Declared[] | undefined {
  return text === "" ? undefined : [{ role: "answers", kind: "upstream", name: withoutPort(text) }];
}

function answeringIn(flat: FlatRecord): readonly Declared[] {
  const namespace = toldText(flat, KEYS.serviceNamespace);
  const ways: readonly (readonly [readonly string[], Form])[] = [
    [KEYS.cluster, envoyCluster],
    [KEYS.service, (text) => within(namespace, serviceOf(text))],
    [KEYS.ingress, (text) => ingressOf(text, namespace)],
    [KEYS.writer, (name) => ({ ...podIn(flat)[0], kind: "service", name })],
    [KEYS.backend, (name) => ({ kind: "upstream", name })],
  ];
  for (const [row, form] of ways) {
    const text = toldText(flat, row);
    const said = text === undefined ? null : form(text);
    if (said !== null) return [{ ...said, role: "answers" }];
  }
  return [];
}

function serviceOf(text: string): Declaration | null {
  return text.includes("@") ? traefikService(text) : kongService(text);
}

function within(namespace: string | undefined, said: Declaration | null): Declaration | null {
  return said === null ? null : { ...said, namespace: said.namespace ?? namespace };
}

/** The namespace beside it tells where the name begins. */
function ingressOf(text: string, namespace: string | undefined): Declaration {
  const name = withoutPort(text);
  return namespace !== undefined && name.startsWith(`${namespace}-`)
    ? { kind: "service", name: name.slice(namespace.length + 1), namespace }
    : { kind: "upstream", name, namespace };
}

function isGateway(flat: FlatRecord): boolean {
  if (toldText(flat, KEYS.cluster)?.startsWith("inbound|") === true) return false;
  return toldText(flat, KEYS.upstream) !== undefined;
}

/** What a sidecar before the service was addressed as. */
function serverNameIn(flat: FlatRecord): readonly Declared[] {
  const said = istioServerName(toldText(flat, KEYS.serverName) ?? "");
  return said === null ? [] : [{ ...said, role: "answers" }];
}

function podIn(flat: FlatRecord): readonly Declared[] {
  const name = toldText(flat, KEYS.workload) ?? workloadOfPod(toldText(flat, KEYS.pod) ?? "");
  const namespace = toldText(flat, KEYS.podNamespace);
  const labels = labelsIn(flat);
  if ((name ?? namespace ?? labels) === undefined) return [];
  return [{ role: "answers", kind: "workload", name, namespace, labels }];
}

// Under these keys labels stand as an object, under the others with a prefix among other things (Google Cloud, OpenTelemetry).
const LABELS = ["kuberneteslabels"] as const;
const PREFIXED = ["labels", "resourceattributes", "resource"] as const;
const PREFIX = /^(?:k8s-pod\/|k8s\.pod\.labels?\.)/;

function labelsIn(flat: FlatRecord): Declaration["labels"] {
  const labels = new Map<string, string>();
  for (const key of LABELS) gather(labels, flat.get(key), /^/);
  for (const key of PREFIXED) gather(labels, flat.get(key), PREFIX);
  return labels.size === 0 ? undefined : Object.fromEntries(labels);
}

/** Shippers to Elasticsearch write "_" for the dots of a label's prefix, which cannot have any itself. */
function gather(labels: Map<string, string>, held: unknown, prefix: RegExp): void {
  if (!isObject(held)) return;
  for (const key of Object.keys(held)) {
    const value = held[key];
    if (typeof value !== "string" || !prefix.test(key)) continue;
    const name = key.replace(prefix, "").replace(/^[^/]*(?=\/)/, (domain) => domain.replaceAll("_", "."));
    labels.set(name, value);
  }
}

const UNSCHEMED = /^[^/\s]{1,255}\/ns\/[^/\s]+\/sa\/[^/\s]+$/;

/** Istio writes principals without their scheme; others under the same names people (`DOMAIN/ann`). */
function principal(text: string | undefined, role: DeclaredRole): readonly Declared[] {
  if (text === undefined) return [];
  const said = spiffeId(UNSCHEMED.test(text) ? `spiffe://${text}` : text);
  return said === null ? [] : [{ ...said, role }];
}

function callerIn(flat: FlatRecord): readonly Declared[] {
  const name = toldText(flat, KEYS.caller);
  if (name === undefined) return [];
  return [{ role: "calls", kind: "workload", name, namespace: toldText(flat, KEYS.callerNamespace) }];
}
