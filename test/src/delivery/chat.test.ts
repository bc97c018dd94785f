// Chat messages: words in blocks that know no markup, so that names stay names.
import { expect, test } from "vitest";
import { slackMessage, teamsMessage } from "../../../src/delivery/chat.ts";
import { aFindingRecord } from "../../support/governance.ts";
import { aMessage, HOSTILE, someNews } from "./a-message.ts";

const hostile = aMessage([
  someNews({ path: HOSTILE, finding: aFindingRecord({ title: HOSTILE, text: HOSTILE }) }),
]);

function texts(
  value: unknown,
  found: { type: unknown; text: unknown }[] = [],
): { type: unknown; text: unknown }[] {
  if (typeof value !== "object" || value === null) return found;
  if ("text" in value && typeof value.text === "string")
    found.push({ type: "type" in value ? value.type : undefined, text: value.text });
  for (const inner of Object.values(value)) texts(inner, found);
  return found;
}

test("Slack gets plain text only, and entities where it reads markup", () => {
  const message = slackMessage(hostile) as { text: string; blocks: unknown };
  expect(message.text).not.toMatch(/[<>]/);
  expect(texts(message.blocks).map(({ type }) => type)).toEqual(["plain_text", "plain_text"]);
});

test("Teams gets runs of text, which read no Markdown", () => {
  const found = texts(teamsMessage(hostile));
  expect(found).toHaveLength(3);
  expect(new Set(found.map(({ type }) => type))).toEqual(new Set(["TextRun"]));
});

test("of many the first are shown and the rest is counted", () => {
  const many = aMessage(Array.from({ length: 13 }, () => someNews()));
  for (const message of [slackMessage(many), teamsMessage(many)])
    expect(JSON.stringify(message)).toContain("and 3 more");
});
