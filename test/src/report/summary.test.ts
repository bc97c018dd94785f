// The headline counts each endpoint once, where it belongs.
import { expect, test } from "vitest";
import { NO_AI } from "../../../src/model/inventory.ts";
import { scanReport } from "../../../src/report/scan-report.ts";
import { sentences, summaryOf } from "../../../src/report/summary.ts";
import { aService, anEndpoint } from "../../support/builders.ts";

const report = scanReport({
  services: [aService({ requests: 1234 })],
  endpoints: [
    anEndpoint({ path: "/a", standing: "documented" }),
    anEndpoint({ path: "/b", ai: { ...NO_AI, verdict: "likely" } }),
    anEndpoint({ path: "/c", standing: "zombie" }),
    anEndpoint({ path: "/d", standing: "orphan", facts: null }),
    anEndpoint({ path: "/e.css", category: "asset" }),
    anEndpoint({ path: "/.env", category: "probe", confidence: "noise" }),
  ],
  health: [],
});

test("each endpoint is counted once", () => {
  expect(summaryOf(report)).toEqual({
    requests: 1234,
    services: 1,
    endpoints: 3,
    documented: 1,
    shadow: 1,
    zombie: 1,
    orphan: 1,
    ai: 1,
    encrypted: 0,
    other: 1,
    noise: 1,
    weirds: 0,
  });
});

test("the first paragraph tells it in words", () => {
  expect(sentences(report)).toEqual([
    "Heard 1,234 requests to 1 service: 3 API endpoints, 1 documented, 1 shadow, 1 zombie; 1 documented but never called.",
    "1 endpoint looks like AI: 1 AI service of your own (0 open without credentials).",
    "Kept apart: 1 page or asset, 1 probe.",
  ]);
});

test("services heard only encrypted are told apart; those heard in the clear too are not", () => {
  const closed = { category: "encrypted", standing: "unjudged", method: "", path: "" } as const;
  const mixed = scanReport({
    services: ["a.test", "b.test", "shop.test"].map((authority) => aService({ authority, requests: 2 })),
    endpoints: [
      anEndpoint({ ...closed, authority: "a.test" }),
      anEndpoint({ ...closed, authority: "b.test" }),
      anEndpoint({ ...closed }),
      anEndpoint({ path: "/a" }),
    ],
    health: [],
  });
  expect(summaryOf(mixed)).toMatchObject({ services: 1, endpoints: 1, shadow: 1, encrypted: 2, other: 0 });
  expect(sentences(mixed)).toContain(
    "2 services were heard only encrypted: that they are called is known, what is asked there is not.",
  );
});

test("nothing heard says where to look", () => {
  const empty = scanReport({ services: [], endpoints: [], health: [] });
  expect(sentences(empty).at(-1)).toContain("No HTTP exchange was heard");
});
