// Internal addresses in requests are told from everybody's.
import { expect, test } from "vitest";
import { targetMark } from "../../../../src/digest/ai/targets.ts";

test.each([
  ["http://169.254.169.254/latest/meta-data", "metadata-url"],
  ["http://metadata.google.internal/x", "metadata-url"],
  ["https://10.1.2.3/x", "private-url"],
  ["http://user@localhost:8080", "private-url"],
  ["http://172.20.0.1", "private-url"],
  ["http://172.40.0.1", null],
  ["https://example.com/10.0.0.1", null],
  ["how are you", null],
  ["", null],
])("%s is %s", (text, mark) => {
  expect(targetMark(text)).toBe(mark);
});
