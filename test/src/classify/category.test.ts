// What answers there, told from totals.
import { expect, test } from "vitest";
import { categoryOf } from "../../../src/classify/category.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { AiVerdict } from "../../../src/model/inventory.ts";
import type { FactWords } from "../inventory/an-endpoint.ts";
import { someFacts } from "../inventory/an-endpoint.ts";

const html: FactWords = { responseType: "text/html", response: null };
const json: FactWords = { responseType: "application/json", response: null };
const likely: AiVerdict = { ...NO_AI, verdict: "likely" };

interface Case {
  readonly path: string;
  readonly facts?: FactWords;
  readonly method?: string;
  readonly style?: "rest" | "graphql";
  readonly listed?: boolean;
  readonly ai?: AiVerdict;
  readonly is: string;
}

test.each<Case>([
  { path: "/orders", facts: json, is: "api" },
  { path: "/orders", is: "api" },
  { path: "/orders", facts: { statuses: { 401: 1 } }, is: "api" },
  { path: "/orders", facts: { ...html, statuses: { 401: 1 } }, is: "api" },
  { path: "/orders", facts: { statuses: { 404: 1 } }, is: "probe" },
  { path: "/orders", facts: { statuses: { 404: 1 } }, listed: true, is: "api" },
  { path: "/about", facts: html, is: "page" },
  { path: "/about", facts: html, listed: true, is: "api" },
  { path: "/login", facts: html, method: "POST", is: "page" },
  { path: "/chat", facts: html, ai: likely, is: "api" },
  { path: "/graphql", facts: html, style: "graphql", is: "api" },
  { path: "/app.js", facts: { responseType: "text/javascript", response: null }, is: "asset" },
  { path: "/app.js", is: "asset" },
  { path: "/app.js", facts: html, is: "asset" },
  { path: "/app.js", facts: json, is: "api" },
  { path: "/app.js", method: "PUT", is: "api" },
  { path: "/static/{file}", is: "asset" },
  { path: "/robots.txt", facts: { responseType: "text/plain", response: null }, is: "asset" },
  { path: "/manifest.json", facts: json, is: "asset" },
  { path: "/users/{userId}.json", facts: json, is: "api" },
  { path: "/avatars/{avatarId}", facts: { responseType: "image/png", response: null }, is: "api" },
  { path: "/.env", facts: html, is: "probe" },
  { path: "/.env", facts: { statuses: { 403: 1 } }, is: "probe" },
  { path: "/wp-login.php", facts: { ...html, statuses: { 200: 3 }, callers: 2 }, is: "page" },
])(
  "$method $path $facts is $is",
  ({ path, facts, method = "GET", style = "rest", listed = false, ai = NO_AI, is }) => {
    expect(categoryOf({ key: { path, method, style }, facts: someFacts(facts), listed, ai })).toBe(is);
  },
);
