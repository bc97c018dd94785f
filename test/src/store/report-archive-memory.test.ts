// What the contract suite cannot see: the archive copies what it is given.
import { expect, test } from "vitest";
import { createMemoryArchive } from "../../../src/store/report-archive-memory.ts";

test("what is changed afterwards is not what was kept", async () => {
  const headline = { shadow: 1 };
  const key = { week: "2026-W47", zone: "UTC", scope: "all" };
  const archive = createMemoryArchive();
  await archive.keep({ ...key, closedAt: 0, headline, document: "{}", eventIds: [] });
  headline.shadow = 2;
  expect((await archive.find(key))?.headline).toEqual({ shadow: 1 });
});
