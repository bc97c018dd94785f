// The weekly report where people read it: in a real Chromium at desktop and phone width, as PDF, with links and commands that work.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import html from "../../src/report/weekly/formats/html.ts";
import type { WeeklyReport } from "../../src/report/weekly/report.ts";
import { weeklyReport } from "../../src/report/weekly/weekly-report.ts";
import { openChromium, whyWithoutChromium } from "../support/chromium.ts";
import { pagesOf } from "../support/pdf.ts";
import type { Running } from "../support/umbra.ts";
import { startUmbra, UMBRA } from "../support/umbra.ts";
import { exampleWeek } from "../support/weekly-example.ts";
import { OPTIONS } from "../support/weekly.ts";

const run = promisify(execFile);
const missing = whyWithoutChromium();
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-weekly-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(missing !== null)(`in Chromium${missing === null ? "" : `: ${missing}`}`, () => {
  let browser: Browser;
  let address = "";
  beforeAll(async () => {
    browser = await openChromium();
    const report = weeklyReport(exampleWeek(), OPTIONS);
    if (report === null) throw new Error("the week exists");
    const file = path.join(folder, "report.html");
    await writeFile(file, html.render(report));
    address = pathToFileURL(file).href;
  });
  afterAll(() => browser.close());

  /** The page, and everything it did that a report must not do. */
  async function open(width: number): Promise<{ readonly page: Page; readonly odd: readonly string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const odd: string[] = [];
    page.on("console", (message) => odd.push(`console: ${message.text()}`));
    page.on("dialog", (dialog) => {
      odd.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url() !== address) odd.push(`request: ${request.url()}`);
    });
    await page.goto(address);
    return { page, odd };
  }

  test.each([1280, 390, 320])(
    "at %d pixels nothing is cut off, run, loaded or complained about",
    async (width) => {
      const { page, odd } = await open(width);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      expect([odd, overflow]).toEqual([[], 0]);
      expect(await page.evaluate("document.querySelectorAll('script, img, iframe, object').length")).toBe(0);
      expect((await page.screenshot({ fullPage: true })).byteLength).toBeGreaterThan(20_000);
      await page.close();
    },
  );

  test("who cannot see it is told the same: headings in order, names for tables and charts", async () => {
    const { page } = await open(1280);
    const levels = await page.$$eval("h1,h2,h3", (found) => found.map(({ tagName }) => Number(tagName[1])));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
    expect(await page.getByRole("table", { name: "Retired, and who still calls" }).count()).toBe(1);
    expect(await page.getByRole("img", { name: /^Shadow: / }).count()).toBe(1);
    expect(await page.getByRole("navigation", { name: "Contents" }).getByRole("link").count()).toBe(11);
    await page.close();
  });

  test("on a phone each cell of a table says what it is", async () => {
    const { page } = await open(390);
    const label = await page.evaluate(
      "getComputedStyle(document.querySelector('.stacks td[data-label]'), '::before').content",
    );
    expect(label).toMatch(/^"\w+/);
    await page.close();
  });

  test("links within the page lead somewhere", async () => {
    const { page } = await open(1280);
    const dead = await page.evaluate(
      `[...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute("href")).filter((at) => !document.querySelector(at))`,
    );
    expect(dead).toEqual([]);
    await page.close();
  });
});

describe("from a running Umbra", () => {
  let running: Running | undefined;
  let url = "";
  beforeAll(async () => {
    running = startUmbra([
      "start",
      "--demo",
      "--state",
      path.join(folder, "state"),
      "--listen",
      "127.0.0.1:0",
    ]);
    const [, found = ""] = await running.says(/API on (http:\/\/127\.0\.0\.1:\d+)\/api\/v1/, 120_000);
    url = found;
  });
  afterAll(async () => {
    running?.child.kill("SIGINT");
    await running?.finished;
  });

  const umbra = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [UMBRA, ...args, "--url", url], { maxBuffer: 1e8 })).stdout;

  test("every link and every command in it works", async () => {
    const report = JSON.parse(await umbra("report", "weekly", "--format", "json")) as {
      readonly new_shadow: readonly {
        readonly link: string;
        readonly decision: { readonly command: string };
      }[];
    };
    expect(report.new_shadow.length).toBeGreaterThan(5);
    const bin = path.join(folder, "bin");
    await run("mkdir", ["-p", bin]);
    await writeFile(path.join(bin, "umbra"), `#!/bin/sh\nexec '${process.execPath}' '${UMBRA}' "$@"\n`, {
      mode: 0o755,
    });
    const seen = new Set<string>();
    for (const { link, decision } of report.new_shadow) {
      expect((await fetch(link)).status).toBe(200);
      const kind = decision.command.split(" ")[1] ?? "";
      if (seen.has(kind)) continue;
      seen.add(kind);
      const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
      const { stdout } = await run("sh", ["-c", decision.command], { env });
      expect(stdout).toMatch(/^openapi:|^owner: /m);
    }
  });

  test("graph and segmentation come from the same calls", async () => {
    expect(await umbra("graph", "--format", "mermaid")).toMatch(/^flowchart LR\n {2}c0/);
    const rules = await umbra("export", "segmentation", "--service", "shop.example", "--format", "cilium");
    expect(rules).toContain("kind: CiliumNetworkPolicy");
    expect(rules).toContain("# Warning:");
  });

  test("a format nobody knows is refused in one sentence", async () => {
    await expect(umbra("report", "weekly", "--format", "docx")).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^umbra: there is no format "docx"; known: .*pdf\n$/),
    });
  });

  test.skipIf(missing !== null)("as PDF", async () => {
    const out = path.join(folder, "report.pdf");
    await umbra("report", "weekly", "--format", "pdf", "--out", out);
    const report = JSON.parse(await umbra("report", "weekly", "--format", "json")) as WeeklyReport;
    const pages = await pagesOf(await readFile(out));
    const text = pages.join(" ").replaceAll(/\s/g, "");
    const inText = (words: string): boolean => text.includes(words.replaceAll(/\s/g, ""));
    // A few pages to hand round, and none of them blank.
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.length).toBeLessThan(15);
    expect(pages.filter((page) => page.trim() === "")).toEqual([]);
    expect(report.summary.filter((sentence) => !inText(sentence))).toEqual([]);
    const told = [...report.new_shadow, ...report.zombies, ...report.orphans];
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter(({ method, authority, path: at }) => !inText(`${method} ${authority}${at}`))).toEqual(
      [],
    );
    const { now } = report.headline;
    expect(text).toContain(`${now.endpoints}APIendpoints`);
  });
});
