// Words in gRPC messages: found under field numbers, one frame a message when there are several.
import { expect, test } from "vitest";
import { readGrpc } from "../../../../src/digest/grpc/read-grpc.ts";
import { grpcContents } from "../../../../src/digest/text/grpc-contents.ts";
import { aBody, aDigest, anExchange } from "../an-exchange.ts";
import { frames } from "../grpc/encode.ts";
import type { Message } from "../grpc/encode.ts";

function contents(...messages: readonly Message[]) {
  const body = aBody(frames(...messages));
  return grpcContents(body.kind === "recorded" ? readGrpc(body, "application/grpc", [], null).messages : []);
}

test("one message is no stream", () => {
  const { tree, frames } = contents([
    [1, "What is the capital of France?"],
    [2, [[3, 7]]],
    [4, "a"],
    [4, "b"],
    [5, Uint8Array.from([0xff])],
  ]);
  expect(tree.texts.map(({ path, text }) => [path, text])).toEqual([
    [".1", "What is the capital of France?"],
    [".4[]", "a"],
    [".4[]", "b"],
  ]);
  expect(tree.figures).toMatchObject([{ path: ".2.3", value: 7 }]);
  expect(frames).toBe(null);
});

test("several are", () => {
  expect(contents([[1, "The capital"]], [[1, " of France"]]).frames?.texts).toEqual([
    '{"1":"The capital"}',
    '{"1":" of France"}',
  ]);
});

test("a model behind gRPC shows like one behind JSON", () => {
  const GRPC = [["content-type", "application/grpc"]] as const;
  const pieces = "The capital of France is Paris, which lies on the Seine and has been one for long."
    .split(/(?<= )/)
    .map((word): Message => [[1, word]]);
  const { facts } = aDigest().digest(
    anExchange({
      protocol: "grpc",
      request: {
        method: "POST",
        path: "/shop.Chat/Ask",
        headers: GRPC,
        body: aBody(frames([[1, "What is the capital of France, and where does it lie?"]])),
      },
      response: { headers: GRPC, body: aBody(frames(...pieces)), trailers: [["grpc-status", "0"]] },
    }),
  );
  expect(Object.keys(facts.text?.signals ?? {})).toEqual(
    expect.arrayContaining(["text-in", "answer", "deltas"]),
  );
});
