// Each sign of a dynamic API is told where it is, and not for what releases, people and crawlers do.
import { describe, expect, test } from "vitest";
import type { DynamicCaller, DynamicRow } from "../../../src/inventory/ai-dynamic-signals.ts";
import {
  agentOnly,
  machineNamed,
  routeBurst,
  schemaFirst,
  shortLived,
  trialAndError,
} from "../../../src/inventory/ai-dynamic-signals.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function aRow(path: string, given: Partial<DynamicRow> = {}): DynamicRow {
  return {
    id: `ep ${path}`,
    authority: "api.test",
    method: "GET",
    path,
    parameters: [],
    isApi: true,
    isAi: false,
    requests: 10,
    firstSeen: 0,
    lastSeen: 10 * DAY,
    callers: [],
    corrected: 0,
    ...given,
  };
}

function aCaller(given: Partial<DynamicCaller> = {}): DynamicCaller {
  return { address: "10.0.0.9", agent: "httpx", requests: 10, firstSeen: 0, ...given };
}

function many(count: number, of: (at: number) => DynamicRow): readonly DynamicRow[] {
  return Array.from({ length: count }, (_, at) => of(at));
}

describe("a burst of routes", () => {
  const old = many(20, (at) => aRow(`/old/${at}`, { firstSeen: at * MINUTE, requests: 100 }));
  const fresh = (count: number, requests: number) =>
    many(count, (at) =>
      aRow(`/new/${at}`, { firstSeen: 5 * DAY + at * MINUTE, lastSeen: 5 * DAY + HOUR, requests }),
    );
  const heard = { from: 0, to: 10 * DAY };

  test("at a known service", () => {
    expect(routeBurst([...old, ...fresh(9, 50)], heard)).toMatchObject({
      sign: "route-burst",
      at: 5 * DAY,
      text: expect.stringMatching(/^9 new routes within 8 min, 9\d % of the requests then$/) as string,
    });
  });

  test.each<readonly [string, readonly DynamicRow[]]>([
    ["too few", [...old, ...fresh(7, 50)]],
    [
      "a release: what was there is called far more",
      [...old.map((row) => ({ ...row, requests: 90_000 })), ...fresh(9, 5)],
    ],
    ["learning a service's first hours", many(20, (at) => aRow(`/${at}`, { firstSeen: at * MINUTE }))],
    [
      "a service that adds routes all the time",
      many(300, (at) => aRow(`/${at}`, { firstSeen: at * 4 * MINUTE, lastSeen: at * 4 * MINUTE })),
    ],
  ])("not: %s", (_, rows) => {
    expect(routeBurst(rows, heard)).toBeNull();
  });

  test("a host that is born with its routes while others are heard; not the first of all", () => {
    const born = fresh(8, 5);
    expect(routeBurst(born, heard)?.text).toMatch(/^8 new routes on a new host within 7 min/);
    expect(routeBurst(born, { from: 5 * DAY, to: 6 * DAY })).toBeNull();
  });
});

describe("the description first", () => {
  const by = (path: string, firstSeen: number, caller: Partial<DynamicCaller> = {}) =>
    aRow(path, { firstSeen, callers: [aCaller({ firstSeen, ...caller })] });
  const calls = [by("/a", 2000), by("/b", 5000), by("/c", 9000)];

  test.each(["/openapi.json", "/v3/api-docs", "/.well-known/ai-plugin.json", "/llms.txt", "/docs"])(
    "%s",
    (path) => {
      expect(schemaFirst([by(path, 0), ...calls])).toMatchObject({
        at: 0,
        endpointIds: ["ep /a", "ep /b", "ep /c"],
      });
    },
  );

  test.each<readonly [string, readonly DynamicRow[]]>([
    ["a person who reads documentation", [by("/docs", 0, { agent: "Firefox" }), ...calls]],
    ["somebody who called before", [by("/openapi.json", 3000), ...calls]],
    ["calls that came later", [by("/openapi.json", 0), ...many(4, (at) => by(`/${at}`, at * HOUR + HOUR))]],
    ["calls of others", [by("/openapi.json", 0, { address: "10.0.0.1" }), ...calls]],
    ["no description", calls],
  ])("not: %s", (_, rows) => {
    expect(schemaFirst(rows)).toBeNull();
  });
});

