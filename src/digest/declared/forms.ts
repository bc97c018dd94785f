// The forms in which meshes, gateways and platforms write the name of a service; each gives names, or nothing.
import type { Declaration } from "../../model/declared.ts";

/** Reads one header value or field of a log. null: it names nobody. */
export type Form = (text: string) => Declaration | null;

// Names, two dots, a cluster domain (RFC 1035: 253) and a port; longer text is none of these forms.
const MAX_TEXT = 512;

/*
  Kubernetes, "DNS for Services and Pods": SERVICE "." NAMESPACE ".svc" ["." cluster domain] [":" port]; behind it paths and
  operations (Envoy's decorator: "orders.shop.svc.cluster.local:8080/*").
*/
const KUBERNETES =
  /^([^.\s:/|@]{1,63})\.([^.\s:/|@]{1,63})\.svc(?:\.[^\s:/|]{1,253})?(?::\d{1,5})?(?:\/.*)?$/;

export const kubernetesHost: Form = (text) => {
  const [, name, namespace] = KUBERNETES.exec(text.slice(0, MAX_TEXT)) ?? [];
  return name === undefined ? null : { kind: "service", name, namespace };
};

/*
  SPIFFE-ID: "spiffe://" trust domain "/" path. Paths name, by who writes them:
    Istio, cert-manager  ns/NAMESPACE/sa/ACCOUNT
    Consul               [ap/PARTITION/] ns/NAMESPACE/dc/DATACENTER/svc/SERVICE
    Kuma                 SERVICE, where Kubernetes names it NAME_NAMESPACE_svc_PORT
  Every namespace has an account "default", which tells nothing.
*/
export const spiffeId: Form = (text) => {
  const path = /^spiffe:\/\/[^/\s]{1,255}\/([^\s?#]{1,512})$/.exec(text.trim())?.[1];
  if (path === undefined) return null;
  const parts = path.split("/");
  const after = (word: string): string | undefined => {
    const at = parts.findIndex((part, index) => index % 2 === 0 && part === word);
    return at === -1 ? undefined : parts[at + 1];
  };
  const [service, account, namespace] = [after("svc"), after("sa"), after("ns")];
  if (service !== undefined) return { kind: "service", name: service, namespace };
  if (namespace !== undefined || account !== undefined) return accountOf(account, namespace);
  return parts.length === 1 ? kumaService(path) : null;
};

function accountOf(account: string | undefined, namespace: string | undefined): Declaration {
  return { kind: "account", name: account === "default" ? undefined : account, namespace };
}

function kumaService(text: string): Declaration {
  const [, name = text, namespace] = /^(.+?)_([^_]+)_svc(?:_\d{1,5})?$/.exec(text) ?? [];
  return { kind: "service", name, namespace };
}

/* Linkerd, identities: ACCOUNT "." NAMESPACE ".serviceaccount.identity." control plane namespace "." trust domain. */
export const linkerdIdentity: Form = (text) => {
  const [, account, namespace] =
    /^([^.\s]{1,63})\.([^.\s]{1,63})\.serviceaccount\.identity\./.exec(text.slice(0, MAX_TEXT)) ?? [];
  return account === undefined ? null : accountOf(account, namespace);
};

/* Istio, node ids: TYPE "~" ADDRESS "~" POD "." NAMESPACE "~" DOMAIN. */
export const istioNode: Form = (text) => {
  const [, pod, namespace] =
    /^[a-z]{1,16}~[^~\s]{0,45}~([^.~\s]{1,253})\.([^.~\s]{1,63})~[^~\s]*$/.exec(text.slice(0, MAX_TEXT)) ??
    [];
  return pod === undefined ? null : { kind: "workload", name: workloadOfPod(pod), namespace };
};

/*
  Pods are called after what made them: a deployment's WORKLOAD "-" hash of the template "-" 5 random, a daemon set's or
  job's WORKLOAD "-" 5 random, a stateful set's WORKLOAD "-" number. Random parts are of letters and digits that make no
  words (k8s.io/apimachinery, util/rand: "bcdfghjklmnpqrstvwxz2456789").
*/
const POD =
  /^(.+?)(?:-[bcdf-hj-np-tv-xz24-9]{5,10}-[bcdf-hj-np-tv-xz24-9]{5}|-[bcdf-hj-np-tv-xz24-9]{5}|-\d{1,4})$/;

/** The workload that a pod's name begins with; undefined for pods that were named by hand. */
export function workloadOfPod(pod: string): string | undefined {
  return POD.exec(pod.slice(0, MAX_TEXT))?.[1];
}

/*
  Envoy, clusters. Istio: DIRECTION "|" PORT "|" SUBSET "|" HOST; Contour: NAMESPACE "/" NAME "/" PORT "/" HASH; Envoy Gateway:
  "httproute/" NAMESPACE "/" ROUTE "/rule/" N, where the route is no service; else whatever the operator called it.
*/
export const envoyCluster: Form = (text) => {
  const [direction, , , host] = text.slice(0, MAX_TEXT).split("|", 4);
  if (host !== undefined) return direction === "outbound" ? kubernetesHost(host) : null;
  const parts = text.split("/", 5);
  if (/^(?:http|grpc|tcp|tls|udp)route$/.test(parts[0] ?? ""))
    return { kind: "upstream", namespace: parts[1] };
  if (parts.length === 4) return { kind: "service", name: parts[1], namespace: parts[0] };
  if (parts.length > 1) return null;
  return kubernetesHost(text) ?? (UNNAMED_CLUSTERS.has(text) ? null : { kind: "upstream", name: text });
};

/* Istio, names of servers between sidecars: "outbound_." PORT "_." SUBSET "_." HOST. */
export const istioServerName: Form = (text) =>
  kubernetesHost(/^outbound_\.\d{1,5}_\.[\w-]{0,63}_\.(.+)$/.exec(text)?.[1] ?? "");

/** Istio's clusters for what it does not know, and Envoy's own. */
const UNNAMED_CLUSTERS = new Set([
  "PassthroughCluster",
  "BlackHoleCluster",
  "InboundPassthroughCluster",
  "InboundPassthroughClusterIpv4",
  "InboundPassthroughClusterIpv6",
  "original_dst",
  "-",
]);

/*
  Kong, service names its ingress controller makes: NAMESPACE "." NAME "." port ("80", "pnum-80", "pname-http"); others are
  free. Traefik: NAME "@" provider; from Kubernetes NAMESPACE "-" NAME "-" PORT, of which the ends cannot be told apart.
*/
export const kongService: Form = (text) => {
  const [, namespace, name] =
    /^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.(?:(?:pnum-)?\d{1,5}|pname-[a-z0-9-]{1,63}|https?|grpcs?)$/.exec(
      text,
    ) ?? [];
  return name === undefined ? anyName(text) : { kind: "service", name, namespace };
};

export const traefikService: Form = (text) => {
  const [name = "", provider = ""] = text.split("@", 2);
  if (provider === "internal") return null;
  return { kind: provider.startsWith("kubernetes") ? "upstream" : "service", name: withoutPort(name) };
};

/** `shop-orders-80` without its port. */
export function withoutPort(name: string): string {
  return name.replace(/-\d{1,5}$/, "");
}

/** Knative's NAME "-" 5 digits, Azure Container Apps' NAME "--" suffix: a revision of the service NAME. */
export const revision: Form = (text) => ({
  kind: "service",
  name: /^(.+?)(?:--[a-z0-9-]+|-\d{5,})$/.exec(text.slice(0, MAX_TEXT))?.[1] ?? text,
});

/** Spring Boot 1, X-Application-Context: name [":" profiles] ":" port; without a name of its own "application". */
export const springContext: Form = (text) => {
  const [name] = text.split(":", 1);
  return name === "application" ? null : { kind: "service", name };
};

/** A name, or any of the forms that tell of themselves. */
export const anyName: Form = (text) => {
  const known = kubernetesHost(text) ?? spiffeId(text) ?? linkerdIdentity(text);
  return known ?? { kind: "service", name: text };
};

/* Dapr, app ids: NAME ["." NAMESPACE]. */
export const daprId: Form = (text) => {
  const [name, namespace, ...more] = text.split(".");
  return more.length > 0 ? null : { kind: "service", name, namespace };
};
