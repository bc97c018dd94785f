// Every format of the weekly report: whole, deterministic, valid, and inert whatever traffic wrote into names.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { loadUnits } from "../../src/ops/units.ts";
import type { WeeklyFormat } from "../../src/report/weekly/weekly-format.ts";
import { weeklyReport } from "../../src/report/weekly/weekly-report.ts";
import type { WeeklyInputs } from "../../src/report/weekly/input.ts";
import type { WeeklyReport } from "../../src/report/weekly/report.ts";
import { inputsOf, OPTIONS } from "../support/weekly.ts";
import { exampleWeek } from "../support/weekly-example.ts";

const formats = await loadUnits<WeeklyFormat>(new URL("../../src/report/weekly/formats/", import.meta.url));

function reportOf(inputs: WeeklyInputs): WeeklyReport {
  const report = weeklyReport(inputs, OPTIONS);
  if (report === null) throw new Error("the week exists");
  return report;
}

const full = reportOf(exampleWeek());
const empty = reportOf(inputsOf());

describe.each([...formats.values()].map((format) => ({ id: format.id, format })))("$id", ({ format }) => {
  test("ends its last line, and gives the same bytes for the same inventory", () => {
    expect(format.render(full)).toMatch(/\n$/);
    expect(format.render(reportOf(exampleWeek()))).toBe(format.render(full));
  });
  test("renders a week without anything", () => {
    expect(format.render(empty).length).toBeGreaterThan(0);
  });
  test("carries no terminal escape, no bidi mark, no line break out of a name", () => {
    expect(format.render(full)).not.toMatch(/[\u001b\u202e]|^# pwned/m);
  });
});

const rendered = (id: string): string => formats.get(id)?.render(full) ?? "";

test("each planted thing is named once, in its section", () => {
  expect(full.new_shadow.map(({ path, decision }) => [path.slice(0, 20), decision.kind])).toEqual([
    ["/v1/chat/completions", "protect"],
    ["/export/customers.csv", "document"].map((text) => text.slice(0, 20)),
    ["/<script>alert(1)</s", "document"],
    ["/internal/debug/{deb", "watch"],
  ]);
  const named = [
    full.documented,
    full.retired,
    full.drift.items,
    full.ai.found,
    full.ai.new_tools,
    full.zombies,
    full.findings.items,
    full.orphans,
    full.late,
  ].map((notes) => notes.map(({ path }) => path));
  expect(named).toEqual([
    ["/v1/returns"],
    ["/v0/users"],
    ["/v1/invoices/{invoiceId}", "/v1/invoices/{invoiceId}"],
    [],
    ["/mcp"],
    ["/v0/orders"],
    [],
    ["/v1/planned"],
    ["/v1/late"],
  ]);
  expect(full.ai.new_vendors.map(({ authority }) => authority)).toEqual(["api.openai.com"]);
});

describe("JSON", () => {
  let valid: (document: unknown) => string[];
  beforeAll(() => {
    const ajv = new Ajv2020({ allErrors: true });
    addFormats.default(ajv);
    const check = ajv.compile(JSON.parse(readFileSync("docs/weekly.schema.json", "utf8")));
    valid = (document) =>
      check(document) ? [] : (check.errors ?? []).map((error) => ajv.errorsText([error]));
  });

  test("is as its schema says, full and empty", () => {
    expect(valid(JSON.parse(rendered("json")))).toEqual([]);
    expect(valid(JSON.parse(formats.get("json")?.render(empty) ?? ""))).toEqual([]);
    expect(valid({ ...full, headline: {} })).not.toEqual([]);
  });
  test("is the report itself", () => {
    expect(JSON.parse(rendered("json"))).toEqual(JSON.parse(JSON.stringify(full)));
  });
});

describe("names that traffic wrote", () => {
  test("are no markup in HTML, and nothing is loaded or run", () => {
    const html = rendered("html");
    expect(html).not.toMatch(/<script|<img|<iframe|<link|javascript:alert\(1\)"| on\w+=/i);
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).toContain("default-src 'none'");
    expect(
      html
        .match(/(?:src|href)="[^"]*"/g)
        ?.filter((at) => !/"(?:#|http:\/\/127\.0\.0\.1:8080\/api\/)/.test(at)),
    ).toEqual([]);
  });
  test("are no markup in Markdown", () => {
    const text = rendered("markdown");
    expect(text).not.toMatch(/(?<!\\)<script/);
    expect(text).not.toMatch(/\]\(javascript/);
    expect(text).not.toMatch(/(?<!\\)<\\?!subteam/);
  });
  test("stand as they were heard in plain text", () => {
    const text = rendered("text");
    expect(text).toContain("/<script>alert(1)</script>");
    expect(text).not.toMatch(/\\[*_<|]|&lt;|\*\*/);
  });
  test("are no formula in CSV", () => {
    expect(rendered("csv")).not.toMatch(/(^|,)"?[=+@-]/m);
  });
});

test("HTML is one page with a heading for each section, and every table has its names", () => {
  const html = rendered("html");
  expect(html.match(/<h1>/g)).toHaveLength(1);
  for (const [, id] of html.matchAll(/<a href="#([\w-]+)"/g)) expect(html).toContain(`<h2 id="${id}"`);
  expect(html.match(/<table/g)).toHaveLength(html.match(/<caption>/g)?.length ?? 0);
  expect(html.match(/<svg[^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(6);
  expect(html).toContain('<html lang="en">');
});

test("SARIF names what wants acting on, and nothing that is merely told", () => {
  const { runs } = JSON.parse(rendered("sarif")) as {
    runs: { results: { ruleId: string; level: string }[]; tool: { driver: { rules: { id: string }[] } } }[];
  };
  const ids = runs[0]?.results.map(({ ruleId }) => ruleId) ?? [];
  expect([...new Set(ids)].sort()).toEqual(["drift", "mcp", "new-shadow", "zombie"]);
  expect(runs[0]?.results[0]?.level).toBe("error");
  const rules = new Set(runs[0]?.tool.driver.rules.map(({ id }) => id));
  expect(ids.filter((id) => !rules.has(id))).toEqual([]);
});

test("a list of thousands is cut in what is read, and whole in what is worked through", () => {
  const many = reportOf({
    ...inputsOf(),
    rows: Array.from({ length: 500 }, (_, index) => ({
      ...row,
      id: `${row.id}${index}`,
      path: `/p/${index}`,
    })),
  });
  expect(formats.get("html")?.render(many)).toContain(
    "… and 440 more endpoints, all of them in JSON and CSV.",
  );
  expect(formats.get("csv")?.render(many).split("\r\n")).toHaveLength(502);
});

const [row] = exampleWeek().rows.filter(({ path }) => path === "/export/customers.csv") as [
  WeeklyInputs["rows"][number],
];
