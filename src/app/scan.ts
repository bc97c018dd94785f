// `umbra scan`: stops 1 to 7 on files, in memory, without a database.
import type { Pipeline } from "../../collectors/pipeline.ts";
import type { CaptureHealth } from "../model/health.ts";
import type { Endpoint, Service } from "../model/inventory.ts";
import { isShadowApi } from "../model/inventory.ts";
import type { Spec } from "../model/document.ts";
import type { Sighting } from "../model/sighting.ts";
import { nearMisses } from "../openapi/near-miss.ts";
import { findingRuleIds } from "../inventory/findings.ts";
import type { Compared } from "../inventory/drift-baseline.ts";
import { comparedWith } from "../inventory/drift-baseline.ts";
import { reachFindingsOf } from "../inventory/reach-findings.ts";
import { judgeAll } from "../inventory/standing.ts";
import { approvalsFrom } from "../api/approvals.ts";
import type { Inventory, ScanReport } from "../report/scan-report.ts";
import { scanReport } from "../report/scan-report.ts";
import { createGathering } from "./gathering.ts";
import { hostGroupsOf } from "./hosts.ts";
import type { InputProgress } from "./inputs.ts";
import { readInput } from "./inputs.ts";
import { loadInputReaders, loadPipeline } from "./parts.ts";
import { loadPlaces } from "./places.ts";
import { rulesOf } from "./rules.ts";

export interface ScanOptions {
  /** Paths, "-" for stdin. */
  readonly inputs: readonly string[];
  readonly specs: readonly Spec[];
  readonly inputFormat?: string;
  /** Text of an SSLKEYLOGFILE. */
  readonly keylog?: string;
  /** File that lists which vendors of models are allowed. */
  readonly aiVendors?: string;
  /** File that says which workload or network has which addresses. */
  readonly places?: string;
  /** As `DigestOptions.serviceHeaders`. */
  readonly serviceHeaders?: readonly string[];
  /** Inputs of an earlier time: what changed since then is told. */
  readonly baseline?: readonly string[];
  readonly onProgress?: (progress: InputProgress) => void;
}

export interface ScanResult {
  readonly report: ScanReport;
  readonly inventory: Inventory;
}

/** Rejects with `UnreadableInput` when an input cannot be read at all. */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const approvals = await approvalsFrom(options.aiVendors);
  const placeOf = await loadPlaces(options.places ?? null);
  const { baseline = [] } = options;
  const past = baseline.length === 0 ? null : await readAll(baseline, options);
  const { services, endpoints: heard, health } = await readAll(options.inputs, options);
  const { endpoints, findings } = past === null ? alone(heard) : comparedWith(heard, past.endpoints);
  const hostGroups = hostGroupsOf(endpoints);
  const reached = reachFindingsOf(endpoints, placeOf);
  const inventory = {
    services,
    endpoints,
    health,
    approvals,
    hostGroups,
    findings: [...findings, ...reached],
    ...(past !== null && { baseline: past.health }),
  };
  return { report: scanReport(inventory), inventory };
}

const alone = (endpoints: readonly Endpoint[]): Compared => ({ endpoints, findings: [] });

async function readAll(inputs: readonly string[], options: ScanOptions) {
  const held = createInventory(options.specs);
  const readers = await loadInputReaders();
  const health: CaptureHealth[] = [];
  for (const name of inputs) {
    const pipeline = await loadPipeline({
      name,
      secret: SCAN_SECRET,
      serviceHeaders: options.serviceHeaders ?? [],
      deliver: async (portion) => held.add(portion),
      windowMs: Infinity,
    });
    await readInto(pipeline, name, { ...options, readers });
    health.push(pipeline.takeHealth());
  }
  return { ...held.finish(), health };
}

/** Finding rules a scan judges by: what `--fail-on` takes. */
export const scanRules = findingRuleIds;

// A scan keeps nothing, so its keyed hashes protect nothing; a fixed key makes the same files give the same report.
const SCAN_SECRET = new TextEncoder().encode("umbra scan");

async function readInto(
  pipeline: Pipeline,
  name: string,
  options: ScanOptions & { readonly readers: Awaited<ReturnType<typeof loadInputReaders>> },
): Promise<void> {
  const { readers, inputFormat, keylog, onProgress } = options;
  await readInput(name, pipeline.sink, {
    readers,
    ...(inputFormat === undefined ? {} : { format: inputFormat }),
    ...(keylog === undefined ? {} : { keylog }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  await pipeline.flush();
}

function createInventory(specs: readonly Spec[]) {
  const gathering = createGathering(rulesOf({ specs, pins: [] }));
  return {
    add: (portion: readonly Sighting[]): void => gathering.add(portion),
    /** Everything heard, and what the documents list beyond it. */
    finish(): { readonly services: readonly Service[]; readonly endpoints: readonly Endpoint[] } {
      const states = gathering.finish();
      const services = states.flatMap(({ service }) => (service === null ? [] : [service]));
      const heard = withNearest(
        states.flatMap((state) => [...state.endpoints.values()]),
        specs,
      );
      return { services, endpoints: [...heard, ...judgeAll(heard, specs).orphans] };
    },
  };
}

// All operations of all documents are looked through for each; more shadows than this are a report of their own.
const MAX_EXPLAINED = 500;

/** Shadows say which operation comes nearest, and what keeps it from fitting. */
function withNearest(endpoints: readonly Endpoint[], specs: readonly Spec[]): readonly Endpoint[] {
  if (specs.length === 0) return endpoints;
  const asked = new Set(endpoints.filter(isShadowApi).slice(0, MAX_EXPLAINED));
  return endpoints.map((endpoint) => {
    const [nearest] = asked.has(endpoint) ? nearMisses(specs, endpoint) : [];
    if (nearest === undefined) return endpoint;
    const { method, path, reason } = nearest;
    return {
      ...endpoint,
      standingReason: `${endpoint.standingReason}; nearest is ${method} ${path}: ${reason}`,
    };
  });
}
