// The API comes up over any store, with tokens where there are some, and goes down with the role.
import { expect, test } from "vitest";
import { checkListen, serveApi } from "../../../src/app/api-role.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { aRole } from "../../support/role.ts";

test("serves until the shutdown, to whoever has the token", async () => {
  const context = aRole({ apiTokens: ["a-token-long-enough"] });
  const { url } = await serveApi(context, createMemoryStore(), {} as never);
  expect((await fetch(`${url}/api/v1/services`)).status).toBe(401);
  const headers = { authorization: "Bearer a-token-long-enough" };
  expect((await fetch(`${url}/api/v1/services`, { headers })).status).toBe(200);
  expect(await context.shutdown.run("test")).toBe(0);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
});

test("beyond loopback a token is needed", () => {
  const listen = { host: "0.0.0.0", port: 0 };
  expect(() => checkListen(aRole({ listen }))).toThrow("token");
  expect(() => checkListen(aRole({ listen, apiTokens: ["a-token-long-enough"] }))).not.toThrow();
});
