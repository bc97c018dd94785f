import { STATUS_CODES } from "node:http";
import { expect, test } from "vitest";
import { statusPhrase } from "../../../src/openapi/status-phrase.ts";

// Newer words of RFC 9110, and what is registered no more.
const REWORDED = new Set(["413", "418", "422", "509"]);

test.each(Object.entries(STATUS_CODES).filter(([status]) => !REWORDED.has(status)))(
  "%s is %s",
  (status, phrase) => {
    expect(statusPhrase(status)).toBe(phrase);
  },
);

test.each([
  ["413", "Content Too Large"],
  ["422", "Unprocessable Content"],
  ["499", "Status 499"],
])("%s is %s", (status, phrase) => {
  expect(statusPhrase(status)).toBe(phrase);
});
