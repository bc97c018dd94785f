// The end of a JSON value is found at the byte behind it, wherever the bytes are cut.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { JsonScanner } from "../../../collectors/gateway-log/json-scanner.ts";

function endOf(bytes: Uint8Array, cut: number): number {
  const scanner = new JsonScanner();
  scanner.reset();
  for (let from = 0; from < bytes.length; from += cut) {
    const end = scanner.scan(bytes.subarray(0, from + cut), from);
    if (end !== -1) return end;
  }
  return -1;
}

test.each([
  ['{"a":[1,{"b":"}"}]}, 2', 19],
  ['"a\\"b\\\\" x', 8],
  ["[[]]]", 4],
  ['{"a":"\\\\"}}', 10],
  ['{"a":"\\', -1],
  ["[1,2", -1],
])("%s ends at %i", (text, end) => {
  for (const cut of [1, 2, 3, 5, 100]) expect(endOf(Buffer.from(text), cut)).toBe(end);
});

test("any object or array ends where its text ends", () => {
  const value = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(
    fc.property(value, fc.integer({ min: 1, max: 9 }), (json, cut) => {
      const text = Buffer.from(JSON.stringify(json));
      expect(endOf(Buffer.concat([text, Buffer.from(',"}]')]), cut)).toBe(text.length);
    }),
  );
});
