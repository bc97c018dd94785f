// Several processes judge the same endpoints at once: each turn of a finding is written and told once.
import { expect, test, vi } from "vitest";
import { judge } from "../../../src/app/judging.ts";
import { rulebookOf } from "../../../src/app/rulebook.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anEndpoint, NOON } from "../../support/builders.ts";

const RULES = rulebookOf(
  { teams: [], files: [], specs: [], sinks: [{ kind: "kafka" }] },
  { policies: [], environments: [] },
);
const endpoint = anEndpoint({ path: "/a" });
const ALL = { limit: 100, cursor: null };

function partsOf() {
  const store = createMemoryStore();
  let now = NOON;
  // No two looks at the clock are the same, as between processes.
  return { store, parts: { store, rules: async () => RULES, now: () => (now += 1) } };
}

test("two at once: one record, one message", async () => {
  const { store, parts } = partsOf();
  const portion = { endpoints: [endpoint], gone: [] };
  const done = await Promise.all([judge(parts, portion), judge(parts, portion), judge(parts, portion)]);
  expect(done.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(1);
  expect((await store.governance.findings({}, ALL)).items).toHaveLength(1);
  expect((await store.governance.deliveries(null, ALL)).items).toHaveLength(1);
  const gone = { endpoints: [], gone: [endpoint.id] };
  await Promise.all([judge(parts, gone), judge(parts, gone)]);
  expect((await store.governance.findings({}, ALL)).items).toMatchObject([{ state: "resolved" }]);
});

test("what a person says meanwhile stays", async () => {
  const { store, parts } = partsOf();
  await judge(parts, { endpoints: [endpoint], gone: [] });
  const [open] = (await store.governance.findings({}, ALL)).items;
  if (open === undefined) throw new Error("there is a finding");
  const of = vi.spyOn(store.governance, "findingsOf").mockImplementationOnce(async () => {
    const accepted = { ...open, state: "accepted" as const, reason: "known", changedAt: NOON + 50 };
    await store.governance.putFindings([accepted], [], [open]);
    return [open];
  });
  const other = anEndpoint({ path: "/a", standingReason: "nothing lists it" });
  await judge(parts, { endpoints: [other], gone: [] });
  expect(of).toHaveBeenCalledTimes(2);
  expect(await store.governance.finding(open.id)).toMatchObject({
    state: "accepted",
    reason: "known",
    text: expect.stringContaining("nothing lists it"),
  });
});

test("who is always overtaken gives up, to try again later", async () => {
  const { store, parts } = partsOf();
  vi.spyOn(store.governance, "putFindings").mockImplementation(async (records) =>
    records.map(({ id }) => id),
  );
  await expect(judge(parts, { endpoints: [endpoint], gone: [] })).rejects.toThrow(/kept being changed/);
});
