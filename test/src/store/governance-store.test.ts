// Whether a record is still as it was read decides who may write it.
import { expect, test } from "vitest";
import { isAsRead } from "../../../src/store/governance-store.ts";
import { NOON } from "../../support/builders.ts";
import { aFindingRecord } from "../../support/governance.ts";

const record = aFindingRecord();

test.each([
  ["the same", record, { ...record }, true],
  ["nowhere, then and now", undefined, undefined, true],
  ["made meanwhile", record, undefined, false],
  ["gone meanwhile", undefined, record, false],
  ["changed since", { ...record, changedAt: NOON + 1 }, record, false],
  ["decided in the same moment", { ...record, state: "accepted" as const }, record, false],
])("%s", (_what, held, read, expected) => expect(isAsRead(held, read)).toBe(expected));
