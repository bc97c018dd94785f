// Which account runs the server, and where it can go.
import { chmod, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { reachable, serverAccount } from "../../../src/store/server-account.ts";
import { temporaryFolder } from "../../support/postgres.ts";

const root = process.getuid?.() === 0;

test("root gives way to an account without its rights, everybody else runs it themselves", async () => {
  const account = await serverAccount();
  expect(root ? [account?.uid, account?.gid].every((id) => (id ?? 0) > 0) : account === null).toBe(true);
});

test("a folder is reachable when it and all above it let the account pass", async () => {
  const folder = await temporaryFolder();
  const stranger = { name: "stranger", uid: 65_533, gid: 65_533 };
  try {
    const inner = path.join(folder, "inner");
    await mkdir(inner);
    await chmod(inner, 0o711);
    expect(await reachable(inner, stranger, "pass")).toBe(true);
    expect(await reachable(inner, stranger, "read")).toBe(false);
    await chmod(inner, 0o755);
    expect(await reachable(inner, stranger, "read")).toBe(true);
    await chmod(folder, 0o700);
    expect(await reachable(inner, stranger, "pass")).toBe(false);
    expect(await reachable(inner, null, "read")).toBe(true);
    const owner = { name: "owner", uid: process.getuid?.() ?? 0, gid: 65_533 };
    expect(await reachable(inner, owner, "read")).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
