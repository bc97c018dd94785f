// What can be reached from an exposed chat endpoint, call by call: what a prompt injection there would be worth.
import type { HostIndex, NetworkRow } from "./host-index.ts";

export interface Reached {
  readonly endpointId: string;
  /** Calls from the exposed endpoint: 1 for what its own servers call. */
  readonly depth: number;
  /** Host whose call was heard. */
  readonly via: string;
}

export interface BlastRadius {
  /** The exposed endpoint. */
  readonly endpointId: string;
  readonly reached: readonly Reached[];
  readonly services: readonly string[];
  readonly dataClasses: readonly string[];
  /** There may be more: `MAX_REACHED` or `MAX_DEPTH` was met. */
  readonly cut: boolean;
}

// Each call is one more step that has to go an attacker's way; six join everything with everything.
const MAX_DEPTH = 4;
// More than a person looks through; the services and classes say the rest.
const MAX_REACHED = 1_000;

/** Chat endpoints and the like that were called from public addresses. */
export function exposedAi(rows: readonly NetworkRow[]): readonly NetworkRow[] {
  return rows.filter(({ ai, exposure }) => ai === "own" && exposure === "external");
}

/** Breadth first from the endpoint's servers: what they were heard calling, what those servers call, and so on. */
export function blastRadius(from: NetworkRow, index: HostIndex): BlastRadius {
  const reached = new Map<string, Reached>();
  const rows: NetworkRow[] = [];
  const visited = new Set<string>();
  let hosts = from.servers.map(({ id }) => id);
  let cut = false;
  for (let depth = 1; hosts.length > 0; depth += 1) {
    if (depth > MAX_DEPTH || reached.size >= MAX_REACHED) {
      cut = true;
      break;
    }
    const next = new Set<string>();
    for (const host of hosts) {
      visited.add(host);
      for (const row of index.calledBy(host)) {
        if (row.id === from.id || reached.has(row.id)) continue;
        reached.set(row.id, { endpointId: row.id, depth, via: host });
        rows.push(row);
        for (const { id } of row.servers) next.add(id);
      }
    }
    hosts = [...next].filter((id) => !visited.has(id)).sort();
  }
  return {
    endpointId: from.id,
    reached: [...reached.values()].slice(0, MAX_REACHED),
    services: [...new Set(rows.map(({ authority }) => authority))].sort(),
    dataClasses: [...new Set(rows.flatMap(({ dataClasses }) => dataClasses))].sort(),
    cut: cut || reached.size > MAX_REACHED,
  };
}
