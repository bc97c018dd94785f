// Every setting there is: its variable, its flag where it has one, and what it must look like, in words and in code.
import { z } from "zod";
import { LOG_LEVELS } from "./log.ts";

export interface ListenAddress {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
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
  serviceHeaders: {
    env: "UMBRA_SERVICE_HEADERS",
    flag: "--service-headers",
    must: "be names of headers separated by commas, like x-shop-app,caller:x-shop-from, and none that carries credentials",
    // RFC 9110, 5.1: a field name is a token.
    schema: list.pipe(
      z
        .array(
          z
            .string()
            .regex(
              /^(caller:)?(?!(proxy-)?authorization$|(set-)?cookie$|x-api-key$)[\w!#$%&'*+.^`|~-]{1,128}$/i,
            ),
        )
        .min(1)
        .max(32),
    ),
  },
  places: { env: "UMBRA_PLACES", flag: "--places", ...FILE },
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

function isHostPort(words: string): boolean {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^\s:/@[\]]+):(\d{1,5})$/.exec(words);
  return match !== null && Number(match[2]) <= 65_535;
}

function listenAddress(words: string): ListenAddress {
  const colon = words.lastIndexOf(":");
  return { host: words.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(words.slice(colon + 1)) };
}
