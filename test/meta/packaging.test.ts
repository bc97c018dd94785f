// Promises that no compiler checks: the lock file, the README's commands, the manifest.
import { describe, expect, test } from "vitest";
import { read, unitIdsOf } from "./repository.ts";

const manifest = JSON.parse(read("package.json")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

test("the lock file names no place that packages come from", () => {
  expect(read("package-lock.json").match(/"resolved"/g)).toBeNull();
});

test("versions are exact", () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+([-+].+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

describe.each(["README.md", "CONTRIBUTING.md"])("commands in %s", (file) => {
  const text = read(file);
  const shell = [...text.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g)].map(
    ([, block, inline]) => block ?? inline ?? "",
  );

  test("npm scripts exist", () => {
    const named = shell.flatMap((code) => [...code.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)]);
    const unknown = named
      .map(([, script, short]) => script ?? short ?? "")
      .filter((name) => !(name in manifest.scripts));
    expect(named.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
  });

  test("umbra's commands exist", () => {
    const ids = unitIdsOf("src/cli/commands");
    const named = shell.flatMap((code) => [...code.matchAll(/(?:^|npx |\| |\$\()umbra ([a-z]+)/gm)]);
    expect(named.map(([, id]) => id ?? "").filter((id) => !ids.includes(id))).toEqual([]);
  });
});
