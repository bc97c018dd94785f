import { expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { Window } from "../../../../collectors/wire/http1/lines.ts";
import { RequestOwner } from "../../../../collectors/wire/http1/request-owner.ts";

const weirds: string[] = [];
const allowance = new Allowance(() => {});
const owner = new RequestOwner(
  { count: () => {}, weird: (name) => weirds.push(name), allowance },
  { asked: () => {}, requestDone: () => {}, requestsLost: () => {}, isAnswerable: () => true },
);
const place = { offset: 0, at: 0, acked: -1, isFound: false };

test("requests begin with a token", () => {
  expect([...'GQ1_{"\r \x16'].map((text) => owner.couldStart(Buffer.from(text), 0))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test("a line of another protocol is none, and counted", () => {
  expect([owner.start("EHLO mail.test", place), owner.start("USER x", place), weirds]).toEqual([
    null,
    null,
    ["http1.request-line", "http1.request-line"],
  ]);
});

test.each<[string, string[], string, unknown]>([
  ["the only one that fits the segment", ["5", "3"], "abc", { kind: "length", length: 3 }],
  ["the one in front of a request", ["5", "3"], "abcGET / HTTP/1.1\r\n\r\n", { kind: "length", length: 3 }],
  ["none that is known to fit: the first", ["5", "3"], "abcdefgh", { kind: "length", length: 5 }],
])("of several lengths: %s", (_name, lengths, behind, framing) => {
  const asking = owner.start("POST / HTTP/1.1", place)!;
  for (const length of lengths) asking.message.fields.add(`Content-Length: ${length}`);
  asking.message.hasHead = true;
  const window = new Window(allowance);
  window.open(Buffer.from(behind), 0, 0, -1);
  expect([owner.head(asking, window), asking.isSuspect]).toEqual([framing, true]);
});

test("what follows CONNECT or an upgrade waits for the answer", () => {
  const asks = (line: string, ...fields: string[]): boolean => {
    const asking = owner.start(line, place)!;
    for (const field of fields) asking.message.fields.add(field);
    return owner.done(asking);
  };
  expect([
    asks("CONNECT a:1 HTTP/1.1"),
    asks("GET / HTTP/1.1", "Upgrade: h2c"),
    asks("GET / HTTP/1.1"),
  ]).toEqual([true, true, false]);
});
