// Bodies of every wrapping give their texts.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Body } from "../../../../src/model/exchange.ts";
import { contentsOf } from "../../../../src/digest/text/contents.ts";

const body = (text: string | Uint8Array, complete = true): Body => {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return { kind: "recorded", bytes, size: bytes.length, complete };
};
const type = (essence: string, boundary = "") => ({ essence, charset: "", boundary });
const texts = (essence: string, text: string, boundary = "") =>
  contentsOf(body(text), type(essence, boundary))?.tree.texts.map((leaf) => leaf.text);

test.each([
  ["application/json", '{"a":"one two"}'],
  ["text/event-stream", 'data: {"a":"one two"}\n\n'],
  ["application/x-ndjson", '{"a":"one two"}\n'],
  ["application/x-www-form-urlencoded", "a=one+two"],
  ["text/xml", "<a>one two</a>"],
  ["text/html", "<p>one <b>two</b></p><script>var x;</script>"],
  ["text/plain", "one two"],
  ["", '{"a":"one two"}'],
])("%s", (essence, text) => expect(texts(essence, text)).toEqual(["one two"]));

test("forms with files", () => {
  const form =
    '--b\r\nContent-Disposition: form-data; name="q"\r\n\r\none two\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="a.mp3"\r\nContent-Type: audio/mpeg\r\n\r\nxx\r\n--b--';
  const { tree } = contentsOf(body(form), type("multipart/form-data", "b")) ?? {};
  expect(tree?.texts.map((leaf) => leaf.text)).toEqual(["one two"]);
  expect(tree?.files).toContain("audio/mpeg");
});

test("images and recordings are told by label or first bytes", () => {
  expect(contentsOf(body("x"), type("audio/wav"))?.media).toBe("audio");
  expect(contentsOf(body(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 1])), type(""))?.media).toBe("image");
  expect(contentsOf(body("<svg/>"), type("image/svg+xml"))?.media ?? null).toBeNull();
});

test("numbers without any brackets", () => {
  const rows = (text: string) => contentsOf(body(text), type("text/plain"))?.tree.rows ?? [];
  expect(rows("0.25,-0.5, 1")).toMatchObject([{ values: [0.25, -0.5, 1] }]);
  expect(rows("12 monkeys")).toEqual([]);
  expect(rows("12")).toEqual([]);
});

test("nothing recorded, nothing read", () => {
  expect(contentsOf({ kind: "none" }, type("application/json"))).toBeNull();
  expect(contentsOf(body("x"), type("application/pdf"))).toBeNull();
});

test("never throws, whatever it is called", () => {
  const kinds = [
    "application/json",
    "text/event-stream",
    "text/html",
    "text/xml",
    "application/vnd.amazon.eventstream",
    "",
  ];
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom(...kinds),
      fc.boolean(),
      (bytes, essence, complete) => {
        expect(() => contentsOf(body(bytes, complete), type(essence))).not.toThrow();
      },
    ),
  );
});
