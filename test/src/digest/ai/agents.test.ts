// Whatever an exchange holds, reading agent protocols from it neither fails nor costs others anything.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readAgents } from "../../../../src/digest/ai/agents.ts";
import { bodiesOf } from "../../../../src/digest/ai/bodies.ts";
import { createSessions } from "../../../../src/digest/ai/sessions.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import type { Parts } from "../an-exchange.ts";
import { aBody, anExchange } from "../an-exchange.ts";

function read(parts: Parts) {
  const exchange = anExchange(parts);
  const tools = {
    safeName: (name: string) => name,
    hash32,
    sessions: createSessions(),
    backendsOf: () => [],
  };
  return readAgents(exchange, bodiesOf(exchange), tools);
}

test("a page that answers whatever is asked is no server of tools", () => {
  const request = { method: "POST", headers: [["mcp-protocol-version", "2025-06-18"]] as const };
  expect(
    read({ request, response: { headers: [["content-type", "text/html"]], body: aBody("<p>hi</p>") } }),
  ).toBeNull();
  expect(read({ request, response: { status: 401 } })?.protocols).toHaveProperty("mcp");
});

test("never fails", () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), (request, answer) => {
      const rpc = `{"jsonrpc":"2.0","method":"tools/call","params":${request}}`;
      const heard = read({
        request: { method: "POST", body: aBody(rpc) },
        response: { body: aBody(answer) },
      });
      expect(heard === null || typeof heard === "object").toBe(true);
    }),
  );
});
