// The libraries' links, which a package manager may not have made.
import { mkdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { linkLibraries, postgresBinaries } from "../../../src/store/postgres-binaries.ts";
import { temporaryFolder } from "../../support/postgres.ts";

let folder: string;
let native: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  native = path.join(folder, "native");
  await mkdir(path.join(native, "lib"), { recursive: true });
  await writeFile(path.join(native, "lib/libpq.so.5.18"), "library");
  const source = "native/lib/libpq.so.5.18";
  await writeFile(
    path.join(native, "pg-symlinks.json"),
    JSON.stringify([
      { source, target: "native/lib/libpq.so" },
      { source, target: "native/lib/libpq.so.5" },
    ]),
  );
});
afterEach(() => rm(folder, { recursive: true }));

test("missing links are made, relative, so that the folder can move", async () => {
  await linkLibraries(native);
  expect(await readlink(path.join(native, "lib/libpq.so"))).toBe("libpq.so.5.18");
  expect(await readFile(path.join(native, "lib/libpq.so.5"), "utf8")).toBe("library");
});

test("links that are there stay, also when many link at once", async () => {
  await symlink("libpq.so.5.18", path.join(native, "lib/libpq.so"));
  await Promise.all(Array.from({ length: 10 }, () => linkLibraries(native)));
  expect(await readFile(path.join(native, "lib/libpq.so"), "utf8")).toBe("library");
});

test("a package without a list needs no links", async () => {
  await rm(path.join(native, "pg-symlinks.json"));
  await expect(linkLibraries(native)).resolves.toBeUndefined();
});

test("a list whose links cannot be made is an error", async () => {
  await writeFile(
    path.join(native, "pg-symlinks.json"),
    JSON.stringify([{ source: "native/a", target: "native/no/such/folder" }]),
  );
  await expect(linkLibraries(native)).rejects.toThrow("ENOENT");
});

test("what this platform's package holds is found", async () => {
  const binaries = await postgresBinaries(null, path.join(folder, "spare"));
  expect(path.basename(binaries.postgres)).toMatch(/^postgres(\.exe)?$/);
  expect(binaries.major).toMatch(/^\d{2}$/);
});

test("an account that cannot read the installation gets a copy it owns", async () => {
  // Nobody but root may give files away; anybody can ask for itself.
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const installed = (await postgresBinaries(null, folder)).postgres;
  const nobody = { name: "nobody", uid: uid === 0 ? 65_533 : uid, gid: uid === 0 ? 65_533 : gid };
  const { postgres } = await postgresBinaries(nobody, folder);
  expect([installed, path.join(folder)].some((place) => postgres.startsWith(place))).toBe(true);
});
