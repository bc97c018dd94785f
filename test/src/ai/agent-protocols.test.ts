// Protocols are told by method names; what they do with them is tested with the verdicts.
import { expect, test } from "vitest";
import { recogniseProtocol } from "../../../src/ai/agent-protocols.ts";
import { someFacts } from "../inventory/an-endpoint.ts";

test.each([
  [{ style: "json-rpc" as const, operation: "tools/list" }, "mcp.jsonrpc"],
  [{ style: "rest" as const, operation: "tools/list" }, undefined],
  [{ style: "json-rpc" as const, operation: null }, undefined],
  [{ style: "json-rpc" as const, operation: "tools/listing" }, undefined],
])("%o is %s", (key, id) => {
  expect(recogniseProtocol(key, someFacts())?.id).toBe(id);
});
