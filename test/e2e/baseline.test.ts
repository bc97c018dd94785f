// Two captures on the command line: what changed since the earlier one is told, and nothing when nothing did.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { umbra } from "../support/umbra.ts";

/** What an endpoint answers, and how often. */
type Answers = Readonly<Record<string, { readonly times: number; readonly body: unknown }>>;

// An endpoint is judged once its past has 200 successes.
const ORDERS = { times: 220, body: { id: 7, email: "a@shop.test" } };
const CHANGED = { times: 220, body: { id: "o-7" } };
const OTHER = { times: 40, body: { total: 3 } };

function harOf(day: string, answers: Answers): string {
  const entries = Object.entries(answers).flatMap(([target, { times, body }]) =>
    Array.from({ length: times }, (_, at) => ({
      startedDateTime: `${day}T12:${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}.000Z`,
      time: 12,
      _clientAddress: `10.0.0.${1 + (at % 3)}`,
      request: {
        method: "GET",
        url: `https://shop.test${target}`,
        httpVersion: "HTTP/1.1",
        headers: [],
      },
      response: {
        status: 200,
        httpVersion: "HTTP/1.1",
        headers: [{ name: "content-type", value: "application/json" }],
        content: { mimeType: "application/json", text: JSON.stringify(body) },
      },
      timings: { send: 1, wait: 10, receive: 1 },
    })),
  );
  return JSON.stringify({ log: { version: "1.2", creator: { name: "t", version: "1" }, entries } });
}

let folder = "";
let before = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-baseline-"));
  before = await made("before.har", harOf("2026-11-02", { "/api/orders": ORDERS, "/api/carts": OTHER }));
});
afterAll(() => rm(folder, { recursive: true }));

async function made(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

interface Told {
  readonly findings: readonly { readonly rule: string; readonly text: string }[];
}

async function driftOf(now: string, ...more: readonly string[]) {
  const { code, stdout } = await umbra(["scan", now, "--baseline", before, "--format", "json", ...more]);
  const { findings } = JSON.parse(stdout) as Told;
  return { code, drift: findings.filter(({ rule }) => rule.startsWith("drift.")) };
}

test("a field that went, one of another kind, an endpoint that came and one that went are told", async () => {
  const now = await made("now.har", harOf("2026-11-09", { "/api/orders": CHANGED, "/api/plans": OTHER }));
  const { code, drift } = await driftOf(now, "--fail-on", "drift.field-gone");
  expect(code).toBe(1);
  expect(drift.map(({ rule }) => rule).toSorted()).toEqual([
    "drift.endpoint-gone",
    "drift.endpoint-new",
    "drift.field-gone",
    "drift.kind-new",
  ]);
  expect(drift.find(({ rule }) => rule === "drift.endpoint-gone")?.text).toContain("GET shop.test/api/carts");
  const table = await umbra(["scan", now, "--baseline", before]);
  expect(table.code).toBe(0);
  expect(table.stdout).toContain("GET shop.test/api/carts");
});

test("nothing is told of the same a week later, nor of the file itself", async () => {
  const later = await made("later.har", harOf("2026-11-09", { "/api/orders": ORDERS, "/api/carts": OTHER }));
  for (const now of [later, before])
    expect(await driftOf(now, "--fail-on", "drift.field-gone,drift.endpoint-gone")).toEqual({
      code: 0,
      drift: [],
    });
});

test("what could not be read of a baseline is shown beside what it made of it", async () => {
  const whole = JSON.parse(harOf("2026-11-02", { "/api/orders": ORDERS })) as {
    log: { entries: unknown[] };
  };
  whole.log.entries.push({ startedDateTime: "2026-11-02T13:00:00.000Z" });
  const cut = await made("cut.har", JSON.stringify(whole));
  const { stdout } = await umbra(["scan", before, "--baseline", cut, "--format", "json"]);
  const { capture } = JSON.parse(stdout) as {
    capture: { weirds: object; baseline: { inputs: { name: string }[]; weirds: Record<string, number> } };
  };
  expect(capture.weirds).toEqual({});
  expect(capture.baseline.inputs.map(({ name }) => name)).toEqual([cut]);
  expect(Object.values(capture.baseline.weirds)).toEqual([1]);
  const table = await umbra(["scan", before, "--baseline", cut]);
  expect(table.stdout).toContain("BASELINE HEALTH");
  expect(table.stdout).toContain("1 odd record in the baseline");
});

describe("a baseline that cannot be read exits 2, is named, and no report is printed", () => {
  test.each<readonly [string, string, string | null, RegExp]>([
    ["a missing file", "missing.har", null, /missing\.har: cannot be opened \(no such file\)/],
    ["no capture", "text.har", "hello, not a capture", /text\.har: not recognised/],
    ["an empty file", "empty.har", "", /empty\.har: is empty/],
  ])("%s", async (_, name, text, message) => {
    const baseline = text === null ? path.join(folder, name) : await made(name, text);
    const { code, stdout, stderr } = await umbra(["scan", before, "--baseline", baseline]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("stdin asked for twice", async () => {
    for (const words of [
      ["scan", "-", "--baseline", "-"],
      ["scan", "-", "-"],
    ]) {
      const { code, stderr } = await umbra(words);
      expect(code).toBe(2);
      expect(stderr).toContain("stdin (-) can be read once");
    }
  });

  test("a flag without a file", async () => {
    const { code, stderr } = await umbra(["scan", before, "--baseline"]);
    expect(code).toBe(2);
    expect(stderr).toContain("argument missing");
  });
});
