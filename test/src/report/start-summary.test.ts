// The summary of `umbra start` names what was found and the next command.
import { expect, test } from "vitest";
import { NO_AI } from "../../../src/model/inventory.ts";
import { scanReport } from "../../../src/report/scan-report.ts";
import { startSummary } from "../../../src/report/start-summary.ts";
import { aService, anEndpoint } from "../../support/builders.ts";

const url = "http://127.0.0.1:8080";

test("shadow, AI and retired endpoints are listed, each once", () => {
  const report = scanReport({
    services: [aService()],
    endpoints: [
      anEndpoint({ path: "/hidden" }),
      anEndpoint({ path: "/old", standing: "zombie" }),
      anEndpoint({
        path: "/v1/chat",
        method: "POST",
        ai: { ...NO_AI, verdict: "confirmed", kind: "chat-completion" },
      }),
    ],
    health: [],
  });
  const lines = startSummary(report, { url, nothingAsked: false, color: false }).split("\n");
  expect(lines.filter((line) => /^  [A-Z]/.test(line))).toEqual([
    "  GET   shop.test/hidden",
    "  POST  shop.test/v1/chat  (chat-completion, confirmed)",
    "  GET   shop.test/old",
  ]);
  expect(lines).toContain("  curl 'http://127.0.0.1:8080/api/v1/services/shop.test/openapi'");
  const secured = startSummary(report, { url, nothingAsked: false, color: false, secured: true });
  expect(secured.match(/^ {2}curl -H "authorization: Bearer \$UMBRA_API_TOKEN" /gm)).toHaveLength(3);
});

test("long lists end with what is left out", () => {
  const endpoints = Array.from({ length: 11 }, (_, index) => anEndpoint({ path: `/p${index}` }));
  const report = scanReport({ services: [aService()], endpoints, health: [] });
  expect(startSummary(report, { url, nothingAsked: false, color: false })).toContain("… and 3 more");
});

test("an empty inventory says how to send traffic", () => {
  const report = scanReport({ services: [], endpoints: [], health: [] });
  expect(startSummary(report, { url, nothingAsked: true, color: false })).toContain("umbra start --demo");
});

test("names from traffic cannot act on the terminal", () => {
  const report = scanReport({
    services: [aService()],
    endpoints: [anEndpoint({ path: "/\u001b[2J" })],
    health: [],
  });
  expect(startSummary(report, { url, nothingAsked: false, color: false })).not.toContain("\u001b");
});
