// Listening: an address, sentences for what goes wrong, and an end that lets answers out.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { listen } from "../../../src/api/listen.ts";

test("a free port is found, and given back", async () => {
  const app = express().get("/", (_request, response) => {
    response.send("here");
  });
  const { url, port, close } = await listen(app, "127.0.0.1", 0);
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect(await (await fetch(url)).text()).toBe("here");
  await close();
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("an answer under way is finished", async () => {
  let answer = () => {};
  let arrived = () => {};
  const asked = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const app = express().get("/", (_request, response) => {
    answer = () => response.send("late");
    arrived();
  });
  const { url, close } = await listen(app, "127.0.0.1", 0);
  const response = fetch(url);
  await asked;
  const closed = close();
  answer();
  expect(await (await response).text()).toBe("late");
  await closed;
});

test("a taken port is one clear sentence", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  await expect(listen(express(), "127.0.0.1", port)).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another process: stop it, or choose another port.`,
  );
  other.close();
});

test("a foreign address too", async () => {
  await expect(listen(express(), "192.0.2.1", 0)).rejects.toThrow("192.0.2.1 is no address of this machine.");
});
