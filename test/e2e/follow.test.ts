// Files that grow while the service runs, and what stays closed in them, from the command line to the API.
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { talk } from "../collectors/wire/tls/talk.ts";
import { Conversation, pcapFile } from "../support/packets.ts";
import type { Running } from "../support/umbra.ts";
import { startUmbra, umbra } from "../support/umbra.ts";

const line = (target: string) =>
  `10.0.0.9 - - [02/Nov/2026:12:00:00 +0000] "GET ${target} HTTP/1.1" 200 12 "-" "curl/8.5.0"\n`;

let folder = "";
let running: Running | undefined;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-follow-"));
});
afterAll(async () => {
  running?.child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** A capture of one TLS connection to that name, without keys. */
async function aClosedCapture(servername: string): Promise<string> {
  const conversation = new Conversation({ ports: [40_000, 443] });
  const { heard } = await talk({
    client: { servername },
    turns: ["GET / HTTP/1.1\r\n\r\n", "x".repeat(9_000)],
  });
  for (const { side, bytes } of heard) conversation[side === 0 ? "client" : "server"](Buffer.from(bytes));
  const file = path.join(folder, "tls.pcap");
  await writeFile(file, pcapFile(conversation.close().packets));
  return file;
}

async function rowsOf(url: string, query: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const response = await fetch(`${url}/api/v1/endpoints?${query}`);
  return ((await response.json()) as { readonly items: readonly Readonly<Record<string, unknown>>[] }).items;
}

async function untilRows(url: string, query: string, count: number) {
  for (;;) {
    const rows = await rowsOf(url, query);
    if (rows.length >= count) return rows;
    await setTimeout(100);
  }
}

test(
  "start --follow hears what is added, and counts what is encrypted apart",
  { timeout: 240_000 },
  async () => {
    const log = path.join(folder, "access.log");
    await writeFile(log, line("/orders"));
    const capture = await aClosedCapture("api.openai.com");
    const state = path.join(folder, "state");
    running = startUmbra(["start", "--state", state, "--listen", "127.0.0.1:0", "--follow", log, capture]);
    const [, url = ""] = await running.says(/API on (http:\/\/127\.0\.0\.1:\d+)\/api\/v1/, 120_000);
    await untilRows(url, "category=api", 1);
    await appendFile(log, line("/invoices"));
    const apis = await untilRows(url, "category=api", 2);
    expect(apis.map((row) => row["path"]).toSorted()).toEqual(["/invoices", "/orders"]);
    const closed = await untilRows(url, "category=encrypted", 1);
    expect(closed).toMatchObject([
      {
        authority: "api.openai.com",
        method: "",
        path: "",
        protocol: "tls",
        requests: 1,
        standing: "unjudged",
        confidence: "candidate",
        ai: { verdict: "likely" },
      },
    ]);
    expect(await rowsOf(url, "standing=unjudged")).toHaveLength(1);
    expect((await rowsOf(url, "standing=shadow")).map((row) => row["authority"])).not.toContain(
      "api.openai.com",
    );
    running.child.kill("SIGINT");
    expect((await running.finished).code).toBe(0);
  },
);

test("doctor says of a file why nothing shows up", async () => {
  const { code, stdout } = await umbra(["doctor", await aClosedCapture("shop.test")]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    "100 % of the bytes on :443 are TLS without keys: mirror behind the terminator, or give --keylog.",
  );
});

test.each([
  ["a file that is not there", ["collect", "pcap", "--follow", "no/such.pcap"], "no such file"],
  ["inputs beside it", ["collect", "pcap", "a.pcap", "--follow", "b.pcap"], "not both"],
  ["nothing to read", ["collect", "gateway-log"], "give files"],
])("%s is refused", async (_, args, why) => {
  const env = { UMBRA_KAFKA_BROKERS: "127.0.0.1:1", UMBRA_SECRET: "s".repeat(64) };
  const finished = startUmbra(args, env).finished;
  const { code, stderr } = await finished;
  expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
});
