// Puts one route unit on the router: reads and checks what was asked, calls the unit, sends what it gives.
import express from "express";
import type { Request, RequestHandler, Response, Router } from "express";
import type { z } from "zod";
import { callerOf } from "./guard.ts";
import { readParameters } from "./parameter.ts";
import type { Parameters } from "./parameter.ts";
import { Refusal } from "./problem.ts";
import type { FieldError } from "./problem.ts";
import type { Asked, Parts, Reply, Route, RouteBody } from "./route.ts";

// The larger public documents are of single-digit megabytes; far more would hold the event loop for seconds.
const MAX_TEXT_BODY = "10mb";
// A settings change is a few fields.
const MAX_JSON_BODY = "64kb";

export const JSON_TYPES = ["application/json", "application/merge-patch+json"] as const;

/** Mounts all units, and for each path a refusal that names the methods it takes. */
export function mountRoutes(router: Router, routes: readonly Route[], parts: Parts): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = expressPath(route.path);
    router[route.method](path, labelled(route), ...bodyReaders(route.body), answering(route, parts));
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
  }
  for (const [path, taken] of methods) router.all(path, methodRefusal(taken));
}

/** Id of the unit that took the request, for counters and the log; "none" when none did. */
export function routeLabel(response: Response): string {
  const route: unknown = response.locals["route"];
  return typeof route === "string" ? route : "none";
}

function labelled({ id }: Route): RequestHandler {
  return (_request, response, next) => {
    response.locals["route"] = id;
    next();
  };
}

/** `/services/{authority}` as Express spells it; a dot in a template is a dot. */
export function expressPath(template: string): string {
  return template.replaceAll(/\{(\w+)\}/g, ":$1");
}

function methodRefusal(methods: readonly string[]): RequestHandler {
  const allowed = [...(methods.includes("GET") ? ["HEAD"] : []), ...methods, "OPTIONS"].sort().join(", ");
  return (request, response) => {
    response.set("Allow", allowed);
    if (request.method !== "OPTIONS") throw new Refusal("method-unknown", `It takes ${allowed}.`);
    response.status(204).end();
  };
}

function bodyReaders(body: RouteBody<unknown>): RequestHandler[] {
  switch (body.kind) {
    case "none":
      return [];
    case "json":
      return [typeCheck(JSON_TYPES), express.json({ limit: MAX_JSON_BODY, type: [...JSON_TYPES] })];
    case "text":
      return [typeCheck(body.types), express.text({ limit: MAX_TEXT_BODY, type: [...body.types] })];
    default:
      return body satisfies never;
  }
}

function typeCheck(types: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const is = request.is([...types]);
    // null: neither length nor transfer coding; clients also say it with a length of 0.
    if (is === null || request.headers["content-length"] === "0") {
      throw new Refusal("bad-body", "The request has no body.");
    }
    if (is === false) throw new Refusal("wrong-type", `It takes ${types.join(", ")}.`);
    next();
  };
}

function answering(route: Route, parts: Parts): RequestHandler {
  return async (request, response) => {
    const path = readParameters(route.parameters, mapOf(request.params), "path");
    const query = readParameters(route.query, queryOf(request.originalUrl), "query");
    const errors = [...path.errors, ...query.errors];
    if (errors.length > 0) throw new Refusal("bad-parameter", undefined, errors);
    const asked: Asked<Parameters, Parameters, unknown> = {
      path: path.values,
      query: query.values,
      body: bodyOf(route.body, request.body),
      by: callerOf(response),
      accepts: (types) => request.accepts([...types]) || null,
    };
    send(response, await route.handle(asked, parts));
  };
}

function mapOf(parameters: Request["params"]): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(parameters).map(([name, value]) => [name, [value].flat()]));
}

function queryOf(url: string): ReadonlyMap<string, readonly string[]> {
  const start = url.indexOf("?");
  const given = new URLSearchParams(start < 0 ? "" : url.slice(start + 1));
  return new Map([...given.keys()].map((name) => [name, given.getAll(name)]));
}

function bodyOf(body: RouteBody<unknown>, given: unknown): unknown {
  if (body.kind !== "json") return body.kind === "text" ? given : undefined;
  const read = body.schema.safeParse(given);
  if (read.success) return read.data;
  throw new Refusal("bad-body", undefined, read.error.issues.map(fieldError));
}

function fieldError({ path, message }: z.core.$ZodIssue): FieldError {
  return { in: "body", name: path.map(String).join("."), detail: message };
}

function send(response: Response, reply: Reply<unknown>): void {
  response.status(reply.status);
  if (reply.status === 204) {
    response.end();
    return;
  }
  if ("json" in reply) {
    if (reply.location !== undefined) response.set("Location", reply.location);
    response.type("application/json").send(JSON.stringify(reply.json));
    return;
  }
  response.vary("Accept").type(reply.type).send(reply.text);
}
