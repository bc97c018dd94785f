import { expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { CLOSE, NONE } from "../../../../collectors/wire/http1/framing.ts";
import { Window } from "../../../../collectors/wire/http1/lines.ts";
import { ResponseOwner } from "../../../../collectors/wire/http1/response-owner.ts";

const allowance = new Allowance(() => {});
const place = { offset: 0, at: 0, acked: -1, isFound: false };

function read(
  line: string,
  fields: string[] = [],
  behind = "",
): { owner: ResponseOwner; framing: unknown; said: string[] } {
  const said: string[] = [];
  const owner = new ResponseOwner(
    { count: () => {}, weird: () => {}, allowance },
    {
      answered: () => said.push("answered"),
      continued: () => said.push("continued"),
      responseDone: () => said.push("done"),
      responsesLost: () => {},
    },
  );
  const answering = owner.start(line, place)!;
  for (const field of fields) answering.message.fields.add(field);
  answering.message.hasHead = true;
  const window = new Window(allowance);
  window.open(Buffer.from(behind), 0, 0, -1);
  const framing = owner.head(answering, window);
  if (framing === NONE) owner.done(answering);
  return { owner, framing, said };
}

test("interim responses are neither answers nor ends", () => {
  expect(read("HTTP/1.1 100 Continue")).toMatchObject({ framing: NONE, said: ["continued"] });
  expect(read("HTTP/1.1 103 Early Hints")).toMatchObject({ framing: NONE, said: [] });
});

test("without length until the end, and remembered as endless", () => {
  const { owner, framing } = read("HTTP/1.1 200 OK");
  expect([framing, owner.endless?.line.status]).toEqual([CLOSE, 200]);
});

test("a switch of protocols names the next", () => {
  const { owner, framing } = read("HTTP/1.1 101 Switching", ["Upgrade: WebSocket, x"]);
  expect([framing, owner.upgrade]).toEqual([null, "websocket"]);
});

test("whose request is unknown: no body when the next response follows at once", () => {
  expect(read("HTTP/1.1 200 OK", ["Content-Length: 500"], "HTTP/1.1 200 OK\r\n").framing).toBe(NONE);
  expect(read("HTTP/1.1 200 OK", ["Content-Length: 500"], "HTML").framing).toEqual({
    kind: "length",
    length: 500,
  });
});

test("beginnings may be cut by the segment", () => {
  const { owner } = read("HTTP/1.1 200 OK");
  expect(["HTTP/1.1", "ht", "H", "HTML", "{"].map((text) => owner.couldStart(Buffer.from(text), 0))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
