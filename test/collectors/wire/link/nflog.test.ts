import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readNflog } from "../../../../collectors/wire/link/nflog.ts";
import { read, testLayers } from "./layer.ts";

testLayers(
  [
    "payload behind other fields",
    readNflog,
    "02000000 0800 0a00 00000000 0800 0900 45000000",
    LAYER.ipv4,
    16,
  ],
  ["IPv6", readNflog, "0a000000 0800 0900 60000000", LAYER.ipv6, 8],
  ["another family: by its version", readNflog, "00000000 0800 0900 45000000", LAYER.raw, 8],
  ["fields in big-endian order", readNflog, "02000000 0008 0009 45000000", LAYER.ipv4, 8],
  ["no payload", readNflog, "02000000 0800 0a00 00000000", LAYER.done, 0],
);

test("a field shorter than itself is malformed", () => {
  expect(read(readNflog, "02000000 0300 0900 45").weird).toBe("link.nflog");
});
