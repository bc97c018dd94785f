// The API comes up over any store, with tokens where there are some, and goes down with the role.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkListen, serveApi } from "../../../src/app/api-role.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anEndpoint, aService } from "../../support/builders.ts";
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

test("beyond loopback a token is needed", async () => {
  const listen = { host: "0.0.0.0", port: 0 };
  await expect(checkListen(aRole({ listen }))).rejects.toThrow("token");
  await checkListen(aRole({ listen, apiTokens: ["a-token-long-enough"] }));
});

test("an emptied file of tokens opens nothing", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "umbra-tokens-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const apiTokenFile = path.join(folder, "tokens");
  await writeFile(apiTokenFile, "# nobody\n");
  await expect(checkListen(aRole({ listen: { host: "0.0.0.0", port: 0 }, apiTokenFile }))).rejects.toThrow(
    "configure a token first",
  );
  const context = aRole({ apiTokenFile });
  const { url } = await serveApi(context, createMemoryStore(), {} as never);
  expect((await fetch(`${url}/api/v1/services`)).status).toBe(401);
  await context.shutdown.run("test");
});

test("the list of AI vendors is read for each answer; a wrong one stops the start", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "umbra-vendors-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const aiVendors = path.join(folder, "vendors.yaml");
  await expect(serveApi(aRole({ aiVendors }), createMemoryStore(), {} as never)).rejects.toThrow(
    "cannot be read",
  );
  await writeFile(aiVendors, "sanctioned: [OpenAI]");
  const store = createMemoryStore();
  const authority = "api.openai.com";
  const ai = { ...NO_AI, verdict: "confirmed", role: "consumer", vendor: "OpenAI" } as const;
  await store.commit({
    services: [aService({ authority })],
    endpoints: [anEndpoint({ authority, ai })],
    removedEndpointIds: [],
    events: [],
    health: [],
    position: null,
    expectedOffset: null,
    specRevision: 0,
  });
  const context = aRole({ aiVendors });
  const { url } = await serveApi(context, store, {} as never);
  onTestFinished(async () => void (await context.shutdown.run("test")));
  const approval = async (): Promise<unknown> => {
    const answer = (await (await fetch(`${url}/api/v1/ai`)).json()) as { vendors: { approval: string }[] };
    return answer.vendors[0]?.approval;
  };
  expect(await approval()).toBe("sanctioned");
  await writeFile(aiVendors, "unsanctioned: [OpenAI]");
  expect(await approval()).toBe("unsanctioned");
});
