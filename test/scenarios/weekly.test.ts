// Two weeks of traffic with planted changes, from HAR files to the weekly report in every format: each is named once, and nothing else.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { weeklyOf } from "../../src/api/weekly.ts";
import { loadUnits } from "../../src/ops/units.ts";
import type { WeeklyReport } from "../../src/report/weekly/report.ts";
import type { WeeklyFormat } from "../../src/report/weekly/weekly-format.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { DAY, MONDAY, twoWeeks } from "../support/two-weeks.ts";

const FOLDER = path.resolve(import.meta.dirname, "weekly-report");
const store = createMemoryStore();
let report: WeeklyReport;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-weekly-"));
  await twoWeeks(store, folder);
  const ask = { week: "2026-W47", zone: "UTC", scope: { kind: "all" } } as const;
  const made = await weeklyOf(store, ask, { now: MONDAY + 8 * DAY, base: "http://127.0.0.1:8080" });
  if (made === null) throw new Error("the week exists");
  report = made;
});
afterAll(() => rm(folder, { recursive: true }));

interface Named {
  readonly authority: string;
  readonly path: string;
  readonly owner: string | null;
}
const named = (notes: readonly Named[]) =>
  notes.map(({ authority, path: at, owner }) => `${authority}${at} of ${owner ?? "nobody"}`);

describe("each planted change is named once, with its owner by whatever means, and nothing else", () => {
  test("four new shadow endpoints, with who called and what to do", () => {
    expect(named(report.new_shadow)).toEqual([
      "llm.internal/v1/chat/completions of ml-platform",
      "shop.test/export/all of nobody",
      "crm.test/v1/contacts/export of crm",
      "edge.test/bills of billing",
    ]);
    const [chat, leak] = report.new_shadow;
    expect([chat?.ai?.kind, chat?.decision.kind]).toEqual(["chat-completion", "review"]);
    expect([leak?.exposure, leak?.first_caller?.address, leak?.decision.kind]).toEqual([
      "external",
      "203.0.113.9",
      "document",
    ]);
  });
  test("who should not reach one stands beside it", () => {
    expect(report.new_shadow.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain(
      "reach.model-from-users",
    );
    expect(report.findings.items.filter(({ rule }) => rule.startsWith("reach."))).toEqual([]);
  });
  test("one became documented; one is deprecated, one is gone from its document, both still called", () => {
    expect(named(report.documented)).toEqual(["shop.test/returns of returns"]);
    expect(report.retired).toEqual([]);
    expect(named(report.zombies)).toEqual(["pay.test/prices of Payments", "ship.test/labels of logistics"]);
    const [prices] = report.zombies;
    expect(prices).toMatchObject({ new: true, more_callers: 0 });
    expect(prices?.callers.map(({ address }) => address)).toEqual(["10.0.7.7"]);
  });
  test("one lost its authentication", () => {
    expect(named(report.drift.items)).toEqual(["stock/levels of warehouse"]);
    expect(report.drift.items.map(({ kind }) => kind)).toEqual(["auth-weakened"]);
  });
  test("one is planned, one has no owner", () => {
    expect(named(report.orphans)).toEqual(["shop.test/planned of @shop/core"]);
    expect(report.unowned.by_service).toEqual([{ authority: "shop.test", endpoints: 1 }]);
  });
  test("AI and late news are told where they stand, and only there", () => {
    const { among_new_shadow, found, new_vendors, new_tools } = report.ai;
    expect([among_new_shadow, found, new_vendors, new_tools, report.late]).toEqual([1, [], [], [], []]);
  });
  test("no finding stands twice", () => {
    expect(report.findings.items.map(({ rule, path: at }) => [rule, at])).toEqual([]);
    expect(report.findings.by_rule.map(({ rule, opened }) => [rule, opened])).toMatchInlineSnapshot(`
      [
        [
          "ai",
          1,
        ],
        [
          "ai-unbounded",
          1,
        ],
        [
          "policy.new-ai-endpoint",
          1,
        ],
        [
          "policy.shadow-external",
          1,
        ],
        [
          "reach.model-from-users",
          1,
        ],
        [
          "shadow",
          4,
        ],
        [
          "zombie",
          2,
        ],
      ]
    `);
  });
  test("the numbers are those of the two weeks", () => {
    expect(report.headline).toMatchInlineSnapshot(`
      {
        "before": {
          "ai": 0,
          "documented": 8,
          "endpoints": 11,
          "orphan": 0,
          "services": 5,
          "shadow": 3,
          "unowned": 0,
          "zombie": 0,
        },
        "now": {
          "ai": 1,
          "documented": 8,
          "endpoints": 16,
          "orphan": 1,
          "services": 7,
          "shadow": 6,
          "unowned": 1,
          "zombie": 2,
        },
      }
    `);
  });
});

const formats = await loadUnits<WeeklyFormat>(new URL("../../src/report/weekly/formats/", import.meta.url));

test.each([...formats.values()].map((format) => [format.id, format] as const))(
  "as %s, byte for byte",
  async (_, format) => {
    const file = path.join(FOLDER, `expect.${format.extension}`);
    const text = format.render(report);
    if (process.env["UMBRA_WRITE_DOCS"] === "1") await writeFile(file, text);
    expect(
      text === (await readFile(file, "utf8")),
      `${file} is another; look at the difference, then write it anew with UMBRA_WRITE_DOCS=1`,
    ).toBe(true);
  },
);
