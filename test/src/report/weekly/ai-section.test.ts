// AI: each endpoint named once, vendors by host, tools by operation.
import { expect, test } from "vitest";
import { NO_AI } from "../../../../src/model/inventory.ts";
import { aiSection } from "../../../../src/report/weekly/ai-section.ts";
import { newShadow } from "../../../../src/report/weekly/shadow.ts";
import { aFrame, anEvent, aRow, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

const LAST_MONTH = MONDAY - 4 * WEEK_MS;
const CHAT = { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "provider" } as const;
const VENDOR = { ...CHAT, role: "consumer" } as const;

test("new shadow endpoints are only counted, others named, vendors told by host", () => {
  const turned = aRow({ path: "/turned", firstSeen: LAST_MONTH, ai: CHAT });
  const rows = [
    aRow({ path: "/shadow", ai: CHAT }),
    aRow({ path: "/documented", standing: "documented", ai: { ...CHAT, kind: "embedding" } }),
    turned,
    aRow({ path: "/known", firstSeen: LAST_MONTH, ai: CHAT }),
    aRow({ authority: "api.vendor.test", category: "encrypted", standing: "unjudged", ai: VENDOR }),
    aRow({ authority: "old.vendor.test", category: "encrypted", firstSeen: LAST_MONTH, ai: VENDOR }),
    aRow({ path: "/mcp", standing: "documented", style: "json-rpc", operation: "tools/list" }),
    aRow({ path: "/mcp", standing: "documented", style: "json-rpc", operation: "ping" }),
  ];
  const events = [anEvent("ai-verdict-changed", turned, { at: MONDAY, from: "none", to: "confirmed" })];
  const frame = aFrame({ rows, events });
  const section = aiSection(frame, newShadow(frame));
  expect(section).toMatchObject({
    among_new_shadow: 1,
    by_kind: { "chat-completion": 5, embedding: 1 },
    vendors: 2,
    new_vendors: [{ authority: "api.vendor.test" }],
    injections: 0,
  });
  expect(section.found.map(({ path }) => path)).toEqual(["/documented", "/turned"]);
  expect(section.new_tools.map(({ operation }) => operation)).toEqual(["tools/list"]);
});

test("new tools stand at the endpoint that showed them first; known ones are no news", () => {
  const server = { authority: "tools.test", standing: "documented", firstSeen: LAST_MONTH } as const;
  const tool = (name: string, firstSeen: number) => ({ kind: "tool" as const, name, firstSeen });
  const [list, call] = [aRow({ ...server, path: "/list" }), aRow({ ...server, path: "/call" })];
  const rows = [
    { ...list, tools: [tool("known", LAST_MONTH), tool("wipe", MONDAY + 1)] },
    { ...call, tools: [tool("known", MONDAY + 5), tool("wipe", MONDAY + 2)] },
  ];
  const section = aiSection(aFrame({ rows }), []);
  expect(section.new_tools.map(({ path, text }) => [path, text])).toEqual([
    ["/list", "offers for the first time: tool wipe"],
  ]);
});

test("injections are counted by endpoint, of this week alone", () => {
  const [a, b] = [aRow({ path: "/a" }), aRow({ path: "/b" })];
  const record = { severity: "high", text: "why", closedAt: null } as const;
  const findings = [
    { ...record, rule: "ai-prompt-injection", endpointId: a.id, openedAt: MONDAY },
    { ...record, rule: "ai-indirect-injection", endpointId: a.id, openedAt: MONDAY },
    { ...record, rule: "ai-prompt-injection", endpointId: b.id, openedAt: LAST_MONTH },
    { ...record, rule: "no-auth", endpointId: b.id, openedAt: MONDAY },
  ];
  expect(aiSection(aFrame({ rows: [a, b], findings }), []).injections).toBe(1);
});
