// Opens what a role stands on: the store (embedded or real PostgreSQL), the stream (in process or Kafka), the secret.
import { openPrismaStore } from "../store/prisma-store.ts";
import { startEmbeddedPostgres } from "../store/embedded.ts";
import { migrate } from "../store/migrate.ts";
import type { InventoryStore } from "../store/store.ts";
import type { Settings } from "../ops/config.ts";
import type { Log } from "../ops/log.ts";
import type { Metrics } from "../ops/metrics.ts";
import { retry } from "../ops/retry.ts";
import { installSecret, secretFromText } from "../ops/secret.ts";
import type { Shutdown } from "../ops/shutdown.ts";
import { createKafkaStream } from "../stream/kafka-stream.ts";
import { createMemoryStream } from "../stream/memory-stream.ts";
import type { Stream } from "../stream/stream.ts";
import { UserError } from "../ops/user-error.ts";

/** What every role is given. */
export interface RoleContext {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Parts register what has to be stopped. */
  readonly shutdown: Shutdown;
}

/** Starts embedded PostgreSQL where no database is configured, and brings the schema up to date there. */
export async function openOwnStore(context: RoleContext): Promise<InventoryStore> {
  const { settings, log, shutdown } = context;
  if (settings.databaseUrl !== null) return openStore(context);
  const embedded = await startEmbeddedPostgres({ stateFolder: settings.state });
  shutdown.add("embedded PostgreSQL", () => embedded.stop());
  const { applied } = await migrate(embedded.url);
  if (applied.length > 0) log.info({ applied }, "database schema brought up to date");
  return closing(context, await openPrismaStore(embedded.url));
}

/** Waits for the configured database; the schema is `umbra migrate`'s business. */
export async function openStore(context: RoleContext): Promise<InventoryStore> {
  const { settings, log, shutdown } = context;
  const url = settings.databaseUrl;
  if (url === null) throw new Error("openStore needs a database URL; call requireSettings first");
  const store = await retry(async () => openReady(url).catch(finalWord), {
    signal: shutdown.signal,
    onRetry: (_failure, attempt, waitMs) =>
      log.warn({ attempt, waitMs }, "the database does not answer yet; trying again"),
  });
  if (store instanceof UserError) throw store;
  return closing(context, store);
}

/** Waiting mends a database that is away, not one that lacks its tables. */
function finalWord(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}

async function openReady(url: string): Promise<InventoryStore> {
  const store = await openPrismaStore(url);
  try {
    await store.ping();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

function closing({ shutdown }: RoleContext, store: InventoryStore): InventoryStore {
  shutdown.add("store", () => store.close());
  return store;
}

/** Kafka where brokers are configured, else in process: then `store` tells where the last run's offsets ended. */
export async function openStream(context: RoleContext, store: InventoryStore | null): Promise<Stream> {
  const { settings, log, metrics, shutdown } = context;
  const given = settings.secret === null ? {} : { secret: secretFromText(settings.secret) };
  const stream =
    settings.kafka === null
      ? createMemoryStream({
          metrics,
          log,
          ...(store === null ? {} : { startAfter: store.position.bind(store) }),
        })
      : await createKafkaStream({ ...given, kafka: settings.kafka, log, metrics });
  shutdown.add("stream", () => stream.close());
  return stream;
}

/** The key of every hash that stands for a value: from UMBRA_SECRET, else kept in the state folder. */
export async function secretOf({ settings }: RoleContext): Promise<Uint8Array> {
  return settings.secret === null ? installSecret(settings.state) : secretFromText(settings.secret);
}
