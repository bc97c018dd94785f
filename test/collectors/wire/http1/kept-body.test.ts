import fc from "fast-check";
import { expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { KeptBody } from "../../../../collectors/wire/http1/kept-body.ts";

const filled = (parts: readonly string[], expected = 0): KeptBody => {
  const body = new KeptBody(new Allowance(() => {}));
  if (expected > 0) body.expect(expected);
  for (const part of parts) body.add(Buffer.from(`-${part}-`), 1, part.length + 1);
  return body;
};

test("parts join, whatever was expected", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{0,50}$/)), fc.nat(100_000), (parts, expected) => {
      const body = filled(parts, expected);
      const text = parts.join("");
      expect([body.bytes.toString(), body.size, body.isPartial]).toEqual([text, text.length, false]);
    }),
  );
});

test("64 KiB are kept, all is counted", () => {
  const body = filled(["a".repeat(60_000), "b".repeat(60_000)]);
  body.add(Buffer.from("ccc"), 0, 3);
  expect([body.bytes.length, body.size, body.isPartial]).toEqual([65_536, 120_003, true]);
  expect(body.beyond).toBe(120_003 - 65_536);
});

test("what comes behind a hole is counted, not joined", () => {
  const body = filled(["abc"]);
  body.skip(10);
  body.add(Buffer.from("def"), 0, 3);
  expect([body.bytes.toString(), body.size, body.isPartial]).toEqual(["abc", 16, true]);
});

test("what is kept is a copy", () => {
  const source = Buffer.from("abc");
  const body = new KeptBody(new Allowance(() => {}));
  body.add(source, 0, 3);
  source.fill(0);
  expect(body.bytes.toString()).toBe("abc");
});
