// New shadow endpoints with the decision that fits each.
import { describe, expect, test } from "vitest";
import { NO_AI } from "../../../../src/model/inventory.ts";
import { newShadow } from "../../../../src/report/weekly/shadow.ts";
import { aCaller, aFrame, anEvent, aRow, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

const LAST_MONTH = MONDAY - 4 * WEEK_MS;

test("new are those first heard this week, and those whose document is gone", () => {
  const lost = aRow({ path: "/lost", firstSeen: LAST_MONTH });
  const woken = aRow({ path: "/woken", firstSeen: LAST_MONTH });
  const rows = [
    aRow({ path: "/new" }),
    aRow({ path: "/known", firstSeen: LAST_MONTH }),
    aRow({ path: "/later", firstSeen: MONDAY + WEEK_MS }),
    aRow({ path: "/documented", standing: "documented" }),
    lost,
    woken,
  ];
  const events = [
    anEvent("standing-changed", lost, { at: MONDAY, from: "documented", to: "shadow" }),
    anEvent("confidence-changed", woken, { at: MONDAY, from: "noise", to: "candidate" }),
  ];
  expect(newShadow(aFrame({ rows, events })).map(({ path, why }) => [path, why])).toEqual([
    ["/lost", "undocumented"],
    ["/new", "new"],
    ["/woken", "new"],
  ]);
});

test("what was documented after the week does not say that it is", () => {
  const later = aRow({ path: "/later", standing: "documented" });
  const at = MONDAY + 2 * WEEK_MS;
  const events = [
    anEvent("endpoint-discovered", later, { at: MONDAY, standing: "shadow" }),
    anEvent("standing-changed", later, { at, from: "shadow", to: "documented" }),
  ];
  const [item] = newShadow(aFrame({ rows: [later], events }));
  expect(item?.evidence).toMatch(/^stood in no document then; since: /);
});

test("an item says who called first, from where, and what is carried", () => {
  const [item] = newShadow(
    aFrame({
      rows: [
        aRow({
          owner: null,
          callers: [aCaller({ address: "203.0.113.7", agent: "curl", firstSeen: MONDAY + 1 })],
          facts: {
            auth: [{ scheme: "bearer-jwt", name: "authorization", requests: 1, successes: 1 }],
            dataClasses: [{ dataClass: "iban", place: "request.body", field: "iban", exchanges: 1 }],
          },
        }),
      ],
    }),
  );
  expect(item).toMatchObject({
    exposure: "external",
    owner: null,
    auth: ["bearer-jwt"],
    data_classes: ["iban"],
    first_caller: { address: "203.0.113.7", agent: "curl" },
    evidence: "no document lists it",
    ai: null,
  });
});

describe("the recommended decision", () => {
  const AI = { ...NO_AI, verdict: "confirmed", kind: "chat-completion" } as const;
  const leak = {
    auth: [{ scheme: "none", name: null, requests: 1, successes: 1 }],
    dataClasses: [{ dataClass: "iban", place: "response.body", field: "iban", exchanges: 1 }],
  } as const;
  test.each([
    ["a leak", { facts: leak, ai: { ...AI, role: "provider" } }, "protect"],
    ["AI used", { ai: { ...AI, role: "consumer" } }, "review"],
    ["AI offered", { ai: { ...AI, role: "provider" } }, "review"],
    ["hardly heard", { confidence: "candidate" }, "watch"],
    ["anything else", {}, "document"],
  ] as const)("%s", (_what, given, kind) => {
    const [item] = newShadow(aFrame({ rows: [aRow(given as Parameters<typeof aRow>[0])] }));
    expect(item?.decision.kind).toBe(kind);
    expect(item?.decision.command).toMatch(
      kind === "document" ? /^umbra export openapi / : /^umbra endpoints show /,
    );
  });

  test("a host cannot add to the command", () => {
    const [item] = newShadow(aFrame({ rows: [aRow({ authority: "a';rm -rf ~\n#" })] }));
    expect(item?.decision.command.endsWith(String.raw` --service 'a'\'';rm -rf ~\u000a#'`)).toBe(true);
  });
});
