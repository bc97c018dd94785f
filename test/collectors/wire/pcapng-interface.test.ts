import { expect, test } from "vitest";
import { BIG, interfaceOf, LITTLE } from "../../../collectors/wire/pcapng-interface.ts";

function idb(options: string, linkType = "0100"): Buffer {
  return Buffer.concat([
    Buffer.alloc(8),
    Buffer.from(`${linkType}000060000000${options}`, "hex"),
    Buffer.alloc(4),
  ]);
}

test.each([
  ["none", "", 1_000, 0],
  ["nanoseconds", "0900010009000000", 1_000_000, 0],
  ["a power of two", "090001008a000000", 1.024, 0],
  ["an offset", "0e0008000a00000000000000", 1_000, 10_000],
  ["a negative offset", "0e000800ffffffffffffffff", 1_000, -1_000],
  ["an option cut short", "0900ff0009", 1_000, 0],
])("options: %s", (_name, options, ticksPerMs, offsetMs) => {
  expect(interfaceOf(idb(options), LITTLE)).toEqual({ linkType: 1, snapLength: 96, ticksPerMs, offsetMs });
});

test("byte order is the section's", () => {
  const block = Buffer.concat([Buffer.alloc(8), Buffer.from("0071000000000060", "hex"), Buffer.alloc(4)]);
  expect(interfaceOf(block, BIG)).toMatchObject({ linkType: 113, snapLength: 96 });
});
