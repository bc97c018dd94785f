// Calls that a sound network would not let through, among AI systems above all: each with who, what and why.
import type { Endpoint } from "../model/inventory.ts";
import { looksAi } from "../model/inventory.ts";
import { exposureOfAddress } from "./exposure.ts";
import { hostOf } from "./caller-graph.ts";
import type { Severity } from "./findings.ts";
import type { Host, HostIndex } from "./host-index.ts";

/** Somebody reaches what they should not. */
export interface Reach {
  /** "model-from-users", "store-beyond-app", "metadata-from-ai", "agent-egress-and-admin". */
  readonly rule: string;
  readonly severity: Severity;
  /** Who reaches. */
  readonly caller: string;
  /** What is reached. */
  readonly endpointId: string;
  /** One sentence with the evidence; built from names and counts, never from values. */
  readonly text: string;
}

type Rule = (index: HostIndex) => readonly Reach[];

const RULES: readonly Rule[] = [modelFromUsers, storeBeyondApp, metadataFromAi, agentEgressAndAdmin];

/** All of them, in order of rule, endpoint and caller. */
export function shouldNotReach(index: HostIndex): readonly Reach[] {
  return RULES.flatMap((rule) => rule(index));
}

/** AI that answers here, as opposed to a vendor's service that is called. */
function isOwnAi(endpoint: Endpoint): boolean {
  return looksAi(endpoint) && endpoint.ai.role !== "consumer";
}

const TOOLS = /mcp|a2a|agent/;
const STORES = /vector/;
/** Bare models. Applications with AI in them are made for people. */
const MODELS = /^(?:chat-completion|completion|embedding|rerank|model-serving|image|audio|video|realtime)$/;

function isModel(endpoint: Endpoint): boolean {
  return isOwnAi(endpoint) && MODELS.test(endpoint.ai.kind ?? "");
}

function isTool(endpoint: Endpoint): boolean {
  return isOwnAi(endpoint) && TOOLS.test(endpoint.ai.kind ?? "");
}

function placeText({ method, authority, path }: Endpoint): string {
  return `${method} ${authority}${path}`;
}

/** People's machines talk to applications; a model server behind them has no limits of its own. */
function modelFromUsers(index: HostIndex): readonly Reach[] {
  return index.endpoints.filter(isModel).flatMap((endpoint) =>
    index
      .callersOf(endpoint)
      .filter(({ kind }) => kind === "users")
      .map((host) => ({
        rule: "model-from-users",
        severity: "high" as const,
        caller: host.id,
        endpointId: endpoint.id,
        text: `${host.name}, a network of users, calls the model server itself (${placeText(endpoint)})`,
      })),
  );
}

// The caller that makes nine of ten requests is the application the store belongs to.
const OWN_SHARE = 0.9;

/** A vector store holds what its application may show; whoever else reads it goes around the application. */
function storeBeyondApp(index: HostIndex): readonly Reach[] {
  const stores = index.endpoints.filter(
    (endpoint) => isOwnAi(endpoint) && STORES.test(endpoint.ai.kind ?? ""),
  );
  const services = new Map<string, Endpoint[]>();
  for (const store of stores)
    services.set(store.authority, [...(services.get(store.authority) ?? []), store]);
  return [...services.values()].flatMap((endpoints) => beyondApp(endpoints, index));
}

function beyondApp(endpoints: readonly Endpoint[], index: HostIndex): readonly Reach[] {
  const requests = requestsByHost(endpoints, index);
  const all = [...requests.values()].reduce((sum, count) => sum + count, 0);
  const [own, most = 0] = [...requests].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] ?? [];
  if (own === undefined || requests.size < 2 || most < all * OWN_SHARE) return [];
  return endpoints.flatMap((endpoint) =>
    index
      .callersOf(endpoint)
      .filter(({ id }) => id !== own)
      .map((host) => ({
        rule: "store-beyond-app",
        severity: "medium" as const,
        caller: host.id,
        endpointId: endpoint.id,
        text: `${host.name} reads the vector store (${placeText(endpoint)}) that ${index.hosts.get(own)?.name ?? own} makes ${most} of ${all} requests to`,
      })),
  );
}

