import fc from "fast-check";
import { expect, test } from "vitest";
import { readIpv6 } from "../../../../collectors/wire/ip/ipv6.ts";
import { Cursor, LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { ipv6 } from "../../../support/packets.ts";

function read(bytes: Buffer): Cursor & { next: number } {
  const cursor = new Cursor();
  cursor.reset(bytes, bytes.length);
  return Object.assign(cursor, { next: readIpv6(cursor) });
}
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

test("extension headers are walked to the protocol", () => {
  const chain = hex("3c 00 000000000000  2b 01 0000000000000000000000000000  06 00 000000000000");
  expect(read(ipv6(chain, 0))).toMatchObject({ next: LAYER.ipProtocol, proto: 6, pos: 40 + 8 + 16 + 8 });
});

test("a fragment says where it belongs, an atomic one is whole", () => {
  const fragment = hex("06 00 0011 00000007 00000000 00000000");
  expect(read(ipv6(fragment, 44))).toMatchObject({
    next: LAYER.fragment,
    fragmentOffset: 16,
    moreFragments: true,
    ipId: 7,
  });
  expect(read(ipv6(hex("06 00 0000 00000007"), 44))).toMatchObject({ next: LAYER.ipProtocol, proto: 6 });
});

test("a chain that ends too early is malformed", () => {
  expect(read(ipv6(hex("3c000000"), 0))).toMatchObject({ next: LAYER.done, weird: "ip.extension" });
});

test("any chain ends", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0, 43, 44, 51, 60), (bytes, next) => {
      expect(typeof read(ipv6(Buffer.from(bytes), next)).next).toBe("number");
    }),
  );
});
