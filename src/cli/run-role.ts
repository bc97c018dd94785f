// Runs one long-lived role: settings from flags and environment, log to stderr, a clean stop on Ctrl-C.
import type { Command } from "commander";
import type { RoleContext } from "../app/backends.ts";
import type { Flags } from "../ops/config.ts";
import { readSettings } from "../ops/config.ts";
import { createLog } from "../ops/log.ts";
import { createMetrics } from "../ops/metrics.ts";
import { createShutdown, stopOnSignals } from "../ops/shutdown.ts";

/** Flags that every role understands; commander names them like the settings. */
export interface RoleFlags {
  readonly databaseUrl?: string;
  readonly kafkaBrokers?: string;
  readonly listen?: string;
  readonly state?: string;
  readonly policies?: string;
  readonly aiVendors?: string;
  readonly places?: string;
  readonly serviceHeaders?: string;
  readonly logLevel?: string;
}

export function declareRoleFlags(command: Command): Command {
  return command
    .option("--database-url <url>", "PostgreSQL to use (DATABASE_URL)")
    .option("--kafka-brokers <list>", "Kafka brokers to use (UMBRA_KAFKA_BROKERS)")
    .option("--state <folder>", "where the install keeps its secret and embedded database (UMBRA_STATE)")
    .option("--policies <file>", "policies to judge endpoints by (UMBRA_POLICIES)")
    .option("--places <file>", "YAML that says which workload or network has which addresses (UMBRA_PLACES)")
    .option(
      "--service-headers <list>",
      "headers that name services, beside the known (UMBRA_SERVICE_HEADERS)",
    )
    .option("--log-level <level>", "silent, error, warn, info or debug (UMBRA_LOG_LEVEL)");
}

/** Of roles that answer over REST. */
export function declareListenFlag(command: Command): Command {
  return command
    .option("--listen <host:port>", "address of the API (UMBRA_LISTEN, 127.0.0.1:8080)")
    .option("--ai-vendors <file>", "YAML that lists which vendors of models are allowed (UMBRA_AI_VENDORS)");
}

/**
 * Runs `work`. With `stay` the process then lives until a signal stops it; otherwise it ends when the work is done.
 * Whatever was started is stopped in reverse order, also after a failure.
 */
export async function runRole(
  flags: RoleFlags,
  { stay, quiet = !stay }: { readonly stay: boolean; readonly quiet?: boolean },
  work: (context: RoleContext) => Promise<void>,
): Promise<void> {
  const settings = readSettings(flagsOf(flags, quiet), process.env, process.cwd());
  const log = createLog(settings.logLevel);
  const shutdown = createShutdown({ log });
  stopOnSignals(shutdown);
  try {
    await work({ settings, log, metrics: createMetrics({ process: stay }), shutdown });
    if (!stay) process.exitCode = await shutdown.run("done");
  } catch (error) {
    // A signal while something starts makes that fail: the stop, already under way, is what was asked for.
    if (shutdown.signal.aborted) return;
    await shutdown.run("failed");
    throw error;
  }
}

function flagsOf({ logLevel, ...flags }: RoleFlags, quiet: boolean): Flags {
  const asked = logLevel ?? process.env["UMBRA_LOG_LEVEL"];
  const { databaseUrl, kafkaBrokers, listen, state, policies, aiVendors, places, serviceHeaders } = flags;
  return {
    databaseUrl,
    kafkaBrokers,
    listen,
    state,
    policies,
    aiVendors,
    places,
    serviceHeaders,
    logLevel: asked ?? (quiet ? "warn" : undefined),
  };
}