test.each<readonly [string, Partial<DynamicRow>, boolean]>([
  ["/tools/fn_refund_order", {}, true],
  ["/x/get-customer-by-email-and-reset-password", {}, true],
  ["/api/v1/run/{flowId}", { parameters: [{ name: "flowId", class: "uuid" }] }, true],
  ["/webhook/{webhookId}/chat", { parameters: [{ name: "webhookId", class: "uuid" }] }, true],
  ["/orders/{orderId}", { parameters: [{ name: "orderId", class: "uuid" }] }, false],
  ["/agents/{agentId}", { parameters: [{ name: "agentId", class: "int" }] }, false],
  ["/function-keys", {}, false],
  ["/getOrders", {}, false],
])("names: %s", (path, given, is) => {
  expect(machineNamed([aRow(path, given)]) !== null).toBe(is);
});

test("names: verb and noun again and again", () => {
  const rows = ["/getOrders", "/cancelOrder", "/createInvoice", "/findCustomerByMail", "/health"].map(
    (path) => aRow(path),
  );
  expect(machineNamed(rows)?.endpointIds).toEqual([
    "ep /createInvoice",
    "ep /findCustomerByMail",
    "ep /getOrders",
  ]);
});

describe("a short life", () => {
  const heard = { from: 0, to: 10 * DAY };
  const gone = { firstSeen: 5 * DAY, lastSeen: 5 * DAY + HOUR, requests: 30 };
  test.each<readonly [string, Partial<DynamicRow>, boolean]>([
    ["told once it is over", gone, true],
    ["still there", { ...gone, lastSeen: 10 * DAY }, false],
    [
      "perhaps still there",
      { ...gone, firstSeen: 9 * DAY + 12 * HOUR, lastSeen: 9 * DAY + 13 * HOUR },
      false,
    ],
    ["perhaps there before", { ...gone, firstSeen: 30 * MINUTE, lastSeen: 2 * HOUR }, false],
    ["hardly called", { ...gone, requests: 5 }, false],
    ["no API", { ...gone, isApi: false }, false],
  ])("%s", (_, given, is) => {
    expect(shortLived([aRow("/tmp", given)], heard) !== null).toBe(is);
  });
});

describe("agents alone", () => {
  const agent = aCaller({ actor: "agent-framework", requests: 98 });
  test.each<readonly [string, Partial<DynamicRow>, boolean]>([
    ["all of them", { requests: 98, callers: [agent] }, true],
    ["nearly all", { requests: 100, callers: [agent, aCaller({ requests: 2 })] }, true],
    ["a service too", { requests: 120, callers: [agent, aCaller({ requests: 22 })] }, false],
    ["a browser too", { requests: 100, callers: [agent, aCaller({ agent: "Chrome", requests: 2 })] }, false],
    ["a crawler", { requests: 98, callers: [aCaller({ actor: "training-crawler", requests: 98 })] }, false],
    ["a model that agents call", { requests: 98, isAi: true, callers: [agent] }, false],
    ["too few calls", { requests: 5, callers: [aCaller({ actor: "llm-sdk", requests: 5 })] }, false],
  ])("%s", (_, given, is) => {
    expect(agentOnly([aRow("/orders", given)]) !== null).toBe(is);
  });
});

test("trial and error", () => {
  expect(trialAndError([aRow("/orders", { corrected: 3 }), aRow("/carts", { corrected: 2 })])).toMatchObject({
    endpointIds: ["ep /orders"],
    text: "refused calls were put right within seconds, 3 times",
  });
  expect(trialAndError([aRow("/chat", { corrected: 9, isAi: true })])).toBeNull();
});
