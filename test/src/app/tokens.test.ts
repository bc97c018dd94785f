// Tokens come from settings and from a file, which may change while Umbra runs.
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readTokenFile } from "../../../src/api/token-file.ts";
import { followTokens, loadTokens, tokenLine } from "../../../src/app/tokens.ts";

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

async function aFile(text: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "umbra-tokens-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, "tokens");
  await writeFile(file, text);
  return file;
}

test("tokens of settings have no name of their own, those of the file have", async () => {
  const apiTokenFile = await aFile(tokenLine("ann", "second"));
  expect(await loadTokens({ apiTokens: ["first"], apiTokenFile })).toEqual([
    { name: "api", hash: hashOf("first") },
    { name: "ann", hash: hashOf("second") },
  ]);
  expect(await loadTokens({ apiTokens: [], apiTokenFile: null })).toEqual([]);
});

test("a file that is not there or wrong stops the start", async () => {
  await expect(loadTokens({ apiTokens: [], apiTokenFile: "/nowhere/tokens" })).rejects.toThrow(
    "/nowhere/tokens: the file of tokens cannot be read (ENOENT)",
  );
  const apiTokenFile = await aFile("ann: s3cret");
  await expect(loadTokens({ apiTokens: [], apiTokenFile })).rejects.toThrow("line 1");
});

test("a token comes and goes with its line; a file that went wrong changes nothing", async () => {
  const apiTokenFile = await aFile(tokenLine("ann", "one"));
  const refusals: string[] = [];
  const source = await followTokens({ apiTokens: [], apiTokenFile }, (sentence) => refusals.push(sentence));
  onTestFinished(() => source.stop());
  const names = () => source.tokens().map(({ name }) => name);
  expect(names()).toEqual(["ann"]);
  await writeFile(apiTokenFile, tokenLine("bob", "two"));
  await source.look();
  expect(names()).toEqual(["bob"]);
  await writeFile(apiTokenFile, "bob");
  await source.look();
  expect([names(), refusals.length]).toEqual([["bob"], 1]);
  await source.look();
  expect(refusals).toHaveLength(1);
});

test("a file that was emptied lets nobody in", async () => {
  const apiTokenFile = await aFile(tokenLine("ann", "one"));
  const source = await followTokens({ apiTokens: [], apiTokenFile }, () => undefined);
  onTestFinished(() => source.stop());
  await writeFile(apiTokenFile, "");
  await source.look();
  expect(source.tokens()).toEqual([]);
});

test("a line names whom the token is for, and does not hold it", () => {
  const line = tokenLine("ann", "a-secret");
  expect(readTokenFile("tokens", line)).toEqual([{ name: "ann", hash: hashOf("a-secret") }]);
  expect(line).not.toContain("a-secret");
  expect(() => tokenLine("a#b", "x")).toThrow("--name must be");
});
