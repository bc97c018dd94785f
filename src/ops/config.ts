// Settings from flags and environment, checked at start: what is wrong is said in one sentence that names the setting.
import path from "node:path";
import type { z } from "zod";
import type { LogLevel } from "./log.ts";
import type { ListenAddress } from "./setting-table.ts";
import { SETTINGS } from "./setting-table.ts";
import { UserError } from "./user-error.ts";

export type { ListenAddress } from "./setting-table.ts";
export { SETTINGS } from "./setting-table.ts";

export interface KafkaSettings {
  readonly brokers: readonly string[];
  /** null = plain TCP. `ca` is the path of a PEM file, null = the system's authorities. */
  readonly tls: { readonly ca: string | null } | null;
  readonly sasl: {
    readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
    readonly username: string;
    readonly password: string;
  } | null;
}

/** How news leaves; what is null is not set up. */
export interface DeliverySettings {
  /** Signs webhooks; null = the install's secret does. */
  readonly webhookSecret: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** udp://host:port or tcp://host:port: told of every finding. */
  readonly syslog: string | null;
  /** Hosts that may have internal addresses, in lower case. */
  readonly allowedHosts: readonly string[];
}

export interface Settings {
  /** null = embedded PostgreSQL under `state`. */
  readonly databaseUrl: string | null;
  /** null = in-process stream. */
  readonly kafka: KafkaSettings | null;
  readonly listen: ListenAddress;
  /** Where people reach the API, for links in what is sent; null = where it listens. Without a slash at its end. */
  readonly publicUrl: string | null;
  /** Absolute path of the folder that holds the install's secret and the embedded database. */
  readonly state: string;
  readonly logLevel: LogLevel;
  /** Policy file; null = the starter set. */
  readonly policies: string | null;
  /** File that lists which vendors of models are allowed; null = nobody said anything. */
  readonly aiVendors: string | null;
  readonly delivery: DeliverySettings;
  /** When the weekly report goes to teams: five fields of cron, and a time zone or none; null = never. */
  readonly weekly: string | null;
  /** File that says which workload or network has which addresses; null = none. */
  readonly places: string | null;
  /** Headers that name the service that answers, beside the public ones; `caller:` before those that name who calls. */
  readonly serviceHeaders: readonly string[];
  /** null = made at first start and kept in `state`. */
  readonly secret: string | null;
  readonly apiTokens: readonly string[];
  /** File of `name: SHA-256 of a token` lines; null = none. */
  readonly apiTokenFile: string | null;
}

export type SettingName = keyof typeof SETTINGS;
/** Flag values by setting; a flag wins over its variable. */
export type Flags = Readonly<Partial<Record<SettingName, string | undefined>>>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** Bad configuration: `sentences` holds one sentence per problem, none of which repeats a value. */
export class ConfigProblem extends UserError {
  override readonly name = "ConfigProblem";
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(sentences.join(" "));
    this.sentences = sentences;
  }
}

type Read = { readonly [N in SettingName]?: z.output<(typeof SETTINGS)[N]["schema"]> };

/** Throws `ConfigProblem` with all problems at once. An empty variable counts as absent. `cwd` anchors relative paths. */
export function readSettings(flags: Flags, env: Environment, cwd: string): Settings {
  const problems: string[] = [];
  const read = readEach(flags, env, problems);
  const kafka = kafkaSettings(read, problems);
  if (problems.length > 0) throw new ConfigProblem(problems);
  return {
    databaseUrl: read.databaseUrl ?? null,
    kafka,
    listen: read.listen ?? { host: "127.0.0.1", port: 8080 },
    ...sendingSettings(read),
    state: path.resolve(cwd, read.state ?? ".umbra"),
    logLevel: read.logLevel ?? "info",
    places: fileIn(cwd, read.places),
    policies: fileIn(cwd, read.policies),
    aiVendors: fileIn(cwd, read.aiVendors),
    delivery: deliverySettings(read),
    serviceHeaders: read.serviceHeaders ?? [],
    secret: read.secret ?? null,
    apiTokens: [...(read.apiToken === undefined ? [] : [read.apiToken]), ...(read.apiTokens ?? [])],
    apiTokenFile: fileIn(cwd, read.apiTokenFile),
  };
}

function fileIn(cwd: string, file: string | undefined): string | null {
  return file === undefined ? null : path.resolve(cwd, file);
}

function sendingSettings(read: Read): Pick<Settings, "publicUrl" | "weekly"> {
  return { publicUrl: read.publicUrl ?? null, weekly: read.weekly ?? null };
}

function deliverySettings(read: Read): DeliverySettings {
  return {
    webhookSecret: read.webhookSecret ?? null,
    smtpUrl: read.smtpUrl ?? null,
    mailFrom: read.mailFrom ?? "umbra@localhost",
    syslog: read.syslog ?? null,
    allowedHosts: read.deliveryAllow ?? [],
  };
}

function readEach(flags: Flags, env: Environment, problems: string[]): Read {
  const read: Record<string, unknown> = {};
  for (const [name, { env: variable, flag, must, schema }] of Object.entries(SETTINGS)) {
    const given = flags[name as SettingName];
    const raw = given ?? env[variable];
    if (raw === undefined || (given === undefined && raw.trim() === "")) continue;
    const result = schema.safeParse(raw);
    if (result.success) read[name] = result.data;
    else problems.push(`${given === undefined ? variable : (flag ?? variable)} must ${must}.`);
  }
  return read as Read;
}

function kafkaSettings(read: Read, problems: string[]): KafkaSettings | null {
  const sasl = [read.kafkaSaslMechanism, read.kafkaUsername, read.kafkaPassword];
  const given = sasl.filter((setting) => setting !== undefined).length;
  if (given > 0 && given < sasl.length) {
    problems.push(
      "UMBRA_KAFKA_SASL_MECHANISM, UMBRA_KAFKA_USERNAME and UMBRA_KAFKA_PASSWORD belong together: set all three or none.",
    );
  }
  if (read.kafkaBrokers === undefined) return null;
  const [mechanism, username, password] = [read.kafkaSaslMechanism, read.kafkaUsername, read.kafkaPassword];
  const tls = read.kafkaTls ?? read.kafkaCa !== undefined;
  return {
    brokers: read.kafkaBrokers,
    tls: tls ? { ca: read.kafkaCa ?? null } : null,
    sasl: mechanism && username && password ? { mechanism, username, password } : null,
  };
}

/** What a distributed role cannot do without. Throws `ConfigProblem` naming the variables that are missing. */
export function requireSettings(
  settings: Settings,
  needed: readonly ("databaseUrl" | "kafka" | "secret")[],
): void {
  const rows = { databaseUrl: SETTINGS.databaseUrl, kafka: SETTINGS.kafkaBrokers, secret: SETTINGS.secret };
  const missing = needed.filter((name) => settings[name] === null).map((name) => rows[name]);
  if (missing.length === 0) return;
  throw new ConfigProblem(missing.map(({ env, must }) => `${env} is not set; it must ${must}.`));
}

/** Whether only this machine can reach the address; everything else needs a token. */
export function isLoopback({ host }: ListenAddress): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
