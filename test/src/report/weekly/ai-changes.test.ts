// Changes of tools, models and keys are told in words; dynamic APIs once, in the week that showed them.
import { expect, test } from "vitest";
import { aiChanges, dynamicNotes } from "../../../../src/report/weekly/ai-changes.ts";
import { aFrame, anEvent, aRow, MONDAY, WEEK_MS } from "../../../support/weekly.ts";

test("what happened to tools, models and keys, oldest first", () => {
  const row = aRow({ path: "/mcp", firstSeen: MONDAY - WEEK_MS });
  const events = [
    anEvent("ai-key-changed", row, { at: MONDAY + 4, keys: 2 }),
    anEvent("ai-tool-changed", row, { at: MONDAY + 1, tool: "wipe", change: "newly-destructive" }),
    anEvent("ai-tool-changed", row, { at: MONDAY + 2, tool: "find", change: "redefined" }),
    anEvent("ai-tool-changed", row, { at: MONDAY + 2, tool: "new", change: "added" }),
    anEvent("ai-tool-changed", row, { at: MONDAY - 5, tool: "old", change: "removed" }),
    anEvent("ai-model-changed", row, { at: MONDAY + 3, model: "qwen3", family: "qwen", before: ["gpt-4o"] }),
  ];
  expect(aiChanges(aFrame({ rows: [row], events })).map(({ text }) => text)).toEqual([
    "tool wipe can do what cannot be taken back, and could not before",
    "tool find was redefined under its name, without any notice",
    "model qwen3 of another family; before: gpt-4o",
    "another key is used; 2 are known",
  ]);
});

test("an API that was born with its routes, by names as generators make them", () => {
  const known = aRow({ path: "/orders", firstSeen: MONDAY - 4 * WEEK_MS });
  const made = Array.from({ length: 9 }, (_, at) =>
    aRow({ authority: "made.test", path: `/tools/fn_${at}`, firstSeen: MONDAY + at * 1000 }),
  );
  const notes = dynamicNotes(aFrame({ rows: [known, ...made] }));
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatchObject({ authority: "made.test" });
  expect(notes[0]?.text).toMatch(/^9 new routes on a new host within 1 min/);
  expect(dynamicNotes(aFrame({ rows: [known] }))).toEqual([]);
});
