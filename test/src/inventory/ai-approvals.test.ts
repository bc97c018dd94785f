// Which vendors are allowed is read from YAML, and a mistake in it is named.
import { describe, expect, test } from "vitest";
import { approvalOf, readApprovals } from "../../../src/inventory/ai-approvals.ts";

const FILE = "sanctioned: [OpenAI]\ntolerated: [acme-ai.test]\nunsanctioned: [chat.acme-ai.test]\n";

function approvals(text = FILE) {
  const read = readApprovals(text);
  if (!read.ok) throw new Error(read.weird.detail ?? read.weird.name);
  return read.value;
}

test.each([
  ["openai", ["api.openai.com"], "sanctioned"],
  ["Acme", ["api.acme-ai.test"], "tolerated"],
  ["Acme", ["api.acme-ai.test", "eu.chat.acme-ai.test:8443"], "unsanctioned"],
  ["Other", ["other.test"], "unreviewed"],
] as const)("%s at %s is %s", (vendor, hosts, approval) => {
  expect(approvalOf(vendor, hosts, approvals())).toBe(approval);
});

test("what is in no list can be forbidden", () => {
  expect(approvalOf("Other", [], approvals("others: unsanctioned\n"))).toBe("unsanctioned");
  expect(approvals("").others).toBe("unreviewed");
});

describe("mistakes", () => {
  test.each([
    ["sanctioned: [a", "ai-approvals.not-yaml"],
    ["allowed: [a]", "ai-approvals.shape"],
    ["sanctioned: a", "ai-approvals.shape"],
    ["a: &a [*a]", "ai-approvals"],
  ])("%s", (text, name) => {
    const read = readApprovals(text);
    expect(read.ok ? "" : read.weird.name).toContain(name);
  });
});
