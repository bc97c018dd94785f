// What a gRPC call came to, wherever its status stands, and what that is among HTTP statuses.
import { describe, expect, test } from "vitest";
import { grpcStatusOf, heardStatus, isGrpcType } from "../../../../src/digest/grpc/status.ts";
import type { Header, Response } from "../../../../src/model/exchange.ts";
import { NO_BODY } from "../../../../src/model/exchange.ts";
import { aBody, anExchange, aResponse } from "../an-exchange.ts";
import { frame } from "./encode.ts";

const WEB: Header = ["content-type", "application/grpc-web+proto"];
const TEXT: Header = ["content-type", "application/grpc-web-text"];
const trailers = frame(Buffer.from("Grpc-Status: 7\r\ngrpc-message: no\r\n"), 0x80);
const base64 = Buffer.from(trailers).toString("base64");

test.each<[string, Partial<Response>, string]>([
  ["in the trailers", { trailers: [["grpc-status", "5"]] }, "NOT_FOUND"],
  ["among the headers, without a message", { headers: [["grpc-status", "16"]] }, "UNAUTHENTICATED"],
  [
    "in a frame of gRPC-Web",
    { headers: [WEB], body: aBody(Buffer.concat([frame(new Uint8Array(3)), trailers])) },
    "PERMISSION_DENIED",
  ],
  ["in a frame of gRPC-Web as text", { headers: [TEXT], body: aBody(base64) }, "PERMISSION_DENIED"],
  ["a code nobody knows", { trailers: [["grpc-status", "99"]] }, "UNKNOWN"],
  ["no number", { trailers: [["grpc-status", "<script>"]] }, "UNKNOWN"],
  ["not the name of the last entry of the table", { trailers: [["grpc-status", "17"]] }, "UNKNOWN"],
  ["cut off before it came", { headers: [["content-type", "application/grpc"]], body: NO_BODY }, "unheard"],
])("%s", (_, response, told) => {
  expect(grpcStatusOf(aResponse(response))).toBe(told);
});

describe("as an HTTP status", () => {
  const call = (code: string, parts: Parameters<typeof anExchange>[0] = {}) =>
    anExchange({
      protocol: "grpc",
      request: { method: "POST" },
      response: { trailers: [["grpc-status", code]] },
      ...parts,
    });

  test.each([
    ["0", 200],
    ["3", 400],
    ["5", 404],
    ["7", 403],
    ["12", 501],
    ["14", 503],
    ["16", 401],
  ])("code %s is %i", (code, status) => {
    expect(heardStatus(call(code))).toBe(status);
  });

  test("gRPC-Web on HTTP/1.1 counts too", () => {
    const web = call("5", { protocol: "http/1.1", request: { method: "POST", headers: [WEB] } });
    expect(heardStatus(web)).toBe(404);
  });

  test("other exchanges keep theirs, whatever their headers say", () => {
    expect(heardStatus(call("5", { protocol: "h2" }))).toBe(200);
    expect(heardStatus(call("5", { response: { status: 415 } }))).toBe(415);
  });

  test("an unheard status leaves that of HTTP, and no answer none", () => {
    expect(heardStatus(call("0", { response: {} }))).toBe(200);
    expect(heardStatus({ ...call("0"), outcome: { kind: "unknown", why: "gap" } })).toBe(null);
  });
});

test.each([
  ["application/grpc", true],
  ["application/grpc+proto", true],
  ["application/grpc-web-text; charset=utf-8", true],
  ["application/grpcish", false],
  ["application/json", false],
])("%s", (type, told) => {
  expect(isGrpcType(type)).toBe(told);
});
