// The distributed roles: each one process, over a real Kafka and a real PostgreSQL.
import { requireSettings } from "../ops/config.ts";
import { migrate } from "../store/migrate.ts";
import type { InventoryStore } from "../store/store.ts";
import type { Stream } from "../stream/stream.ts";
import { checkListen, serveApi } from "./api-role.ts";
import type { RoleContext } from "./backends.ts";
import { openStore, openStream, secretOf } from "./backends.ts";
import { runClassifier } from "./classifier.ts";
import { createFading } from "./fading.ts";
import { startGovernance } from "./governance.ts";
import type { Governor } from "./governor.ts";
import type { Ingested } from "./ingest.ts";
import { ingest } from "./ingest.ts";
import type { InputProgress } from "./inputs.ts";
import type { Sweep } from "./sweep.ts";
import { createSweep } from "./sweep.ts";

/** Runs the classifier and its sweep until the shutdown; `governor` is told of every row that changed. */
export async function classifyInto(
  { log, metrics, shutdown }: RoleContext,
  { store, stream, governor }: { store: InventoryStore; stream: Stream; governor: Governor },
): Promise<Sweep> {
  const sweep = createSweep({
    store,
    now: Date.now,
    onSwept: () => governor.all(),
    onFailure: (error) => log.warn({ error }, "standings were not judged again; trying later"),
  });
  shutdown.add("sweep", () => sweep.stop());
  const fading = createFading({
    store,
    now: Date.now,
    onFaded: (endpoints) => governor.changed(endpoints),
    onFailure: (error) => log.warn({ error }, "verdicts were not looked at again; trying later"),
  });
  shutdown.add("fading", () => fading.stop());
  const classifier = await runClassifier({
    stream,
    store,
    onCommit: ({ messages, events, newServices, endpoints, removedEndpointIds, narrowings }) => {
      log.debug({ messages, events }, "batch stored");
      metrics.narrowings.inc(narrowings);
      governor.changed(endpoints);
      governor.removed(removedEndpointIds);
      if (newServices > 0) sweep.due();
    },
  });
  shutdown.add("classifier", () => classifier.stop());
  return sweep;
}

/** `umbra classify`: runs until the shutdown. */
export async function classifyRole(context: RoleContext): Promise<void> {
  requireSettings(context.settings, ["databaseUrl", "kafka"]);
  const store = await openStore(context);
  const stream = await openStream(context, store);
  const { governor } = await startGovernance(context, store, stream);
  await classifyInto(context, { store, governor, stream });
  // What was stored and not judged before the last end.
  governor.all();
  context.log.info({}, "classifying");
}

/** `umbra api`: runs until the shutdown; gives the address. */
export async function apiRole(context: RoleContext): Promise<string> {
  requireSettings(context.settings, ["databaseUrl"]);
  await checkListen(context);
  const store = await openStore(context);
  const { desk } = await startGovernance(context, store, null);
  const { url } = await serveApi(context, store, desk);
  context.log.info({ url }, "listening");
  return url;
}

export interface CollectOptions {
  readonly inputs: readonly string[];
  readonly inputFormat?: string;
  readonly keylog?: string;
  readonly onProgress: (progress: InputProgress) => void;
}

/** `umbra collect`: reads the inputs into Kafka, then ends. All collectors of an install need the same UMBRA_SECRET. */
export async function collectRole(
  context: RoleContext,
  options: CollectOptions,
): Promise<readonly Ingested[]> {
  requireSettings(context.settings, ["kafka", "secret"]);
  const stream = await openStream(context, null);
  const { serviceHeaders } = context.settings;
  return ingest({ stream, secret: await secretOf(context), serviceHeaders, known: null, ...options });
}

/** `umbra migrate`: brings the configured database up to date; gives the names of the migrations applied. */
export async function migrateRole({ settings }: RoleContext): Promise<readonly string[]> {
  requireSettings(settings, ["databaseUrl"]);
  return (await migrate(settings.databaseUrl ?? "")).applied;
}
