import { expect, test } from "vitest";
import { readIpv4 } from "../../../../collectors/wire/ip/ipv4.ts";
import { Cursor, LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { ipv4 } from "../../../support/packets.ts";

function read(bytes: Buffer): Cursor & { next: number } {
  const cursor = new Cursor();
  cursor.reset(bytes, bytes.length);
  return Object.assign(cursor, { next: readIpv4(cursor) });
}

test("what lies behind the total length is padding; what lies beyond the capture was cut", () => {
  const packet = ipv4(Buffer.alloc(10));
  expect(read(Buffer.concat([packet, Buffer.alloc(8)]))).toMatchObject({ pos: 20, end: 30, wireEnd: 30 });
  expect(read(packet.subarray(0, 25))).toMatchObject({ pos: 20, end: 25, wireEnd: 30 });
});

test("fragments say where they belong", () => {
  const cursor = read(ipv4(Buffer.alloc(8), { offset: 1_480, more: true, id: 7 }));
  expect(cursor).toMatchObject({ next: LAYER.fragment, fragmentOffset: 1_480, moreFragments: true, ipId: 7 });
});

test.each([
  ["cut within the header", ipv4(Buffer.alloc(0)).subarray(0, 19)],
  ["a header of 16 octets", Buffer.concat([Buffer.from([0x44]), ipv4(Buffer.alloc(9)).subarray(1)])],
  ["a total shorter than the header", ipv4(Buffer.alloc(9), { total: 12 })],
])("%s is malformed", (_name, packet) => {
  const cursor = read(packet);
  expect([cursor.next, cursor.weird?.startsWith("ip.")]).toEqual([LAYER.done, true]);
});
