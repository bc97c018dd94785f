// JSON-RPC is read from whatever text comes, and nothing else is taken for it.
import fc from "fast-check";
import { expect, test } from "vitest";
import { rpcMessages } from "../../../../src/ai/tools/rpc.ts";

test("single messages, batches and streams", () => {
  const texts = [
    '{"jsonrpc":"2.0","id":1,"method":"a","params":{"x":1}}',
    '[{"jsonrpc":"2.0","id":"q","result":{}},{"jsonrpc":"2.0","id":2,"error":{"code":-32601}}]',
    "[DONE]",
    '{"method":"a"}',
  ];
  expect(rpcMessages(texts)).toEqual([
    { method: "a", id: "1", params: { x: 1 }, result: null, errorCode: null },
    { method: null, id: "q", params: null, result: {}, errorCode: null },
    { method: null, id: "2", params: null, result: null, errorCode: -32_601 },
  ]);
});

test("never fails", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(rpcMessages([text])).toHaveLength(0);
    }),
  );
});
