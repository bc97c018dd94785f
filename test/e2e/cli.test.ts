// The command line as scripts use it: exit codes, streams, refusals.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anApi } from "../src/api/an-api.ts";
import { aCommit } from "../src/api/an-inventory.ts";
import { anAiEndpoint } from "../src/inventory/an-ai-endpoint.ts";
import { DEMO, startUmbra, umbra } from "../support/umbra.ts";

const PCAP = path.join(DEMO, "mirror.pcap");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("help names every command and exits 0", async () => {
  const { code, stdout } = await umbra(["--help"]);
  expect(code).toBe(0);
  for (const command of [
    "start",
    "scan",
    "exchanges",
    "collect",
    "classify",
    "api",
    "export",
    "doctor",
    "migrate",
    "token",
  ]) {
    expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  }
});

test("--version says the package's version", async () => {
  const { version } = JSON.parse(await readFile(path.join(DEMO, "../package.json"), "utf8")) as {
    version: string;
  };
  expect((await umbra(["--version"])).stdout.trim()).toBe(version);
});

describe("refusals exit 2, name the input and the reason, and print nothing to stdout", () => {
  const cases: readonly (readonly [string, () => Promise<readonly string[]>, RegExp])[] = [
    [
      "a missing file",
      async () => ["scan", "no/such.pcap"],
      /no\/such\.pcap: cannot be opened \(no such file\)/,
    ],
    [
      "no capture",
      async () => ["scan", await made("x.pcap", "hello, not a capture")],
      /x\.pcap: not recognised/,
    ],
    ["an empty file", async () => ["scan", await made("empty.pcap", "")], /empty\.pcap: is empty/],
    ["an unknown command", async () => ["scna"], /unknown command/],
    ["no input", async () => ["scan"], /missing required argument/],
    ["an unknown format", async () => ["scan", PCAP, "--format", "xls"], /no format "xls"; known: .*csv/],
    ["an unknown rule", async () => ["scan", PCAP, "--fail-on", "bugs"], /no rule "bugs"; known: shadow/],
    ["a spec that is none", async () => ["scan", PCAP, "--spec", await made("a.yaml", "a: 1")], /a\.yaml: /],
    [
      "an unknown input format",
      async () => ["scan", PCAP, "--input-format", "x"],
      /no input format "x"; known: capture/,
    ],
    [
      "an API in the open",
      async () => ["api", "--listen", "0.0.0.0:0", "--database-url", "postgresql://u@127.0.0.1:1/x"],
      /token/,
    ],
    ["no decision on a verdict", async () => ["ai", "decide", "ep_1"], /one of ai, not-ai, evidence/],
    [
      "a role without Kafka",
      async () => ["classify", "--database-url", "postgresql://u@127.0.0.1:1/x"],
      /UMBRA_KAFKA_BROKERS/,
    ],
  ];
  test.each(cases)("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await umbra(await args(), {
      env: { UMBRA_KAFKA_BROKERS: "", DATABASE_URL: "" },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test("a verdict is decided at a running API; an id that nobody knows is one sentence and exits 2", async () => {
  const api = await anApi();
  try {
    await api.store.commit(aCommit({ endpoints: [anAiEndpoint({ id: "ep_chat" })] }));
    const decide = (id: string) => umbra(["ai", "decide", id, "not-ai", "--url", api.url]);
    expect(await decide("ep_chat")).toEqual({ code: 0, stdout: "POST ai.test/chat is none\n", stderr: "" });
    const { code, stdout, stderr } = await decide("ep_nobody");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^umbra: http\S+ answered 404: .*endpoint.*\n$/i);
    const list = await umbra(["ai", "endpoints", "--url", api.url]);
    expect(list).toEqual({ code: 0, stdout: "nothing of it was heard\n", stderr: "" });
  } finally {
    await api.close();
  }
});

async function made(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

test("--fail-on exits 1 when the condition holds, after printing the report", async () => {
  const { code, stdout, stderr } = await umbra(["scan", PCAP, "--format", "json", "--fail-on", "shadow"]);
  expect(code).toBe(1);
  expect(stderr).toContain("shadow");
  expect((JSON.parse(stdout) as { schema: string }).schema).toBe("umbra.scan/1");
});

test("stdin is read as -", async () => {
  const { code, stdout } = await umbra(["scan", "-", "--format", "json"], { input: await readFile(PCAP) });
  const fromFile = await umbra(["scan", PCAP, "--format", "json"]);
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { endpoints: unknown }).endpoints).toEqual(
    (JSON.parse(fromFile.stdout) as { endpoints: unknown }).endpoints,
  );
});

test("--out writes the report and keeps stdout empty", async () => {
  const out = path.join(folder, "report.html");
  const { code, stdout } = await umbra(["scan", PCAP, "--format", "html", "--out", out]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(await readFile(out, "utf8")).toContain("<!doctype html>");
});

test("exchanges prints one object a line with the documented fields", async () => {
  const { code, stdout } = await umbra(["exchanges", PCAP]);
  expect(code).toBe(0);
  const lines = stdout.trim().split("\n");
  expect(lines.length).toBeGreaterThan(100);
  const first = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  expect(Object.keys(first)).toEqual([
    "ts",
    "method",
    "authority",
    "path",
    "status",
    "protocol",
    "client",
    "server",
    "request_bytes",
    "response_bytes",
    "flags",
  ]);
});

test("a reader that has seen enough is no error", async () => {
  const { child, finished } = startUmbra(["exchanges", PCAP]);
  child.stdout.destroy();
  expect((await finished).code).toBe(0);
});

test("token prints a fresh token each time", async () => {
  const [one, two] = await Promise.all([umbra(["token"]), umbra(["token"])]);
  expect(one.stdout).toMatch(/^umbra_[\w-]{43}\n$/);
  expect(one.stdout).not.toBe(two.stdout);
});

test("a token with a name comes with the line that lets it in", async () => {
  const { stdout, stderr } = await umbra(["token", "--name", "ann"]);
  expect(stderr).toBe(`ann: ${createHash("sha256").update(stdout.trim()).digest("hex")}\n`);
});
