// Header blocks: joined, refused, missed, and what that does to later ones.
import { expect, test } from "vitest";
import * as frames from "../../../../collectors/wire/http2/frames.ts";
import { HeaderBlocks } from "../../../../collectors/wire/http2/header-blocks.ts";
import type { FieldSection } from "../../../../collectors/wire/http2/header-blocks.ts";
import { HpackEncoder } from "../hpack/encode.ts";

function listen(heard = true) {
  const sections: FieldSection[] = [];
  const weirds: string[] = [];
  const blocks = new HeaderBlocks(heard, {
    section: (section) => void sections.push(section),
    oddBlock: ({ name }) => void weirds.push(name),
  });
  const say = (...[type, flags, stream, payload, at = 1]: [number, number, number, Uint8Array, number?]) =>
    blocks.frame({ type, flags, stream, length: payload.length, startedAt: at }, payload, at);
  const named = () =>
    sections.map(
      ({ stream, fields }) => `${stream} ${fields?.map(({ name }) => name ?? "?").join() ?? "unread"}`,
    );
  return { blocks, sections, weirds, say, named };
}

const header = (type: number, flags = 0, stream = 1) => ({ type, flags, stream, length: 9, startedAt: 1 });

test("a block of several frames is one section, with the times of its ends", () => {
  const { say, sections } = listen();
  const block = new HpackEncoder().encode([
    ["x-a", "1"],
    ["x-b", "2"],
  ]);
  say(frames.HEADERS, frames.END_STREAM, 1, block.subarray(0, 4), 10);
  say(frames.CONTINUATION, frames.END_HEADERS, 1, block.subarray(4), 20);
  expect(sections).toEqual([
    {
      stream: 1,
      promised: null,
      endStream: true,
      fields: [
        { name: "x-a", value: "1" },
        { name: "x-b", value: "2" },
      ],
      cut: false,
      startedAt: 10,
      endedAt: 20,
    },
  ]);
});

test("a promise names the stream it announces", () => {
  const { say, sections } = listen();
  const block = Buffer.concat([Uint8Array.from([0, 0, 0, 4]), new HpackEncoder().encode([["x-a", "1"]])]);
  say(frames.PUSH_PROMISE, frames.END_HEADERS, 1, block);
  expect(sections).toMatchObject([{ stream: 1, promised: 4, endStream: false }]);
});

test("a missed block leaves its stream told and later references unknown", () => {
  const { blocks, say, named } = listen();
  const encoder = new HpackEncoder();
  say(frames.HEADERS, frames.END_HEADERS, 1, encoder.encode([["x-a", "1"]]));
  encoder.encode([["x-b", "2"]]);
  blocks.lost(header(frames.HEADERS, frames.END_HEADERS, 3), 1);
  say(
    frames.HEADERS,
    frames.END_HEADERS,
    5,
    encoder.encode([
      ["x-a", "1"],
      ["x-c", "3"],
    ]),
  );
  expect(named()).toEqual(["1 x-a", "3 unread", "5 ?,x-c"]);
});

test("a block whose middle is missing is told once, unread", () => {
  const { blocks, say, named, weirds } = listen();
  const block = new HpackEncoder().encode([["x-a", "1"]]);
  say(frames.HEADERS, 0, 1, block.subarray(0, 2));
  blocks.lost(header(frames.CONTINUATION), 1);
  say(frames.CONTINUATION, frames.END_HEADERS, 1, block.subarray(4));
  say(frames.HEADERS, frames.END_HEADERS, 3, Uint8Array.from([0x82]));
  expect(named()).toEqual(["1 unread", "3 :method"]);
  expect(weirds).toEqual([]);
});

test("padding longer than the payload is named", () => {
  const { say, named, weirds } = listen();
  say(frames.HEADERS, frames.END_HEADERS | frames.PADDED, 1, Uint8Array.from([9, 0x82]));
  expect([named(), weirds]).toEqual([["1 unread"], ["h2.padding"]]);
});

test("a direction that turns out to begin here knows its table", () => {
  const { blocks, say, weirds } = listen(false);
  blocks.restart();
  say(frames.HEADERS, frames.END_HEADERS, 1, Uint8Array.from([0xbe]));
  expect(weirds).toEqual(["hpack.index"]);
});
