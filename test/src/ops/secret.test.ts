// The secret is made once, for its owner alone.
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installSecret, secretFromText } from "../../../src/ops/secret.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "umbra-secret-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("made when absent, kept afterwards, readable by its owner alone", async () => {
  const state = path.join(folder, "state");
  const first = await installSecret(state);
  expect(first).toHaveLength(32);
  expect(await installSecret(state)).toEqual(first);
  expect((await stat(path.join(state, "secret"))).mode & 0o777).toBe(0o600);
  expect((await stat(state)).mode & 0o777).toBe(0o711);
});

test("many that start at once agree, and leave nothing behind", async () => {
  const secrets = await Promise.all(Array.from({ length: 8 }, () => installSecret(folder)));
  expect(new Set(secrets.map((secret) => Buffer.from(secret).toString("hex"))).size).toBe(1);
  expect(await readdir(folder)).toEqual(["secret"]);
});

test("a file that is no secret is refused and left alone", async () => {
  await writeFile(path.join(folder, "secret"), "garbage");
  await expect(installSecret(folder)).rejects.toThrow("does not hold a secret");
  expect(await readFile(path.join(folder, "secret"), "utf8")).toBe("garbage");
});

test("a secret too open is closed", async () => {
  await installSecret(folder);
  const file = path.join(folder, "secret");
  await writeFile(file, await readFile(file), { mode: 0o644 });
  await (await import("node:fs/promises")).chmod(file, 0o644);
  await installSecret(folder);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("a secret given as text is its bytes", () => {
  expect(secretFromText("é")).toEqual(new Uint8Array([0xc3, 0xa9]));
});
