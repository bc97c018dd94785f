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
    injections: null,
  });
  expect(section.found.map(({ path }) => path)).toEqual(["/documented", "/turned"]);
  expect(section.new_tools.map(({ operation }) => operation)).toEqual(["tools/list"]);
});
