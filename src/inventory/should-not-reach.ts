// Calls that a sound network would not let through, among AI systems above all: each with who, what and why.
import type { FindingRecord } from "../model/governance.ts";
import { hostOf } from "./caller-graph.ts";
import type { Host, HostIndex, NetworkRow } from "./host-index.ts";

/** Somebody reaches what they should not. */
export interface Reach {
  /** "model-from-users", "store-beyond-app", "metadata-from-ai", "agent-egress-and-admin". */
  readonly rule: string;
  readonly severity: FindingRecord["severity"];
  /** Who reaches. */
  readonly caller: string;
  /** What is reached. */
  readonly endpointId: string;
  /** One sentence with the evidence; built from names and shares, never from values. */
  readonly text: string;
}

interface Rule {
  readonly id: string;
  readonly severity: FindingRecord["severity"];
  readonly title: string;
  find(index: HostIndex): readonly { readonly host: Host; readonly row: NetworkRow; readonly text: string }[];
}

const RULES: readonly Rule[] = [
  {
    id: "model-from-users",
    severity: "high",
    title: "Users reach a model server itself",
    find: modelFromUsers,
  },
  {
    id: "store-beyond-app",
    severity: "medium",
    title: "A vector store is read around its application",
    find: storeBeyondApp,
  },
  {
    id: "metadata-from-ai",
    severity: "critical",
    title: "A host that serves AI calls the cloud's metadata service",
    find: metadataFromAi,
  },
  {
    id: "agent-egress-and-admin",
    severity: "high",
    title: "An agent can run systems and reaches the Internet",
    find: agentEgressAndAdmin,
  },
];

export const reachRules: readonly Pick<Rule, "id" | "severity" | "title">[] = RULES;

/** All of them, in order of rule, endpoint and caller. */
export function shouldNotReach(index: HostIndex): readonly Reach[] {
  return RULES.flatMap(({ id, severity, find }) =>
    find(index).map(({ host, row, text }) => ({
      rule: id,
      severity,
      caller: host.id,
      endpointId: row.id,
      text,
    })),
  );
}

const TOOLS = /mcp|a2a|agent/;
const STORES = /vector/;
/** Bare models. Applications with AI in them are made for people. */
const MODELS = /^(?:chat-completion|completion|embedding|rerank|model-serving|image|audio|video|realtime)$/;

function isModel({ ai, aiKind }: NetworkRow): boolean {
  return ai === "own" && MODELS.test(aiKind ?? "");
}

function isTool({ ai, aiKind }: NetworkRow): boolean {
  return ai === "own" && TOOLS.test(aiKind ?? "");
}

function placeText({ method, authority, path }: NetworkRow): string {
  return `${method} ${authority}${path}`;
}

/** People's machines talk to applications; a model server behind them has no limits of its own. */
function modelFromUsers({ rows }: HostIndex): ReturnType<Rule["find"]> {
  return rows.filter(isModel).flatMap((row) =>
    row.callers
      .filter(({ host }) => host.kind === "users")
      .map(({ host }) => ({
        host,
        row,
        text: `${host.name}, a network of users, calls the model server itself (${placeText(row)})`,
      })),
  );
}

// The caller that makes nine of ten requests is the application the store belongs to.
const OWN_SHARE = 0.9;

/** A vector store holds what its application may show; whoever else reads it goes around the application. */
function storeBeyondApp({ rows }: HostIndex): ReturnType<Rule["find"]> {
  const services = new Map<string, NetworkRow[]>();
  for (const row of rows) {
    if (row.ai !== "own" || !STORES.test(row.aiKind ?? "")) continue;
    services.set(row.authority, [...(services.get(row.authority) ?? []), row]);
  }
  return [...services.values()].flatMap(beyondApp);
}

function beyondApp(rows: readonly NetworkRow[]): ReturnType<Rule["find"]> {
  const requests = new Map<Host, number>();
  for (const { callers } of rows) {
    for (const { host, requests: count } of callers) requests.set(host, (requests.get(host) ?? 0) + count);
  }
  const all = [...requests.values()].reduce((sum, count) => sum + count, 0);
  const [own, most = 0] = [...requests].sort(([a, x], [b, y]) => y - x || (a.id < b.id ? -1 : 1))[0] ?? [];
  if (own === undefined || requests.size < 2 || most < all * OWN_SHARE) return [];
  return rows.flatMap((row) =>
    row.callers
      .filter(({ host }) => host !== own)
      .map(({ host }) => ({
        host,
        row,
        text: `${host.name} reads the vector store (${placeText(row)}) to which ${own.name} makes nearly all requests`,
      })),
  );
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

function isMetadata({ authority, servers }: NetworkRow): boolean {
  return METADATA.has(hostOf(authority)) || servers.some(({ name }) => METADATA.has(name));
}

/** A tool server that can be talked into fetching an address hands the cloud's credentials to whoever does so. */
function metadataFromAi(index: HostIndex): ReturnType<Rule["find"]> {
  const ai = aiHosts(index);
  return index.rows.filter(isMetadata).flatMap((row) =>
    row.callers
      .filter(({ host }) => ai.has(host))
      .map(({ host }) => ({
        host,
        row,
        text: `${host.name}, which ${ai.get(host) ?? "serves AI"}, calls the cloud's metadata service (${placeText(row)})`,
      })),
  );
}

/** Hosts that answer as AI, or that people call agents, with what makes them so. */
function aiHosts({ hosts, rows }: HostIndex): ReadonlyMap<Host, string> {
  const found = new Map<Host, string>();
  for (const host of hosts) if (host.kind === "agents") found.set(host, "runs agents");
  for (const { ai, aiKind, servers } of rows) {
    if (ai !== "own") continue;
    for (const host of servers) if (!found.has(host)) found.set(host, `serves ${aiKind ?? "AI"}`);
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
function agentEgressAndAdmin(index: HostIndex): ReturnType<Rule["find"]> {
  return index.hosts
    .filter((host) => isAgent(host, index))
    .flatMap((host) => {
      const called = index.calledBy(host.id);
      const outside = [...new Set(called.filter(isOutside).map(({ authority }) => authority))];
      if (outside.length === 0) return [];
      const more = outside.length > 1 ? ` and ${outside.length - 1} more` : "";
      return called
        .filter(({ path }) => ADMIN.test(path))
        .map((row) => ({
          host,
          row,
          text: `${host.name} runs agents, calls ${placeText(row)} and reaches the Internet (${outside[0] ?? ""}${more})`,
        }));
    });
}

/** Said by people, or seen calling both a model and tools. */
function isAgent({ kind, id }: Host, index: HostIndex): boolean {
  if (kind === "agents") return true;
  const called = index.calledBy(id);
  return called.some((row) => isModel(row) || row.ai === "vendor") && called.some(isTool);
}

/** Beyond AI vendors: an agent has to reach its model. */
function isOutside({ ai, servedFrom }: NetworkRow): boolean {
  return ai !== "vendor" && servedFrom === "external";
}
