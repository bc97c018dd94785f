// The list of vendors comes from a file, and a mistake in it is said in one sentence.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { approvalsFrom } from "../../../src/api/approvals.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-vendors-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("no file, no approvals", async () => {
  expect((await approvalsFrom(undefined)).others).toBe("unreviewed");
});

test("a file", async () => {
  const file = path.join(folder, "vendors.yaml");
  await writeFile(file, "sanctioned: [OpenAI]\nothers: unsanctioned\n");
  expect(await approvalsFrom(file)).toMatchObject({ sanctioned: ["OpenAI"], others: "unsanctioned" });
});

test("mistakes", async () => {
  const file = path.join(folder, "wrong.yaml");
  await writeFile(file, "allowed: [OpenAI]\n");
  await expect(approvalsFrom(file)).rejects.toThrow(/wrong: .*allowed/s);
  await expect(approvalsFrom(path.join(folder, "none.yaml"))).rejects.toThrow(/cannot be read/);
});
