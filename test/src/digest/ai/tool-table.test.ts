// Names from traffic are made safe, wordings become hashes.
import { expect, test } from "vitest";
import { listedTool } from "../../../../src/ai/tools/definition.ts";
import { createToolTable } from "../../../../src/digest/ai/tool-table.ts";
import { hash32 } from "../../../../src/model/hash.ts";

const PARTS = { safeName: (name: string) => (name.includes("secret") ? "{secret}" : name), hash32 };

test("safe names and a hash", () => {
  const table = createToolTable(5, PARTS);
  const tool = listedTool("tool", {
    name: "read_secret",
    description: "words",
    inputSchema: { properties: { secret: {} } },
  });
  if (tool !== null) table.listed(tool);
  const text = JSON.stringify(table.tools());
  expect(text).not.toMatch(/read_secret|words/);
  expect(Object.keys(table.tools()?.kept["tool {secret}"]?.definitions.kept ?? {})[0]).toMatch(
    /^[0-9a-f]{16}$/,
  );
});

test("nothing is nothing", () => {
  expect(createToolTable(5, PARTS).tools()).toBeUndefined();
});
