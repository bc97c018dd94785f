// Two observations of one endpoint agree on names and protocol, whichever came first.
import { expect, test } from "vitest";
import { joinIdentified } from "../../../src/model/classified.ts";
import { anEndpoint } from "../inventory/an-endpoint.ts";

const http = anEndpoint({ path: "/a/{aId}" });
const socket = anEndpoint({
  path: "/a/{b}",
  protocol: "websocket",
  parameters: [{ name: "b", class: "uuid", named: "source" }],
});

test("the stronger name and the more telling protocol win", () => {
  const joined = joinIdentified(http, socket);
  expect(joined).toMatchObject({
    path: "/a/{b}",
    protocol: "websocket",
    parameters: [{ name: "b", class: "mixed", named: "source" }],
  });
  expect(joinIdentified(socket, http)).toEqual(joined);
});

test("different endpoints do not join", () => {
  expect(() => joinIdentified(http, anEndpoint({ path: "/b/{x}" }))).toThrow("one endpoint");
});
