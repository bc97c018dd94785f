// An endpoint speaks a protocol when enough of what was heard there did.
import { expect, test } from "vitest";
import { recogniseProtocol } from "../../../src/ai/agent-protocols.ts";
import { emptyFacts } from "../../../src/model/facts.ts";
import { spoken } from "../inventory/an-ai-endpoint.ts";

const facts = (requests: number, exchanges: number) => ({
  ...emptyFacts(0),
  requests,
  ai: { protocols: { mcp: spoken({ exchanges, told: { headers: 1, method: 1 } }) } },
});

test("says by what it was told", () => {
  expect(recogniseProtocol(facts(3, 3))).toEqual({
    id: "mcp.jsonrpc",
    kind: "mcp-server",
    text: "MCP: headers that only it has, methods that are its own",
  });
});

test("one try among many requests is a scanner's", () => {
  expect(recogniseProtocol(facts(1000, 1))).toBeNull();
});

test("nothing heard is nothing", () => {
  expect(recogniseProtocol(emptyFacts(0))).toBeNull();
});