function requestsByHost(endpoints: readonly Endpoint[], index: HostIndex): ReadonlyMap<string, number> {
  const requests = new Map<string, number>();
  for (const { facts } of endpoints) {
    for (const caller of Object.values(facts?.callers.kept ?? {})) {
      const { id } = index.hostAt(caller.address);
      requests.set(id, (requests.get(id) ?? 0) + caller.requests);
    }
  }
  return requests;
}

/*
  Where clouds hand out credentials to whoever asks from the machine: EC2, Azure, Google and others share the first
  address; ECS tasks, Alibaba and EC2 over IPv6 have their own; Google's has a name too (instance metadata manuals).
*/
const METADATA = new Set([
  "169.254.169.254",
  "169.254.170.2",
  "100.100.100.200",
  "fd00:ec2::254",
  "metadata.google.internal",
  "metadata",
]);

function isMetadata(endpoint: Endpoint): boolean {
  const servers = Object.keys(endpoint.facts?.servers.kept ?? {}).map(hostOf);
  return [hostOf(endpoint.authority), ...servers].some((host) => METADATA.has(host));
}

/** A tool server that can be talked into fetching an address hands the cloud's credentials to whoever does so. */
function metadataFromAi(index: HostIndex): readonly Reach[] {
  const ai = aiHosts(index);
  return index.endpoints.filter(isMetadata).flatMap((endpoint) =>
    index
      .callersOf(endpoint)
      .filter(({ id }) => ai.has(id))
      .map((host) => ({
        rule: "metadata-from-ai",
        severity: "critical" as const,
        caller: host.id,
        endpointId: endpoint.id,
        text: `${host.name}, which ${ai.get(host.id) ?? "serves AI"}, calls the cloud's metadata service (${placeText(endpoint)})`,
      })),
  );
}

/** Hosts that answer as AI, or that people call agents, with what makes them so. */
function aiHosts(index: HostIndex): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const host of index.hosts.values()) if (host.kind === "agents") found.set(host.id, "runs agents");
  for (const endpoint of index.endpoints) {
    if (!isOwnAi(endpoint)) continue;
    for (const { id } of index.serversOf(endpoint)) found.set(id, `serves ${endpoint.ai.kind ?? "AI"}`);
  }
  return found;
}

/*
  Interfaces that run a system rather than use it: administration below its usual names, the management endpoints of
  frameworks, orchestrators and secret stores (manuals of Spring Boot, Kubernetes, Docker, Vault, Consul).
*/
const ADMIN =
  /^\/(?:admin|administrator|manage|management|actuator|internal|api\/v\d+\/(?:namespaces|nodes|secrets|pods)|apis\/|containers\/|v1\/(?:sys|secret|agent|acl)|_cluster|_nodes)(?:\/|$)/i;

/** Whoever can be told what to do by text, can run systems and can talk to the outside is a way in and out. */
function agentEgressAndAdmin(index: HostIndex): readonly Reach[] {
  return [...index.hosts.values()]
    .filter((host) => isAgent(host, index))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((host) => {
      const called = index.calledBy(host.id);
      const outside = called.filter(isOutside);
      const admin = called.filter(({ path }) => ADMIN.test(path));
      if (outside.length === 0) return [];
      return admin.map((endpoint) => ({
        rule: "agent-egress-and-admin",
        severity: "high" as const,
        caller: host.id,
        endpointId: endpoint.id,
        text: `${host.name} runs agents, calls ${placeText(endpoint)} and reaches the Internet (${outside[0]?.authority ?? ""}${outside.length > 1 ? ` and ${outside.length - 1} more` : ""})`,
      }));
    });
}

/** Said by people, or seen calling both a model and tools. */
function isAgent(host: Host, index: HostIndex): boolean {
  if (host.kind === "agents") return true;
  const called = index.calledBy(host.id);
  const usesModel = called.some(
    (endpoint) => isModel(endpoint) || (looksAi(endpoint) && endpoint.ai.role === "consumer"),
  );
  return usesModel && called.some(isTool);
}

/** Beyond AI vendors: an agent has to reach its model. */
function isOutside(endpoint: Endpoint): boolean {
  if (looksAi(endpoint) && endpoint.ai.role === "consumer") return false;
  const servers = Object.keys(endpoint.facts?.servers.kept ?? {}).map(hostOf);
  return servers.some((address) => exposureOfAddress(address) === "external");
}
