// Settings from flags and environment, checked at start: what is wrong is said in one sentence that names the setting.
import path from "node:path";
import { z } from "zod";
import { LOG_LEVELS } from "./log.ts";
import type { LogLevel } from "./log.ts";
import { UserError } from "./user-error.ts";

export interface ListenAddress {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

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
  /** null = made at first start and kept in `state`. */
  readonly secret: string | null;
  readonly apiTokens: readonly string[];
  /** File of `name: SHA-256 of a token` lines; null = none. */
  readonly apiTokenFile: string | null;
}

// 32 characters of any usual alphabet carry the 128 bits that a keyed hash needs.
const SECRET_CHARACTERS = 32;
// Long enough that guessing over the network is hopeless.
const TOKEN_CHARACTERS = 16;

const text = z.string().trim();
const present = z.enum(["true", "false", "1", "0"]).transform((word) => word === "true" || word === "1");
const list = text.transform((words) =>
  words
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== ""),
);
const endpoints = list.pipe(z.array(z.string().refine(isHostPort)).min(1));

const FILE = { must: "be the path of a file", schema: text.min(1) } as const;

/** One row per setting: variable, flag where the command line has one, what it must look like, in words and in code. */
export const SETTINGS = {
  databaseUrl: {
    env: "DATABASE_URL",
    flag: "--database-url",
    must: "be a PostgreSQL address like postgresql://user:password@host:5432/umbra",
    schema: text.refine((url) => /^postgres(ql)?:\/\/./.test(url) && URL.canParse(url)),
  },
  kafkaBrokers: {
    env: "UMBRA_KAFKA_BROKERS",
    flag: "--kafka-brokers",
    must: "be broker addresses like kafka-1:9092,kafka-2:9092",
    schema: endpoints,
  },
  kafkaTls: { env: "UMBRA_KAFKA_TLS", flag: null, must: "be true or false", schema: present },
  kafkaCa: { env: "UMBRA_KAFKA_CA", flag: null, must: "be the path of a PEM file", schema: text.min(1) },
  kafkaSaslMechanism: {
    env: "UMBRA_KAFKA_SASL_MECHANISM",
    flag: null,
    must: "be plain, scram-sha-256 or scram-sha-512",
    schema: z.enum(["plain", "scram-sha-256", "scram-sha-512"]),
  },
  kafkaUsername: { env: "UMBRA_KAFKA_USERNAME", flag: null, must: "not be empty", schema: text.min(1) },
  kafkaPassword: { env: "UMBRA_KAFKA_PASSWORD", flag: null, must: "not be empty", schema: z.string().min(1) },
  listen: {
    env: "UMBRA_LISTEN",
    flag: "--listen",
    must: "be host:port like 127.0.0.1:8080 or [::1]:8080",
    schema: text.refine(isHostPort).transform(listenAddress),
  },
  publicUrl: {
    env: "UMBRA_PUBLIC_URL",
    flag: null,
    must: "be an address like https://umbra.example",
    schema: text
      .refine((url) => /^https?:\/\/[^/?#]/.test(url) && URL.canParse(url) && !/[?#]/.test(url))
      .transform((url) => url.replace(/\/+$/, "")),
  },
  state: { env: "UMBRA_STATE", flag: "--state", must: "be the path of a folder", schema: text.min(1) },
  logLevel: {
    env: "UMBRA_LOG_LEVEL",
    flag: "--log-level",
    must: `be one of ${LOG_LEVELS.join(", ")}`,
    schema: z.enum(LOG_LEVELS),
  },
  places: { env: "UMBRA_PLACES", flag: null, ...FILE },
  policies: { env: "UMBRA_POLICIES", flag: "--policies", ...FILE },
  aiVendors: { env: "UMBRA_AI_VENDORS", flag: "--ai-vendors", ...FILE },
  weekly: {
    env: "UMBRA_WEEKLY",
    flag: null,
    must: "be a time as in cron and a time zone, like 0 8 * * 1 Europe/Berlin",
    schema: text.refine((words) => /^\S+( +\S+){4,5}$/.test(words)),
  },
  webhookSecret: {
    env: "UMBRA_WEBHOOK_SECRET",
    flag: null,
    must: `have at least ${TOKEN_CHARACTERS} characters`,
    schema: text.min(TOKEN_CHARACTERS),
  },
  smtpUrl: {
    env: "UMBRA_SMTP_URL",
    flag: null,
    must: "be an address like smtp://user:password@mail.example:587 or smtps://mail.example",
    schema: text.refine((url) => /^smtps?:\/\/./.test(url) && URL.canParse(url)),
  },
  mailFrom: { env: "UMBRA_MAIL_FROM", flag: null, must: "be an e-mail address", schema: z.email() },
  syslog: {
    env: "UMBRA_SYSLOG",
    flag: null,
    must: "be an address like udp://siem.example:514 or tcp://siem.example:601",
    schema: text.refine((url) => /^(udp|tcp):\/\/./.test(url) && URL.canParse(url)),
  },
  deliveryAllow: {
    env: "UMBRA_DELIVERY_ALLOW",
    flag: null,
    must: "be host names separated by commas",
    schema: list.pipe(z.array(z.string().min(1).toLowerCase()).min(1)),
  },
  secret: {
    env: "UMBRA_SECRET",
    flag: null,
    must: `have at least ${SECRET_CHARACTERS} characters; \`openssl rand -hex 32\` makes one`,
    schema: text.min(SECRET_CHARACTERS),
  },
  apiToken: {
    env: "UMBRA_API_TOKEN",
    flag: null,
    must: `have at least ${TOKEN_CHARACTERS} characters; \`umbra token\` makes one`,
    schema: text.min(TOKEN_CHARACTERS),
  },
  apiTokens: {
    env: "UMBRA_API_TOKENS",
    flag: null,
    must: `be tokens of at least ${TOKEN_CHARACTERS} characters, separated by commas`,
    schema: list.pipe(z.array(z.string().min(TOKEN_CHARACTERS)).min(1)),
  },
  apiTokenFile: { env: "UMBRA_API_TOKEN_FILE", flag: null, ...FILE },
} as const;

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

function isHostPort(words: string): boolean {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^\s:/@[\]]+):(\d{1,5})$/.exec(words);
  return match !== null && Number(match[2]) <= 65_535;
}

function listenAddress(words: string): ListenAddress {
  const colon = words.lastIndexOf(":");
  return { host: words.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(words.slice(colon + 1)) };
}
