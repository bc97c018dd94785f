import { expect, test } from "vitest";
import { LAYER } from "../../../../collectors/wire/link/cursor.ts";
import { readMpls } from "../../../../collectors/wire/link/mpls.ts";
import { read, testLayers } from "./layer.ts";

testLayers(
  ["one label", readMpls, "00064140 45", LAYER.ipv4, 4],
  ["three labels", readMpls, "00064040 00064040 00064140 60", LAYER.ipv6, 12],
  [
    "pseudowire with control word",
    readMpls,
    "00064140 00000000 020202020202 020202020202 0800",
    LAYER.ethernet,
    8,
  ],
  ["pseudowire without", readMpls, "00064140 020202020202 020202020202 86dd", LAYER.ethernet, 4],
);

test("too few bytes are malformed", () => {
  expect(read(readMpls, "00064040 00064040").weird).toBe("link.short");
});
