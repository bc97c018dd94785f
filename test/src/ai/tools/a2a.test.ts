// A2A needs a mark of its own: a header, a message in its form, a card.
import { expect, test } from "vitest";
import type { A2aSeen } from "../../../../src/ai/tools/a2a.ts";
import { isA2aPath, readA2a } from "../../../../src/ai/tools/a2a.ts";
import type { RpcMessage } from "../../../../src/ai/tools/rpc.ts";

const nothing: A2aSeen = {
  headers: [],
  path: "/",
  requests: [],
  answers: [],
  request: undefined,
  answer: undefined,
};

test.each([
  ["/.well-known/agent-card.json", true],
  ["/.well-known/agent.json", true],
  ["/v1/message:stream", true],
  ["/tasks/7:cancel", true],
  ["/extendedAgentCard", true],
  ["/v1/card", true],
  ["/a2a.v1.A2AService/SendMessage", true],
  ["/lf.a2a.v1.A2AService/GetTask", true],
  ["/orders/7:cancel", false],
  ["/billing.v1.CardService/Get", false],
])("%s: %s", (path, expected) => {
  expect(isA2aPath(path)).toBe(expected);
});

test("a card of 1.0 names its revision among its interfaces", () => {
  const answer = { name: "a", skills: [{ id: "s" }], supportedInterfaces: [{ protocolVersion: "1.0" }] };
  expect(readA2a({ ...nothing, path: "/.well-known/agent-card.json", answer })).toMatchObject({
    told: ["card"],
    revision: "1.0",
    skills: [{ kind: "skill", name: "s" }],
  });
});

test("headers are enough", () => {
  expect(readA2a({ ...nothing, headers: [["a2a-version", "1.0"]] })).toMatchObject({
    told: ["headers"],
    revision: "1.0",
  });
});

test("a file of that name with something else in it is none", () => {
  expect(readA2a({ ...nothing, path: "/.well-known/agent.json", answer: { name: "a" } })).toBeNull();
});

const rpc = (method: string, params: RpcMessage["params"] = null): RpcMessage => ({
  method,
  id: "1",
  params,
  result: null,
  errorCode: null,
});
const message = { role: "user", parts: [{ kind: "text", text: "hi" }] };

test.each<readonly [string, Partial<A2aSeen>, boolean]>([
  ["0.3", { requests: [rpc("message/send", { message })] }, true],
  ["0.2", { requests: [rpc("tasks/send", { message })] }, true],
  ["0.2, notifications", { requests: [rpc("tasks/pushNotification/set", {})] }, true],
  ["1.0", { requests: [rpc("SendMessage", { message: { ...message, role: "ROLE_USER" } })] }, true],
  ["1.0 over gRPC", { path: "/lf.a2a.v1.A2AService/SendMessage" }, true],
  ["a chat of people", { requests: [rpc("message/send", { to: 7, text: "hi" })] }, false],
  ["tasks of something else", { requests: [rpc("tasks/get", { id: 7 })] }, false],
  [
    "a server that knows no such method",
    {
      requests: [rpc("message/send", { message })],
      answers: [{ ...rpc(""), method: null, errorCode: -32_601 }],
    },
    false,
  ],
])("JSON-RPC: %s", (_, seen, isA2a) => {
  expect(readA2a({ ...nothing, ...seen }) !== null).toBe(isA2a);
});
