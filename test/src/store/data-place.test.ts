// Data lies in the state folder, or where the server's account can get to.
import { chmod, lstat, mkdir, readlink, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dataPlace } from "../../../src/store/data-place.ts";
import { temporaryFolder } from "../../support/postgres.ts";

let folder: string;
let state: string;
beforeEach(async () => {
  folder = await realpath(await temporaryFolder());
  state = path.join(folder, "state");
  await mkdir(state, { mode: 0o711 });
});
afterEach(() => rm(folder, { recursive: true }));

test("in the state folder, for nobody else to read", async () => {
  const place = await dataPlace(state, null);
  expect(place).toBe(path.join(state, "postgres"));
  expect((await lstat(place)).mode & 0o777).toBe(0o700);
  expect(await dataPlace(state, null)).toBe(place);
});

// Only root can hand a folder over to another account.
describe.runIf(process.getuid?.() === 0)("for another account", () => {
  const account = { name: "stranger", uid: 65_533, gid: 65_533 };

  test("it belongs to the account", async () => {
    const { uid, gid } = await lstat(await dataPlace(state, account));
    expect([uid, gid]).toEqual([65_533, 65_533]);
  });

  test("below a closed folder it lies elsewhere, and a link leads there", async () => {
    await chmod(state, 0o700);
    const elsewhere = path.join(folder, "system");
    const place = await dataPlace(state, account, elsewhere);
    expect(path.dirname(place)).toBe(elsewhere);
    expect(await readlink(path.join(state, "postgres"))).toBe(place);
    expect((await lstat(place)).uid).toBe(65_533);
    await chmod(state, 0o755);
    expect(await dataPlace(state, account, elsewhere)).toBe(place);
  });

  test("a state folder that was deleted starts empty", async () => {
    const system = path.join(folder, "system");
    await chmod(state, 0o700);
    const before = await dataPlace(state, account, system);
    await rm(path.join(state, "postgres"));
    const after = await dataPlace(state, account, system);
    expect(path.dirname(after)).toBe(system);
    expect(after).not.toBe(before);
  });

  test("data that got out of reach is an error that says what to do", async () => {
    await dataPlace(state, account);
    await chmod(state, 0o700);
    await expect(dataPlace(state, account, path.join(folder, "system"))).rejects.toThrow(
      /cannot enter .*chmod/,
    );
  });

  test("a link into nothing is an error, not a fresh start", async () => {
    await chmod(state, 0o700);
    const place = await dataPlace(state, account, path.join(folder, "system"));
    await rm(place, { recursive: true });
    await expect(dataPlace(state, account)).rejects.toThrow(/folder that is gone/);
  });
});
