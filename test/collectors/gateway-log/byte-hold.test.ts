// Bytes come out as they went in, however they were cut, and a huge record's memory is let go.
import * as fc from "fast-check";
import { anyText } from "./any-text.ts";
import { expect, test } from "vitest";
import { ByteHold } from "../../../collectors/gateway-log/byte-hold.ts";

test("text survives any cuts", () => {
  fc.assert(
    fc.property(fc.array(anyText(), { maxLength: 20 }), fc.nat(5), (texts, size) => {
      const hold = new ByteHold();
      const bytes = Buffer.from(texts.join(""), "utf8");
      for (let at = 0; at < bytes.length; at += size + 1) hold.append(bytes.subarray(at, at + size + 1));
      expect(hold.length).toBe(bytes.length);
      expect(hold.takeText()).toBe(bytes.toString("utf8"));
      expect(hold.length).toBe(0);
    }),
  );
});

test("it keeps its own copy", () => {
  const hold = new ByteHold();
  const piece = Buffer.from("abc");
  hold.append(piece);
  piece.fill(0);
  expect(hold.takeText()).toBe("abc");
});

test("the peak is the most held at a time", () => {
  const hold = new ByteHold();
  hold.append(Buffer.alloc(70_000));
  hold.clear();
  hold.append(Buffer.alloc(10));
  expect(hold.peak).toBe(70_000);
});
