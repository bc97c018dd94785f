// Every report format: whole, deterministic, and inert whatever traffic wrote into it.
import { describe, expect, test } from "vitest";
import { loadUnits } from "../../src/ops/units.ts";
import type { ReportFormat } from "../../src/report/format.ts";
import type { Inventory } from "../../src/report/scan-report.ts";
import { scanReport } from "../../src/report/scan-report.ts";
import { aService, anEndpoint, NOON, someFacts } from "../support/builders.ts";

const formats = await loadUnits<ReportFormat>(new URL("../../src/report/formats/", import.meta.url));
const options = { color: false, width: 120 };

const HOSTILE = "/<script>alert(1)</script>|=cmd()\u001b[2J\u202e[x](javascript:1)\n# pwned";
const inventory: Inventory = {
  services: [aService(), aService({ authority: "<b>.test" })],
  endpoints: [
    anEndpoint({ facts: someFacts({ requests: 3 }) }),
    anEndpoint({ path: HOSTILE }),
    anEndpoint({ path: "/plain", authority: "=1+1.test" }),
  ],
  health: [{ collector: "a.pcap", from: NOON, to: NOON, counters: { packets: 3 }, weirds: { "tcp.gap": 1 } }],
};
const report = scanReport(inventory);

describe.each([...formats.values()].map((format) => ({ id: format.id, format })))("$id", ({ id, format }) => {
  test("is named like its file and ends its last line", () => {
    expect(formats.get(id)).toBe(format);
    expect(format.render(report, inventory, options)).toMatch(/\n$/);
  });
  test("gives the same bytes for the same inventory", () => {
    expect(format.render(report, inventory, options)).toBe(format.render(report, inventory, options));
  });
  test("renders an empty inventory", () => {
    const nothing: Inventory = { services: [], endpoints: [], health: [] };
    expect(format.render(scanReport(nothing), nothing, options).length).toBeGreaterThan(0);
  });
  test("carries no terminal escape and no bidi mark", () => {
    expect(format.render(report, inventory, options)).not.toMatch(/[\u001b\u202e]/);
  });
});

test("markup from traffic stays text", () => {
  const html = formats.get("html")?.render(report, inventory, options) ?? "";
  expect(html).not.toContain("<script>alert");
  expect(html).not.toContain("<b>.test");
  const markdown = formats.get("markdown")?.render(report, inventory, options) ?? "";
  expect(markdown).not.toMatch(/^# pwned/m);
  expect(markdown).not.toContain("](javascript");
  const csv = formats.get("csv")?.render(report, inventory, options) ?? "";
  expect(csv).not.toMatch(/(^|,)"?=/m);
});

test("the JSON report is the document itself", () => {
  expect(JSON.parse(formats.get("json")?.render(report, inventory, options) ?? "")).toEqual(
    JSON.parse(JSON.stringify(report)),
  );
});
