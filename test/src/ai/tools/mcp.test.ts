// MCP is told from other JSON-RPC; pages of a list and results that come elsewhere are understood.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { McpSeen } from "../../../../src/ai/tools/mcp.ts";
import { answersById, readMcp } from "../../../../src/ai/tools/mcp.ts";
import { rpcMessages } from "../../../../src/ai/tools/rpc.ts";

function seen(request: object, answer: object | null, headers: McpSeen["headers"] = []): McpSeen {
  const rpc = (message: object | null) =>
    message === null ? [] : rpcMessages([JSON.stringify({ jsonrpc: "2.0", id: 1, ...message })]);
  return { headers, requests: rpc(request), answers: rpc(answer), answered: answer !== null };
}

test("a page of a list is not its end", () => {
  const page = (rest: object) =>
    readMcp(seen({ method: "tools/list" }, { result: { tools: [{ name: "a" }], ...rest } }));
  expect(page({ nextCursor: "2" })).toMatchObject({ listEnds: false, listed: [{ name: "a" }] });
  expect(page({})?.listEnds).toBe(true);
});

test("an error is a mark too", () => {
  expect(
    readMcp(seen({ method: "tools/call", params: { name: "a" } }, { error: { code: -32_020 } })),
  ).toMatchObject({
    told: ["method", "error"],
    calls: [{ name: "a", failed: true }],
  });
});

test("without an answer nobody knows how a call ended", () => {
  expect(readMcp(seen({ method: "tools/call", params: { name: "a" } }, null))?.calls).toMatchObject([
    { failed: null },
  ]);
});

test("the newest generation names its client in every request", () => {
  const params = { name: "a", _meta: { "io.modelcontextprotocol/clientInfo": { name: "agent" } } };
  expect(readMcp(seen({ method: "tools/call", params }, null, [["mcp-method", "tools/call"]]))?.client).toBe(
    "agent",
  );
});

test("answers by id", () => {
  const answers = rpcMessages([
    '[{"jsonrpc":"2.0","id":3,"result":{"isError":true}},{"jsonrpc":"2.0","id":4,"result":{}}]',
  ]);
  expect([...answersById(answers)]).toEqual([
    ["3", true],
    ["4", false],
  ]);
});

test("never fails", () => {
  fc.assert(
    fc.property(fc.object(), fc.object(), (request, answer) => {
      expect(readMcp(seen(request, answer))).toBeNull();
    }),
  );
});
