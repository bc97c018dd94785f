import { expect, test } from "vitest";
import { Allowance } from "../../../../collectors/wire/allowance.ts";
import { Message } from "../../../../collectors/wire/http1/message.ts";

test("what a message keeps is given back, and stays readable", () => {
  const allowance = new Allowance(() => {}, 2_000);
  const message = new Message(allowance);
  message.fields.add("Host: a");
  message.addTrailer("T: 1");
  message.body.add(Buffer.alloc(500, 0x61), 0, 500);
  expect(allowance.used).toBeGreaterThan(1_400);
  expect(allowance.take(600)).toBe(false);
  message.release();
  message.release();
  expect(allowance.used).toBe(0);
  expect([message.body.bytes.length, message.fields.list]).toEqual([500, [["host", "a"]]]);
});

test("when nothing is left, sizes and framing still count", () => {
  const message = new Message(new Allowance(() => {}, 0));
  message.fields.add("X-Long: b");
  message.fields.add("Content-Length: 500");
  message.body.add(Buffer.alloc(500), 0, 500);
  expect([message.body.size, message.body.isPartial, message.body.bytes.length]).toEqual([500, true, 0]);
  expect(message.fields.list).toEqual([["content-length", "500"]]);
});

test("skipping makes it partial", () => {
  const message = new Message(new Allowance(() => {}));
  message.skip(7);
  expect([message.isPartial, message.body.size]).toEqual([true, 7]);
});
