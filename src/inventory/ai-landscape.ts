// Findings that no single endpoint shows: vendors nobody allowed, ways around the gateway, doors beside a locked one.
import type { Endpoint } from "../model/inventory.ts";
import { looksAi } from "../model/inventory.ts";
import type { FindingRecord } from "../model/governance.ts";
import type { Approvals } from "./ai-approvals.ts";
import { isBelow } from "./ai-approvals.ts";
import type { VendorUse } from "./ai-inventory.ts";
import { vendorUses } from "./ai-inventory.ts";
import { toolChanges, toolServers } from "./ai-tools.ts";
import { openSuccesses } from "./ai-words.ts";
import { counted } from "./counted.ts";

export interface AiLandscapeFinding {
  readonly rule: string;
  readonly severity: FindingRecord["severity"];
  readonly title: string;
  readonly owasp: readonly string[];
  readonly authority: string;
  /** Built from names and counts. */
  readonly text: string;
}

/** When networks were first heard at all; `callers` of everything, models or not. */
export type Segments = Map<string, number>;

/**
 * Findings over all endpoints, in a fixed order. `endpoints`: those where models, tools or gateways are; `segments`: by
 * `noteSegments` of every endpoint.
 */
export function aiLandscape(
  endpoints: readonly Endpoint[],
  approvals: Approvals,
  segments: ReadonlyMap<string, number>,
): readonly AiLandscapeFinding[] {
  const uses = vendorUses(endpoints, approvals);
  return [
    ...uses.flatMap(unsanctioned),
    ...bypasses(endpoints, uses, approvals),
    ...openDoors(endpoints),
    ...toolServers(endpoints).flatMap(missingTools),
    ...newInSegment(endpoints, uses, segments),
  ];
}

function unsanctioned({
  vendor,
  approval,
  callers,
  hosts,
  requests,
  connections,
}: VendorUse): readonly AiLandscapeFinding[] {
  if (approval !== "unsanctioned") return [];
  return [
    {
      rule: "ai-unsanctioned-vendor",
      severity: "high",
      title: "Vendor that is not allowed",
      owasp: ["LLM02:2025", "LLM03:2025"],
      authority: hosts[0] ?? "",
      text: `${vendor}: ${counted(callers.length, "caller")}, ${counted(requests, "request")}, ${counted(connections, "encrypted connection")}`,
    },
  ];
}

/** Whoever used the gateway and now asks a vendor itself; gateways themselves may. */
function bypasses(
  endpoints: readonly Endpoint[],
  uses: readonly VendorUse[],
  { gateways }: Approvals,
): readonly AiLandscapeFinding[] {
  const fronts = endpoints.filter((endpoint) => isGateway(endpoint, gateways));
  const behind = new Set(fronts.flatMap(callersOf));
  const own = new Set(fronts.flatMap(({ facts }) => Object.keys(facts?.servers.kept ?? {})));
  return uses.flatMap(({ vendor, hosts, callers }) => {
    const around = callers.filter((caller) => behind.has(caller) && !own.has(caller));
    if (around.length === 0) return [];
    return [
      {
        rule: "ai-gateway-bypass",
        severity: "medium" as const,
        title: "Way around the AI gateway",
        owasp: ["LLM10:2025", "API9:2023"],
        authority: hosts[0] ?? "",
        text: `${around.slice(0, 5).join(", ")} used the gateway and asked ${vendor} directly as well`,
      },
    ];
  });
}

/** By what it does, or because somebody said so. */
export function isGateway({ authority, ai }: Endpoint, gateways: readonly string[]): boolean {
  return ai.role === "gateway" || gateways.some((host) => isBelow(authority, host.toLowerCase()));
}

function callersOf({ facts }: Endpoint): readonly string[] {
  return Object.values(facts?.callers.kept ?? {}).map(({ address }) => address);
}

/** Servers whose key guards some routes only (vLLM says so of its own: security guide, "API key authentication"). */
function openDoors(endpoints: readonly Endpoint[]): readonly AiLandscapeFinding[] {
  const hosts = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    if (!looksAi(endpoint) || endpoint.ai.role === "consumer") continue;
    hosts.set(endpoint.authority, [...(hosts.get(endpoint.authority) ?? []), endpoint]);
  }
  return [...hosts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([authority, own]) => {
      const locked = own.filter(
        ({ facts }) => facts?.responses["401"] !== undefined || facts?.responses["403"] !== undefined,
      );
      const open = own.filter((endpoint) => openSuccesses(endpoint) > 0 && !locked.includes(endpoint));
      if (locked.length === 0 || open.length === 0) return [];
      return [
        {
          rule: "ai-open-door",
          severity: "high" as const,
          title: "Some routes of a model server ask for no key",
          owasp: ["API2:2023", "API8:2023"],
          authority,
          text: `${locked[0]?.path ?? ""} refuses without a key, ${open
            .slice(0, 5)
            .map(({ path }) => path)
            .join(", ")} does not`,
        },
      ];
    });
}

function missingTools(server: ReturnType<typeof toolServers>[number]): readonly AiLandscapeFinding[] {
  const told = (wanted: string) =>
    server.tools
      .filter((tool) => toolChanges(tool, server.facts).some((change) => change === wanted))
      .map(({ name }) => name);
  const undeclared = told("undeclared");
  if (undeclared.length === 0) return [];
  return [
    {
      rule: "ai-tool-undeclared",
      severity: "high",
      title: "Tool called that no list offers",
      owasp: ["LLM06:2025", "API9:2023"],
      authority: server.authority,
      text: `called without standing in a list: ${undeclared.slice(0, 8).join(", ")}`,
    },
  ];
}

const DAY = 86_400_000;

export function noteSegments(segments: Segments, { facts }: Endpoint): void {
  for (const { address, firstSeen } of Object.values(facts?.callers.kept ?? {})) {
    const segment = segmentOf(address);
    if (segment !== null) lower(segments, segment, firstSeen);
  }
}

/** A network that was heard for a day and then turned to a vendor that nobody in it had asked before. */
function newInSegment(
  endpoints: readonly Endpoint[],
  uses: readonly VendorUse[],
  known: ReadonlyMap<string, number>,
): readonly AiLandscapeFinding[] {
  const first: Segments = new Map();
  const vendors = new Map(uses.flatMap(({ vendor, hosts }) => hosts.map((host) => [host, vendor] as const)));
  for (const { facts, authority } of endpoints) {
    const vendor = vendors.get(authority);
    if (vendor === undefined) continue;
    for (const { address, firstSeen } of Object.values(facts?.callers.kept ?? {})) {
      const segment = segmentOf(address);
      if (segment !== null) lower(first, `${vendor}\n${segment}`, firstSeen);
    }
  }
  return [...first]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, at]) => {
      const [vendor = "", segment = ""] = key.split("\n");
      if (at <= (known.get(segment) ?? at) + DAY) return [];
      return [
        {
          rule: "ai-new-vendor",
          severity: "low" as const,
          title: "Vendor new to a network",
          owasp: ["LLM03:2025"],
          authority: uses.find((use) => use.vendor === vendor)?.hosts[0] ?? "",
          text: `${segment} was heard for more than a day before it asked ${vendor} for the first time`,
        },
      ];
    });
}

function lower(times: Segments, key: string, at: number): void {
  times.set(key, Math.min(times.get(key) ?? at, at));
}

/** The /24 of an IPv4 address; null for anything else. */
function segmentOf(address: string): string | null {
  const found = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address)?.[1];
  return found === undefined ? null : `${found}.0/24`;
}
