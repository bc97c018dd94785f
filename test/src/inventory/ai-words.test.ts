// What rules ask of facts.
import { expect, test } from "vitest";
import { isCredentialClass, isOwnAi, isVendorUse, openSuccesses } from "../../../src/inventory/ai-words.ts";
import { anAiEndpoint } from "./an-ai-endpoint.ts";

test("roles", () => {
  expect(isOwnAi(anAiEndpoint())).toBe(true);
  expect(isOwnAi(anAiEndpoint({ verdict: { role: "consumer" } }))).toBe(false);
  expect(isVendorUse(anAiEndpoint({ verdict: { role: "consumer" } }))).toBe(true);
});

test("only successes without credentials are open", () => {
  expect(openSuccesses(anAiEndpoint({ auth: "none" }))).toBe(3);
  expect(openSuccesses(anAiEndpoint())).toBe(0);
});

test.each([
  ["some-vendor-key", true],
  ["session-token", true],
  ["street", false],
])("%s stands for a secret: %s", (dataClass, expected) => {
  expect(isCredentialClass(dataClass)).toBe(expected);
});
