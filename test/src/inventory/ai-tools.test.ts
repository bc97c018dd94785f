// Servers of tools, over all their endpoints, and the history of each tool.
import { describe, expect, test } from "vitest";
import { currentDefinition, toolChanges, toolServers } from "../../../src/inventory/ai-tools.ts";
import { AI_TOOL_RULES } from "../../../src/inventory/ai-tool-rules.ts";
import type { EndpointParts } from "./an-ai-endpoint.ts";
import { aDefinition, anAiEndpoint, aTool, spoken } from "./an-ai-endpoint.ts";

const HOUR = 3_600_000;

test("what is listed on one endpoint and called on another is one tool", () => {
  const listed = anAiEndpoint({
    operation: "tools/list",
    said: { protocols: { mcp: spoken() } },
    tools: [aTool("a", { x: aDefinition(0) })],
  });
  const called = anAiEndpoint({
    operation: "tools/call",
    auth: "none",
    said: { protocols: { mcp: spoken({ lists: 0 }) } },
    tools: [aTool("a", {}, 4)],
  });
  const [server, ...others] = toolServers([listed, called, anAiEndpoint({ authority: "shop.test" })]);
  expect(others).toEqual([]);
  expect(server).toMatchObject({
    protocol: "mcp",
    authority: "ai.test",
    open: 3,
    facts: { exchanges: 2, lists: 1 },
  });
  expect(server?.tools).toMatchObject([{ name: "a", calls: 4, definitions: { kept: { x: { lists: 1 } } } }]);
});

describe("changes", () => {
  test.each([
    ["nothing", aTool("a", { x: aDefinition(0, { lastSeen: HOUR }) }), []],
    ["added", aTool("a", { x: aDefinition(HOUR) }), ["added"]],
    ["removed", aTool("a", { x: aDefinition(0) }), ["removed"]],
    ["redefined", aTool("a", { x: aDefinition(0), y: aDefinition(HOUR) }), ["redefined"]],
    [
      "newly destructive",
      aTool("a", { x: aDefinition(0), y: aDefinition(HOUR, { declares: "destructive" }) }),
      ["redefined", "newly-destructive"],
    ],
    ["undeclared", aTool("a", {}, 2), ["undeclared"]],
  ])("%s", (_, tool, changes) => {
    expect(toolChanges(tool, spoken({ firstList: 0, lastList: HOUR }))).toEqual(changes);
  });

  test("without a list nothing is missing", () => {
    expect(toolChanges(aTool("a", {}, 2), spoken({ lists: 0, firstList: null, lastList: null }))).toEqual([]);
  });

  test("the wording heard last is the current one", () => {
    const tool = aTool("a", { x: aDefinition(0, { lastSeen: 9 }), y: aDefinition(5, { effect: "delete" }) });
    expect(currentDefinition(tool)?.effect).toBe("read");
  });
});

describe("rules", () => {
  const held = (parts: EndpointParts): readonly string[] =>
    AI_TOOL_RULES.filter((rule) => rule.holds(anAiEndpoint(parts)) !== null).map(({ id }) => id);
  const mcp = spoken({ firstList: 0, lastList: HOUR });

  test.each<readonly [string, EndpointParts, readonly string[]]>([
    [
      "poisoned",
      { tools: [aTool("a", { x: aDefinition(0, { suspicious: ["indirect"] }) })] },
      ["ai-tool-poisoned"],
    ],
    [
      "redefined",
      { said: { protocols: { mcp } }, tools: [aTool("a", { x: aDefinition(0), y: aDefinition(HOUR) })] },
      ["ai-tool-redefined"],
    ],
    [
      "destructive for everybody",
      { auth: "none", tools: [aTool("wipe", { x: aDefinition(0, { effect: "delete" }) })] },
      ["ai-excessive-agency"],
    ],
    ["destructive for some", { tools: [aTool("wipe", { x: aDefinition(0, { effect: "delete" }) })] }, []],
    [
      "declared harmless",
      {
        auth: "none",
        tools: [aTool("drop_pin", { x: aDefinition(0, { effect: "delete", declares: "read-only" }) })],
      },
      [],
    ],
    [
      "many",
      { tools: Array.from({ length: 31 }, (_, at) => aTool(`t${at}`, { x: aDefinition(0) })) },
      ["ai-many-tools"],
    ],
    [
      "pages of others",
      { said: { protocols: { mcp: spoken({ foreignOrigins: 1 }) } } },
      ["ai-foreign-origin"],
    ],
  ])("%s", (_, parts, rules) => {
    expect(held(parts)).toEqual(rules);
  });
});
