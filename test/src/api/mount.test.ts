// Mounting: what a unit is handed, and what never reaches it.
import express from "express";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { listen } from "../../../src/api/listen.ts";
import { expressPath, mountRoutes } from "../../../src/api/mount.ts";
import { integer, inPath } from "../../../src/api/parameter.ts";
import { refusalFrom, sendProblem, Refusal } from "../../../src/api/problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../../../src/api/route.ts";
import type { Parts, Route } from "../../../src/api/route.ts";

const asked: unknown[] = [];

const look = defineRoute({
  id: "look",
  method: "get",
  path: "/pets/{pet}",
  tag: "meta",
  summary: "Look",
  parameters: { pet: inPath("Pet.") },
  query: { n: integer("N.", { least: 0, most: 9, otherwise: 1 }) },
  body: NO_REQUEST_BODY,
  answers: { 200: "Seen." },
  content: { kind: "json", schema: z.object({ ok: z.boolean() }) },
  refusals: [],
  async handle({ path, query }) {
    asked.push({ path, query });
    return { status: 200, json: { ok: true } };
  },
});

const change = defineRoute({
  ...(look as object as typeof look),
  id: "change",
  method: "patch",
  query: {},
  body: { kind: "json", schema: z.strictObject({ name: z.string() }) },
  async handle({ body }) {
    asked.push(body);
    return { status: 200, json: { ok: true } };
  },
});

let close = async () => {};
afterEach(async () => {
  asked.length = 0;
  await close();
});

async function start(routes: readonly Route[]): Promise<string> {
  const app = express();
  mountRoutes(app, routes, {} as Parts);
  app.use(((error, _request, response, _next) => {
    sendProblem(response, refusalFrom(error) ?? new Refusal("bug"));
  }) as express.ErrorRequestHandler);
  const running = await listen(app, "127.0.0.1", 0);
  close = running.close;
  return running.url;
}

async function send(url: string, method: string, body?: string, type = "application/json") {
  const response = await fetch(url, { method, ...(body && { body, headers: { "content-type": type } }) });
  return [response.status, (await response.json()) as { type: string; errors?: unknown }] as const;
}

test("a path is spelt as Express spells it", () => {
  expect(expressPath("/services/{authority}/openapi")).toBe("/services/:authority/openapi");
});

test("variables are decoded, parameters read", async () => {
  const url = await start([look]);
  await fetch(`${url}/pets/a%2Fb%3A1?n=7`);
  expect(asked).toEqual([{ path: { pet: "a/b:1" }, query: { n: 7 } }]);
});

test("what does not fit never reaches the unit", async () => {
  const url = await start([look]);
  expect(await send(`${url}/pets/a?n=10&m=1`, "GET")).toMatchObject([
    400,
    { type: "urn:umbra:problem:bad-parameter", errors: [{ name: "n" }, { name: "m" }] },
  ]);
  expect(await send(`${url}/pets/%ff`, "GET")).toMatchObject([400, { type: "urn:umbra:problem:bad-path" }]);
  expect(asked).toEqual([]);
});

test("a body is checked field by field", async () => {
  const url = await start([change]);
  expect(await send(`${url}/pets/a`, "PATCH", '{"name":"x"}')).toEqual([200, { ok: true }]);
  expect(asked).toEqual([{ name: "x" }]);
  expect(await send(`${url}/pets/a`, "PATCH", '{"name":1}')).toMatchObject([
    400,
    { type: "urn:umbra:problem:bad-body", errors: [{ in: "body", name: "name" }] },
  ]);
  expect(await send(`${url}/pets/a`, "PATCH", "{")).toMatchObject([
    400,
    { type: "urn:umbra:problem:bad-body" },
  ]);
  expect(await send(`${url}/pets/a`, "PATCH")).toMatchObject([400, { type: "urn:umbra:problem:bad-body" }]);
  expect(await send(`${url}/pets/a`, "PATCH", "name=x", "text/plain")).toMatchObject([
    415,
    { type: "urn:umbra:problem:wrong-type" },
  ]);
  expect(await send(`${url}/pets/a`, "PATCH", JSON.stringify({ name: "x".repeat(70_000) }))).toMatchObject([
    413,
    { type: "urn:umbra:problem:too-large" },
  ]);
});

test("other methods are told which there are", async () => {
  const url = await start([look, change]);
  const refused = await fetch(`${url}/pets/a`, { method: "DELETE" });
  expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS, PATCH"]);
  const options = await fetch(`${url}/pets/a`, { method: "OPTIONS" });
  expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS, PATCH"]);
});
