// Settings: defaults, precedence, and the sentence a person gets for each mistake.
import { describe, expect, test } from "vitest";
import {
  ConfigProblem,
  SETTINGS,
  isLoopback,
  readSettings,
  requireSettings,
} from "../../../src/ops/config.ts";
import type { Environment, Flags } from "../../../src/ops/config.ts";

const TOKEN = "0123456789abcdef";

function problems(env: Environment, flags: Flags = {}): readonly string[] {
  try {
    readSettings(flags, env, "/srv");
    return [];
  } catch (problem) {
    if (problem instanceof ConfigProblem) return problem.sentences;
    throw problem;
  }
}

test("nothing set gives a local, embedded install", () => {
  expect(readSettings({}, {}, "/srv")).toEqual({
    databaseUrl: null,
    kafka: null,
    listen: { host: "127.0.0.1", port: 8080 },
    state: "/srv/.umbra",
    logLevel: "info",
    policies: null,
    weekly: null,
    publicUrl: null,
    aiVendors: null,
    delivery: {
      webhookSecret: null,
      smtpUrl: null,
      mailFrom: "umbra@localhost",
      syslog: null,
      allowedHosts: [],
    },
    places: null,
    serviceHeaders: [],
    secret: null,
    apiTokens: [],
    apiTokenFile: null,
  });
});

test("everything set is read; a flag wins over its variable; empty counts as absent", () => {
  const env = {
    DATABASE_URL: "postgresql://umbra:pw@db:5432/umbra",
    UMBRA_KAFKA_BROKERS: "kafka-1:9092, kafka-2:9092",
    UMBRA_KAFKA_TLS: "true",
    UMBRA_KAFKA_CA: "/etc/ca.pem",
    UMBRA_KAFKA_SASL_MECHANISM: "scram-sha-512",
    UMBRA_KAFKA_USERNAME: "umbra",
    UMBRA_KAFKA_PASSWORD: " pw ",
    UMBRA_LISTEN: "[::1]:0",
    UMBRA_STATE: "",
    UMBRA_LOG_LEVEL: "debug",
    UMBRA_SECRET: "x".repeat(32),
    UMBRA_API_TOKEN: TOKEN,
    UMBRA_POLICIES: "/etc/umbra/policies.yaml",
    UMBRA_AI_VENDORS: "vendors.yaml",
    UMBRA_WEEKLY: "0 8 * * 1 Europe/Berlin",
    UMBRA_PUBLIC_URL: "https://umbra.shop.test/api/",
    UMBRA_WEBHOOK_SECRET: "w".repeat(16),
    UMBRA_SMTP_URL: "smtp://mail.test",
    UMBRA_MAIL_FROM: "umbra@shop.test",
    UMBRA_SYSLOG: "udp://siem.test:514",
    UMBRA_DELIVERY_ALLOW: "Hooks.test, chat.test",
    UMBRA_PLACES: "places.yaml",
    UMBRA_SERVICE_HEADERS: "X-Shop-App, caller:x-from",
    UMBRA_API_TOKENS: `${TOKEN}1,${TOKEN}2`,
    UMBRA_API_TOKEN_FILE: "tokens",
  };
  expect(readSettings({ state: "/var/lib/umbra", logLevel: "warn" }, env, "/srv")).toEqual({
    databaseUrl: "postgresql://umbra:pw@db:5432/umbra",
    kafka: {
      brokers: ["kafka-1:9092", "kafka-2:9092"],
      tls: { ca: "/etc/ca.pem" },
      sasl: { mechanism: "scram-sha-512", username: "umbra", password: " pw " },
    },
    listen: { host: "::1", port: 0 },
    state: "/var/lib/umbra",
    places: "/srv/places.yaml",
    serviceHeaders: ["X-Shop-App", "caller:x-from"],
    policies: "/etc/umbra/policies.yaml",
    aiVendors: "/srv/vendors.yaml",
    weekly: "0 8 * * 1 Europe/Berlin",
    publicUrl: "https://umbra.shop.test/api",
    delivery: {
      webhookSecret: "w".repeat(16),
      smtpUrl: "smtp://mail.test",
      mailFrom: "umbra@shop.test",
      syslog: "udp://siem.test:514",
      allowedHosts: ["hooks.test", "chat.test"],
    },
    logLevel: "warn",
    secret: "x".repeat(32),
    apiTokens: [TOKEN, `${TOKEN}1`, `${TOKEN}2`],
    apiTokenFile: "/srv/tokens",
  });
});

test.each([
  ["DATABASE_URL", "mysql://db/umbra"],
  ["DATABASE_URL", "postgresql://"],
  ["UMBRA_KAFKA_BROKERS", "kafka"],
  ["UMBRA_KAFKA_BROKERS", ","],
  ["UMBRA_KAFKA_BROKERS", "kafka:99999"],
  ["UMBRA_SERVICE_HEADERS", "x shop"],
  ["UMBRA_KAFKA_TLS", "maybe"],
  ["UMBRA_LISTEN", "8080"],
  ["UMBRA_PUBLIC_URL", "umbra.test"],
  ["UMBRA_PUBLIC_URL", "https://umbra.test/?x=1"],
  ["UMBRA_LISTEN", "::1:8080"],
  ["UMBRA_LISTEN", "127.0.0.1:80800"],
  ["UMBRA_LOG_LEVEL", "loud"],
  ["UMBRA_SECRET", "hunter2hunter2"],
  ["UMBRA_API_TOKEN", "hunter2"],
  ["UMBRA_API_TOKENS", "hunter2,hunter2hunter2hunter2"],
])("%s=%s is refused in one sentence that does not repeat the value", (variable, value) => {
  const [sentence = "", ...more] = problems({ [variable]: value });
  expect(more).toEqual([]);
  expect(sentence).toMatch(new RegExp(`^${variable} must .+\\.$`));
  expect(sentence).not.toContain("hunter2");
});

test("all problems come at once, and a flag is called by its own name", () => {
  expect(problems({ UMBRA_LOG_LEVEL: "loud" }, { listen: "here" })).toEqual([
    "--listen must be host:port like 127.0.0.1:8080 or [::1]:8080.",
    "UMBRA_LOG_LEVEL must be one of silent, error, warn, info, debug.",
  ]);
  expect(problems({}, { listen: "" })).toHaveLength(1);
});

test("half a SASL login is refused", () => {
  expect(problems({ UMBRA_KAFKA_BROKERS: "kafka:9092", UMBRA_KAFKA_USERNAME: "umbra" })[0]).toContain(
    "set all three or none",
  );
});

describe("requireSettings", () => {
  test("names what is missing", () => {
    const settings = readSettings({}, { UMBRA_KAFKA_BROKERS: "kafka:9092" }, "/srv");
    expect(() => requireSettings(settings, ["kafka"])).not.toThrow();
    expect(() => requireSettings(settings, ["kafka", "databaseUrl"])).toThrow(
      "DATABASE_URL is not set; it must be a PostgreSQL address like",
    );
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["::1", true],
  ["localhost", true],
  ["0.0.0.0", false],
  ["::", false],
  ["127.0.0.1.evil.test", false],
])("%s is loopback: %s", (host, expected) => {
  expect(isLoopback({ host, port: 1 })).toBe(expected);
});

test("no two settings share a variable", () => {
  const names = Object.values(SETTINGS).map(({ env }) => env);
  expect(new Set(names).size).toBe(names.length);
});
