import { expect, test } from "vitest";
import { chunkSize } from "../../../../collectors/wire/http1/chunk-size.ts";

test.each([
  ["0", 0],
  ["1aF", 0x1af],
  ["00001a", 26],
  ['5;name="value"', 5],
  [" 5 ", 5],
  ["0".repeat(400) + "7", 7],
  ["fffffffffffff", 2 ** 52 - 1],
  ["fffffffffffffff", -1],
  ["", -1],
  ["0x5", -1],
  ["-5", -1],
  ["5 5", -1],
  ["GET / HTTP/1.1", -1],
])("%j is %d", (line, size) => {
  expect(chunkSize(line)).toBe(size);
});
