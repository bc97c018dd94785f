// Shippers wrap lines; formats see what the gateway wrote.
import * as fc from "fast-check";
import { anyText } from "./any-text.ts";
import { expect, test } from "vitest";
import { unwrapLine } from "../../../collectors/gateway-log/container.ts";

const LINE = '192.0.2.7 - - [01/May/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 1';
const JSON_LINE = '{"method":"GET","uri":"/"}';

test.each([
  ["CRI", `2024-05-01T10:00:00.123456789Z stdout F ${LINE}`, LINE],
  ["CRI with a zone", `2024-05-01T10:00:00.1+02:00 stderr F ${JSON_LINE}`, JSON_LINE],
  ["compose", `gateway-1  | ${JSON_LINE}`, JSON_LINE],
  ["syslog", `<190>May  1 10:00:00 edge nginx: ${LINE}`, LINE],
  ["Docker", JSON.stringify({ log: `${LINE}\n`, stream: "stdout", time: "2024-05-01T10:00:00Z" }), LINE],
  ["Docker with JSON", JSON.stringify({ log: `${JSON_LINE}\n`, stream: "stdout" }), JSON_LINE],
  ["shipper", JSON.stringify({ "@timestamp": "2024-05-01T10:00:00Z", message: LINE }), LINE],
  ["CRI around Docker", `2024-05-01T10:00:00Z stdout F ${JSON.stringify({ log: LINE })}`, LINE],
])("%s", (_, wrapped, line) => {
  expect(unwrapLine(wrapped).record).toBe(line);
});

test.each([
  LINE,
  JSON_LINE,
  "",
  '{"message":"started","method":"GET"}',
  '{"log":{"entries":[]}}',
  '{"message":"',
])("%s stays", (line) => {
  expect(unwrapLine(line)).toEqual({ record: line });
});

test("what a shipper wrote around a line is kept beside it", () => {
  const envelope = { log: LINE, kubernetes: { pod_name: "edge-0" } };
  expect(unwrapLine(JSON.stringify(envelope))).toEqual({ record: LINE, envelope });
});

test("nothing throws", () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(typeof unwrapLine(text).record).toBe("string");
      expect(typeof unwrapLine(`{"message":"${text}`).record).toBe("string");
    }),
  );
});
