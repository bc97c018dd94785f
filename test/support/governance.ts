// Findings and deliveries for tests: sane whole ones, of which a test names what matters to it.
import type { Delivery, FindingRecord } from "../../src/model/governance.ts";
import { NOON } from "./builders.ts";

export function aFindingRecord(given: Partial<FindingRecord> = {}): FindingRecord {
  return {
    id: "fi_1",
    rule: "no-auth",
    title: "Sensitive data without authentication",
    severity: "high",
    endpointId: "ep_1",
    authority: "shop.test",
    text: "auth none",
    state: "open",
    openedAt: NOON,
    changedAt: NOON,
    resolvedAt: null,
    acceptedUntil: null,
    reason: null,
    by: null,
    reopened: 0,
    notify: ["owner"],
    reviewBy: null,
    ...given,
  };
}

export function aDelivery(given: Partial<Delivery> = {}): Delivery {
  return {
    id: "de_1",
    contact: { kind: "webhook", url: "https://hooks.shop.test/umbra" },
    news: { turn: "opened", finding: aFindingRecord(), method: "GET", path: "/orders", owner: "orders" },
    state: "pending",
    attempts: 0,
    createdAt: NOON,
    nextAt: NOON,
    lastError: null,
    ...given,
  };
}
