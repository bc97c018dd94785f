// Tools join in any order, and keep every wording they were heard in.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundedOf, joinBounded } from "../../../src/model/bounded.ts";
import type { ToolDefinition, ToolFacts } from "../../../src/model/tool-facts.ts";
import { emptyTool, TOOL_CAPS, TOOL_DEFINITIONS, toolKey, TOOLS } from "../../../src/model/tool-facts.ts";

function aDefinition(at: number, definition: Partial<ToolDefinition> = {}): ToolDefinition {
  return { lists: 1, firstSeen: at, lastSeen: at, effect: "read", parameters: {}, ...definition };
}

function aTool(name: string, hash: string, at: number): ToolFacts {
  const definitions = boundedOf([[hash, aDefinition(at)]], TOOL_DEFINITIONS);
  return { ...emptyTool("tool", name, at), calls: 1, definitions };
}

const tool = fc
  .record({ name: fc.constantFrom("a", "b"), hash: fc.constantFrom("1", "2", "3"), at: fc.nat(9) })
  .map(({ name, hash, at }) => boundedOf([[toolKey({ kind: "tool", name }), aTool(name, hash, at)]], TOOLS));

describe("tools", () => {
  test("join in any order and grouping", () => {
    fc.assert(
      fc.property(tool, tool, tool, (a, b, c) => {
        const left = joinBounded(joinBounded(a, b, TOOLS), c, TOOLS);
        expect(left).toEqual(joinBounded(a, joinBounded(c, b, TOOLS), TOOLS));
      }),
    );
  });

  test("keep each wording with the times it was heard", () => {
    const joined = TOOLS.join(aTool("a", "old", 1), TOOLS.join(aTool("a", "new", 9), aTool("a", "old", 4)));
    expect(joined).toMatchObject({ calls: 3, firstSeen: 1, lastSeen: 9 });
    expect(joined.definitions.kept).toMatchObject({
      old: { lists: 2, firstSeen: 1, lastSeen: 4 },
      new: { lists: 1, firstSeen: 9, lastSeen: 9 },
    });
  });

  test("wordings without number take no room", () => {
    const many = Array.from({ length: 50 }, (_, index) => aTool("a", `hash ${index}`, index));
    const joined = many.reduce((all, one) => TOOLS.join(all, one));
    expect(Object.keys(joined.definitions.kept)).toHaveLength(TOOL_CAPS.definitions);
    expect(joined.definitions.rest?.lists).toBe(50 - TOOL_CAPS.definitions);
  });
});
