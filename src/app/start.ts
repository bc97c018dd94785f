// `umbra start`: everything in one process, on embedded defaults unless told otherwise.
import type { Inventory } from "../report/scan-report.ts";
import { scanReport } from "../report/scan-report.ts";
import type { ScanReport } from "../report/scan-report.ts";
import type { InventoryStore } from "../store/store.ts";
import type { Stream } from "../stream/stream.ts";
import { checkListen, serveApi } from "./api-role.ts";
import type { RoleContext } from "./backends.ts";
import { openOwnStore, openStream, secretOf } from "./backends.ts";
import { startGovernance } from "./governance.ts";
import type { Ingested } from "./ingest.ts";
import { ingest, PIPE } from "./ingest.ts";
import { hostGroupsOf } from "./hosts.ts";
import type { InputProgress } from "./inputs.ts";
import { classifyInto } from "./roles.ts";
import type { SpecFile } from "./specs.ts";
import { allEndpoints, createSpecDesk, reasonOf, UnreadableDocument } from "./specs.ts";

export interface StartOptions {
  readonly inputs: readonly string[];
  readonly specs: readonly SpecFile[];
  readonly inputFormat?: string;
  readonly keylog?: string;
  /** Told what is being done, in words. */
  readonly onStep: (step: string) => void;
  readonly onProgress: (progress: InputProgress) => void;
}

export interface Started {
  readonly url: string;
  /** For what comes in later. */
  readonly stream: Stream;
  readonly secret: Uint8Array;
  readonly serviceHeaders: readonly string[];
  readonly ingested: readonly Ingested[];
  /** Reads standard input to its end where it is among the inputs: that may be never. */
  readonly pipe: () => Promise<void>;
  /** The whole inventory as it now stands. */
  readonly report: ScanReport;
}

/** Starts all parts, reads the inputs, and gives the inventory; everything keeps running until the shutdown. */
export async function start(context: RoleContext, options: StartOptions): Promise<Started> {
  const { onStep, onProgress, inputs, inputFormat, keylog } = options;
  await checkListen(context);
  onStep("opening the inventory");
  const secret = await secretOf(context);
  const store = await openOwnStore(context);
  const stream = await openStream(context, store);
  const { governor, desk } = await startGovernance(context, store, stream);
  const sweep = await classifyInto(context, { store, stream, governor });
  const listening = await serveApi(context, store, desk);
  await uploadSpecs(store, options.specs);
  const { serviceHeaders } = context.settings;
  const how = {
    stream,
    secret,
    serviceHeaders,
    ...(inputFormat === undefined ? {} : { inputFormat }),
    ...(keylog === undefined ? {} : { keylog }),
  };
  const files = inputs.filter((input) => input !== PIPE);
  const ingested = await ingest({ ...how, inputs: files, known: await store.health(), onProgress });
  onStep("classifying");
  await stream.flush();
  await sweep.settle();
  governor.all();
  await governor.settle();
  const pipe = async (): Promise<void> => {
    if (files.length < inputs.length) await ingest({ ...how, inputs: [PIPE], known: null });
  };
  const report = scanReport(await inventoryOf(store));
  return { url: listening.url, stream, secret, serviceHeaders, ingested, pipe, report };
}

async function uploadSpecs(store: InventoryStore, specs: readonly SpecFile[]): Promise<void> {
  const desk = createSpecDesk(store, Date.now);
  for (const { name, text } of specs) {
    const result = await desk.upload(name, text, []);
    if (result.kind === "unreadable") throw new UnreadableDocument(`${name}: ${reasonOf(result.weird)}`);
  }
}

/** The stored inventory, whole. */
export async function inventoryOf(store: InventoryStore): Promise<Inventory> {
  const services: Inventory["services"][number][] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<InventoryStore["services"]>> = await store.services({
      limit: 500,
      cursor,
    });
    services.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const endpoints = await allEndpoints(store);
  return { services, endpoints, health: await store.health(), hostGroups: hostGroupsOf(endpoints) };
}
