import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readMultipart } from "../../../src/digest/multipart.ts";

const BODY =
  'preamble\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\ntwo\r\n--b\r\ncontent-type: image/png\r\ncontent-disposition: form-data; name=f; filename=x.png\r\n\r\nPNG\r\n--b\r\nno head\r\n--b--';

test("parts by name; files without text", () => {
  expect(readMultipart(BODY, "b")).toEqual([
    { name: "a", text: "one\r\ntwo", length: 8, isJson: false },
    { name: "f", text: null, length: 3, isJson: false },
  ]);
});

test("cut anywhere: parts are whole or not there", () => {
  fc.assert(
    fc.property(fc.nat(BODY.length), (at) => {
      const parts = readMultipart(BODY.slice(0, at), "b");
      expect(readMultipart(BODY, "b").slice(0, parts.length)).toEqual(parts);
    }),
  );
});

test("without a boundary there are no parts, and their number is bounded", () => {
  expect(readMultipart(BODY, "")).toEqual([]);
  expect(
    readMultipart('--b\n\nContent-Disposition: form-data; name="a"\n\nx\n'.repeat(1000), "b").length,
  ).toBeLessThanOrEqual(128);
});
