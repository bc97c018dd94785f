// One finding for each rule and endpoint, and one for what an exposed AI endpoint is worth.
import { expect, test } from "vitest";
import { hostIndexOf } from "../../../src/inventory/host-index.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import {
  isReach,
  REACH_RULES,
  reachFindings,
  reachFindingsOf,
} from "../../../src/inventory/reach-findings.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { aCaller, aPlace, calledBy } from "../../support/callers.ts";

const placeOf = createPlaceFinder(
  [1, 2, 3, 4].map((n) => aPlace({ name: `office-${n}`, kind: "users", addresses: [`10.9.${n}.0/24`] })),
);
const CHAT = { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "provider" } as const;
const found = (...endpoints: readonly Endpoint[]) => reachFindings(hostIndexOf(endpoints, placeOf));

test("several callers are one finding, the first of them named", () => {
  const chat = calledBy(
    [1, 2, 3, 4].map((n) => aCaller(`10.9.${n}.1`)),
    { path: "/chat", ai: CHAT },
  );
  const [finding, ...rest] = found(chat).get(chat.id) ?? [];
  expect([finding?.rule, finding?.severity, finding?.notify, rest]).toEqual([
    "reach.model-from-users",
    "high",
    ["owner"],
    [],
  ]);
  expect(finding?.text).toMatch(/^office-1, .*; office-2, .*; office-3, .*; and 1 more$/);
});

test("what an exposed endpoint is worth is said once for its service, and of others than itself", () => {
  const chat = calledBy([aCaller("203.0.113.1")], { path: "/chat", ai: CHAT, servers: ["10.0.0.1:80"] });
  const later = { firstSeen: (chat.facts?.firstSeen ?? 0) + 1, lastSeen: (chat.facts?.lastSeen ?? 0) + 1 };
  const second = calledBy([aCaller("203.0.113.1")], {
    path: "/a-chat",
    ai: CHAT,
    servers: ["10.0.0.1:80"],
    facts: later,
  });
  const own = calledBy([aCaller("10.0.0.1")], { path: "/self", servers: ["10.0.0.1:80"] });
  expect(found(chat, second, own).size).toBe(0);
  const billing = calledBy([aCaller("10.0.0.1")], {
    authority: "billing.test",
    facts: { dataClasses: [{ dataClass: "iban", place: "response.body", field: "", exchanges: 1 }] },
  });
  const all = found(chat, second, own, billing);
  expect([...all.keys()]).toEqual([chat.id]);
  expect(all.get(chat.id)).toMatchObject([
    {
      rule: "reach.blast-radius",
      severity: "high",
      text: "called from outside, and its servers were heard reaching billing.test, themselves or by way of others, with iban in what they carry",
    },
  ]);
});

test("of whole endpoints: what needs no names of networks", () => {
  const mcp = calledBy([aCaller("10.1.0.9")], {
    path: "/mcp",
    ai: { ...CHAT, kind: "mcp-server" },
    servers: ["10.7.0.1:3000"],
  });
  const metadata = calledBy([aCaller("10.7.0.1")], { authority: "169.254.169.254", servers: [] });
  expect(reachFindingsOf([mcp, metadata])).toMatchObject([
    { rule: "reach.metadata-from-ai", severity: "critical", endpointId: metadata.id },
  ]);
});

test("of whole endpoints: who are users is known where people named networks", () => {
  const chat = calledBy([aCaller("10.9.1.1")], { path: "/chat", ai: CHAT });
  expect(reachFindingsOf([chat])).toEqual([]);
  expect(reachFindingsOf([chat], placeOf)).toMatchObject([
    { rule: "reach.model-from-users", endpointId: chat.id, text: expect.stringContaining("office-1") },
  ]);
});

test("all rules have their prefix and are told apart from others by it", () => {
  expect(REACH_RULES.every(({ id, title }) => isReach(id) && title !== "")).toBe(true);
  expect(isReach("drift.silent")).toBe(false);
});
