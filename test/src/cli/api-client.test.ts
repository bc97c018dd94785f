// Commands that read a running Umbra say what to do when it does not answer as hoped.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readApi } from "../../../src/cli/api-client.ts";

const server = createServer((request, response) => {
  if (request.headers.authorization !== "Bearer right") {
    response.writeHead(401, { "content-type": "application/problem+json" });
    response.end(JSON.stringify({ title: "A token is needed." }));
  } else if (request.url === "/api/v1/wrong") {
    response.writeHead(400, { "content-type": "application/problem+json" });
    const errors = ["a", "b"].map((name) => ({ in: "body", name, detail: "must be less" }));
    response.end(JSON.stringify({ title: "The body is wrong.", errors }));
  } else response.end(`${request.headers.accept} ${request.url}`);
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test("gives the body, with accept and token sent", async () => {
  expect(await readApi({ url: `${url}/`, token: "right" }, "/services", "application/json")).toBe(
    "application/json /api/v1/services",
  );
});

test("tells the API's own reason", async () => {
  await expect(readApi({ url, token: undefined }, "/services", "*/*")).rejects.toThrow(
    "401: A token is needed.",
  );
});

test("tells which fields were wrong", async () => {
  await expect(readApi({ url, token: "right" }, "/wrong", "*/*")).rejects.toThrow(
    /400: The body is wrong\. a: must be less; b: must be less$/,
  );
});

test("says what to start when nothing answers", async () => {
  await expect(readApi({ url: "http://127.0.0.1:1", token: undefined }, "/", "*/*")).rejects.toThrow(
    "umbra start",
  );
});

test("refuses what is no address", async () => {
  await expect(readApi({ url: "nonsense", token: undefined }, "/", "*/*")).rejects.toThrow("not an address");
});
