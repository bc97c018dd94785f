// Which endpoints are meant has to be said; then one call says it of all of them.
import { Command } from "commander";
import { afterEach, expect, test, vi } from "vitest";
import { assign, declareAssignFlags } from "../../../src/cli/assign.ts";
import { UsageError } from "../../../src/cli/command.ts";

afterEach(() => vi.restoreAllMocks());

test("flags become one call", async () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const asked = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response('{"endpoints":2}'));
  const command = declareAssignFlags(new Command()).action((flags) => assign({ owner: null }, flags));
  await command.parseAsync(["--path", "/v0/", "--reason", "old"], { from: "user" });
  const [url, request] = asked.mock.calls[0] ?? [];
  expect(url).toBe("http://127.0.0.1:8080/api/v1/endpoints/assign");
  expect(JSON.parse(String(request?.body))).toEqual({ path: "/v0/", reason: "old", owner: null });
  expect(write).toHaveBeenCalledWith("Said of 2 endpoints.\n");
});

test("nothing meant is refused before anything is asked", async () => {
  const asked = vi.spyOn(globalThis, "fetch");
  await expect(assign({ decision: "approved" }, { url: "http://127.0.0.1:1" })).rejects.toThrow(UsageError);
  expect(asked).not.toHaveBeenCalled();
});
