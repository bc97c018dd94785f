// A week in which everything a report can name happened, with names that try to break out of it.
import type { WeeklyInputs } from "../../src/report/weekly/input.ts";
import { NO_AI } from "../../src/model/inventory.ts";
import { aCaller, anEvent, aRow, DAY, inputsOf, MONDAY, WEEK_MS } from "./weekly.ts";

const CHAT = {
  ...NO_AI,
  verdict: "confirmed",
  score: 0.99,
  kind: "chat-completion",
  role: "provider",
} as const;
const OUTSIDE = aCaller({ address: "203.0.113.77", agent: "python-requests", firstSeen: MONDAY + DAY });

/** Markup of every kind in one path. */
export const HOSTILE =
  "/<script>alert(1)</script>\"'`|=cmd()*_[x](javascript:alert(1))<!subteam^S1|@here>\u001b[31m\u202e\n# pwned";

function knownRows(weeks: number) {
  return Array.from({ length: 24 }, (_, index) =>
    aRow({
      authority: index % 3 === 0 ? "billing.internal:8443" : "shop.test",
      path: `/v1/${["orders", "users", "carts", "invoices", "refunds", "stock"][index % 6]}/${index}`,
      standing: index % 4 === 0 ? "shadow" : "documented",
      owner: index % 5 === 0 ? null : "team-shop",
      firstSeen: MONDAY - (1 + (index % weeks)) * WEEK_MS,
      lastSeen: MONDAY + 3 * DAY,
    }),
  );
}

export function exampleWeek(): WeeklyInputs {
  const old = MONDAY - 6 * WEEK_MS;
  const documented = aRow({ path: "/v1/returns", standing: "documented", firstSeen: old });
  const weak = aRow({ path: "/v1/invoices/{invoiceId}", standing: "documented", firstSeen: old });
  const zombie = aRow({
    path: "/v0/orders",
    standing: "zombie",
    standingReason: "deprecated in Shop API 2.0 (listOrdersOld)",
    firstSeen: old,
    lastSeen: MONDAY + 2 * DAY,
    callers: ["21", "22", "23", "24", "25"].map((last) => aCaller({ address: `10.4.0.${last}` })),
  });
  const silent = aRow({ path: "/v0/users", standing: "zombie", firstSeen: old, lastSeen: MONDAY - DAY });
  const late = aRow({ path: "/v1/late", standing: "shadow", firstSeen: MONDAY - 2 * DAY });
  const rows = [
    ...knownRows(10),
    documented,
    weak,
    zombie,
    silent,
    late,
    aRow({
      method: "POST",
      authority: "assist.internal",
      path: "/v1/chat/completions",
      owner: null,
      callers: [OUTSIDE],
      ai: CHAT,
      facts: {
        requests: 1284,
        auth: [{ scheme: "none", name: null, requests: 1284, successes: 1280 }],
        dataClasses: [
          { dataClass: "email", place: "response.body", field: "choices[].message.content", exchanges: 12 },
        ],
      },
    }),
    aRow({ authority: "partner.test", path: "/export/customers.csv", owner: null, callers: [OUTSIDE] }),
    aRow({ path: "/internal/debug/{debugId}", confidence: "candidate" }),
    aRow({ path: HOSTILE, authority: "=1+1.test" }),
    aRow({
      path: "/v1/planned",
      standing: "orphan",
      standingReason: "listed in Shop API 2.0, never heard",
      specIds: ["spec"],
      facts: null,
    }),
    aRow({
      authority: "api.openai.com",
      path: "/",
      category: "encrypted",
      standing: "unjudged",
      ai: { ...CHAT, role: "consumer" },
    }),
    aRow({
      path: "/mcp",
      method: "POST",
      standing: "documented",
      style: "json-rpc",
      operation: "tools/call",
    }),
  ];
  return inputsOf({
    rows,
    documents: [{ id: "spec", title: "Shop API 2.0", uploadedAt: MONDAY + DAY }],
    events: [
      anEvent("standing-changed", documented, { at: MONDAY + DAY, from: "shadow", to: "documented" }),
      anEvent("standing-changed", zombie, { at: MONDAY + DAY, from: "documented", to: "zombie" }),
      anEvent("auth-found", weak, { at: MONDAY + 2 * DAY, scheme: "none" }),
      anEvent("status-found", weak, { at: MONDAY + 2 * DAY, status: "500" }),
      anEvent("endpoint-discovered", late, { at: MONDAY - 2 * DAY, standing: "shadow" }),
    ],
    knownBefore: new Set<string>(),
    health: [
      {
        collector: "mirror-1",
        from: old,
        to: MONDAY + 5 * DAY,
        counters: { packets: 90_000, exchanges: 4_000, "tcp.gap-bytes": 71_240 },
        weirds: { "tcp.gap": 12 },
      },
      {
        collector: "gateway.log",
        from: old,
        to: MONDAY - 3 * DAY,
        counters: { records: 9_000, exchanges: 9_000 },
        weirds: {},
      },
    ],
  });
}
