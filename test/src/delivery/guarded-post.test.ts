// Posting to addresses people configured: what is reached, what is refused, what counts as final.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { guardedPost, isPublicAddress } from "../../../src/delivery/guarded-post.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function receiver(status: number, headers: Readonly<Record<string, string>> = {}) {
  const got: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      got.push(`${request.method} ${request.url} ${request.headers.host} ${body}`);
      response.writeHead(status, headers).end("secret words of the server");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (server.address() as AddressInfo).port, got };
}

const sent = { headers: { "x-a": "b" }, body: '{"a":1}' };
const local = {
  allowedHosts: new Set(["hooks.test"]),
  resolve: async () => [{ address: "127.0.0.1", family: 4 }],
};

describe("posting", () => {
  test("the name is kept for the receiver, the checked address is connected to", async () => {
    const { port, got } = await receiver(204);
    expect(await guardedPost(`http://hooks.test:${port}/x`, sent, local)).toEqual({ ok: true });
    expect(got).toEqual([`POST /x hooks.test:${port} {"a":1}`]);
  });

  test.each([
    [400, true],
    [410, true],
    [429, false],
    [404, false],
    [500, false],
    [301, false],
  ])("status %i: final %s, told as a status alone", async (status, final) => {
    const { port } = await receiver(status, { location: "http://127.0.0.1:1/" });
    const result = await guardedPost(`http://hooks.test:${port}/`, sent, local);
    expect(result).toEqual({ ok: false, error: `status ${status}`, final });
  });

  test("a receiver that is silent or away fails by name", async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const slow = await guardedPost(`http://hooks.test:${port}/`, sent, { ...local, timeoutMs: 50 });
    expect(slow).toMatchObject({ ok: false, final: false });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await guardedPost(`http://hooks.test:${port}/`, sent, local)).toMatchObject({
      error: "ECONNREFUSED",
    });
  });
});

describe("internal addresses", () => {
  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "100.64.0.1",
  ])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));
  test("public ones are", () => {
    expect(isPublicAddress("93.184.216.34")).toBe(true);
    expect(isPublicAddress("2606:2800:220:1::1")).toBe(true);
  });
  test("a name that means one is refused, unless allowed by name", async () => {
    const { port, got } = await receiver(200);
    const refused = await guardedPost(`http://other.test:${port}/`, sent, local);
    expect(refused).toMatchObject({ ok: false, error: expect.stringContaining("UMBRA_DELIVERY_ALLOW") });
    expect(await guardedPost(`http://127.0.0.1:${port}/`, sent, { allowedHosts: new Set() })).toMatchObject({
      ok: false,
    });
    expect(await guardedPost("file:///etc/passwd", sent, local)).toMatchObject({ final: true });
    const nowhere = { ...local, resolve: async () => Promise.reject(new Error("ENOTFOUND")) };
    expect(await guardedPost("http://hooks.test/", sent, nowhere)).toMatchObject({ error: "name not found" });
    expect(got).toEqual([]);
  });
});
