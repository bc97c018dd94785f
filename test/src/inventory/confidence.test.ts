// How sure it is that an endpoint is real.
import { expect, test } from "vitest";
import { confidenceOf } from "../../../src/inventory/confidence.ts";
import type { Category } from "../../../src/model/inventory.ts";
import type { FactWords } from "./an-endpoint.ts";
import { someFacts } from "./an-endpoint.ts";

interface Case {
  readonly facts: FactWords;
  readonly listed?: boolean;
  readonly category?: Category;
  readonly is: string;
}

test.each<Case>([
  { facts: { statuses: { 404: 9 } }, is: "noise" },
  { facts: { statuses: { 404: 9 } }, listed: true, is: "candidate" },
  { facts: { statuses: { 404: 9, 400: 1, 405: 1 } }, is: "noise" },
  { facts: { statuses: { 404: 9, 403: 4, 301: 2 }, callers: 4 }, is: "noise" },
  { facts: { statuses: { 404: 9, 403: 4, 301: 2 }, callers: 4 }, listed: true, is: "candidate" },
  { facts: { statuses: { 404: 4, 403: 9 }, callers: 4 }, is: "candidate" },
  { facts: { statuses: { 401: 9 } }, is: "candidate" },
  { facts: { statuses: { 401: 9 } }, category: "probe", is: "noise" },
  { facts: { statuses: { 401: 9 }, auth: "basic" }, is: "candidate" },
  { facts: { statuses: { 401: 2 } }, is: "noise" },
  { facts: { statuses: { 401: 1 } }, listed: true, is: "candidate" },
  { facts: { statuses: { 401: 2 }, callers: 2 }, is: "candidate" },
  { facts: { statuses: { 401: 2, unknown: 1 } }, is: "candidate" },
  { facts: { statuses: { 403: 1, 500: 2 } }, is: "candidate" },
  { facts: { statuses: { 500: 9 } }, is: "candidate" },
  { facts: { statuses: { unknown: 9 } }, is: "candidate" },
  { facts: { statuses: {} }, is: "candidate" },
  { facts: { statuses: { 200: 1 } }, is: "candidate" },
  { facts: { statuses: { 200: 1 } }, category: "probe", is: "candidate" },
  { facts: { statuses: { 200: 1 } }, listed: true, is: "confirmed" },
  { facts: { statuses: { 200: 1 }, auth: "bearer-jwt" }, is: "confirmed" },
  { facts: { statuses: { 200: 1 }, auth: "not-recorded" }, is: "candidate" },
  { facts: { statuses: { 200: 2 }, callers: 9 }, is: "candidate" },
  { facts: { statuses: { 200: 9 }, callers: 1 }, is: "candidate" },
  { facts: { statuses: { 200: 3 }, callers: 2 }, is: "confirmed" },
])("$facts $category $listed is $is", ({ facts, listed = false, category = "api", is }) => {
  expect(confidenceOf(someFacts(facts), { listed, category })).toBe(is);
});
