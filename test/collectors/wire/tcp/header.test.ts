import fc from "fast-check";
import { expect, test } from "vitest";
import { Cursor } from "../../../../collectors/wire/link/cursor.ts";
import { TcpHeader } from "../../../../collectors/wire/tcp/header.ts";
import { tcpSegment } from "../../../support/packets.ts";

function read(bytes: Buffer, wireLength = bytes.length): { ok: boolean; header: TcpHeader } {
  const cursor = new Cursor();
  cursor.reset(bytes, wireLength);
  const header = new TcpHeader();
  return { ok: header.read(cursor, 5), header };
}

test("fields and payload", () => {
  const { ok, header } = read(
    tcpSegment({ seq: 0xffffffff, ack: 7, flags: "FA", data: "abc", sport: 1, dport: 2 }),
  );
  expect(ok).toBe(true);
  expect(header).toMatchObject({
    seq: -1,
    ack: 7,
    isFin: true,
    isAck: true,
    isSyn: false,
    srcPort: 1,
    dstPort: 2,
    at: 5,
  });
  expect([header.length, header.bytes.toString()]).toEqual([3, "abc"]);
});

test("payload of a SYN begins behind it", () => {
  expect(read(tcpSegment({ seq: 9, flags: "S" })).header.seq).toBe(10);
});

test("a cut packet knows how long it was", () => {
  const { header } = read(tcpSegment({ data: "abc" }), 20 + 100);
  expect([header.length, header.bytes.length]).toEqual([100, 3]);
});

test("too short, or a header shorter than itself", () => {
  const short = tcpSegment();
  short[12] = 0x40;
  expect([read(tcpSegment().subarray(0, 19)).ok, read(short).ok]).toEqual([false, false]);
});

test("any bytes are survived", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(read(Buffer.from(bytes)).header.bytes.length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
