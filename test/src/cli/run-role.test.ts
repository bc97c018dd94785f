// A role's parts are stopped in reverse order, also when it fails, and flags win over the environment.
import { Command } from "commander";
import { afterEach, expect, test } from "vitest";
import { declareListenFlag, declareRoleFlags, runRole } from "../../../src/cli/run-role.ts";

const exitCode = process.exitCode;
afterEach(() => {
  process.exitCode = exitCode;
});

test("work done, everything is stopped, last first", async () => {
  const stopped: string[] = [];
  await runRole(
    { listen: "127.0.0.1:0", state: "/nowhere" },
    { stay: false },
    async ({ settings, shutdown }) => {
      expect(settings.listen).toEqual({ host: "127.0.0.1", port: 0 });
      expect(settings.state).toBe("/nowhere");
      for (const name of ["first", "second"]) shutdown.add(name, async () => void stopped.push(name));
    },
  );
  expect(stopped).toEqual(["second", "first"]);
  expect(process.exitCode).toBe(0);
});

test("a failure stops what was started and is told", async () => {
  const stopped: string[] = [];
  const failing = runRole({}, { stay: true, quiet: true }, async ({ shutdown }) => {
    shutdown.add("part", async () => void stopped.push("part"));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(stopped).toEqual(["part"]);
});

test("a wrong flag is refused before anything starts", async () => {
  await expect(runRole({ listen: "8080" }, { stay: false }, async () => {})).rejects.toThrow(
    "--listen must be host:port",
  );
});

test("flags are declared once for all roles", () => {
  const command = declareListenFlag(declareRoleFlags(new Command("x")));
  expect(command.options.map((option) => option.long)).toEqual([
    "--database-url",
    "--kafka-brokers",
    "--state",
    "--policies",
    "--places",
    "--service-headers",
    "--log-level",
    "--listen",
    "--ai-vendors",
  ]);
});
