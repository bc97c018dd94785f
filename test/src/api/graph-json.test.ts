// Graph and segmentation over HTTP: each format, and names that people gave.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { graphJson, reachJson } from "../../../src/api/graph-json.ts";
import { callerGraph } from "../../../src/inventory/caller-graph.ts";
import { aCaller, aPlace, calledBy, NOWHERE } from "../../support/callers.ts";
import { aCommit } from "./an-inventory.ts";
import { anApi } from "./an-api.ts";
import type { RunningApi } from "./an-api.ts";

const CHAT = { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "provider" } as const;
const endpoints = [
  calledBy([aCaller("10.0.3.9"), aCaller("203.0.113.7")], { path: "/v1/chat", ai: CHAT }),
  calledBy([aCaller("10.1.0.1")], { authority: "crm.test", path: "/customers", servers: ["10.2.0.1:443"] }),
];
let api: RunningApi;

beforeEach(async () => {
  const users = aPlace({ name: "offices", kind: "users" });
  api = await anApi({ places: createPlaceFinder([users]) });
  await api.store.commit(aCommit({ endpoints }));
});
afterEach(async () => api.close());

test("the graph by service, by endpoint, and as drawings", async () => {
  const { json } = await api.ask("/graph");
  expect(json.edges.map(({ caller, target }: Record<string, string>) => `${caller} ${target}`)).toEqual([
    "address:10.1.0.1 crm.test",
    "address:203.0.113.7 shop.test",
    "workload:offices shop.test",
  ]);
  expect(json.edges[0]).toMatchObject({ direction: "east-west", first_seen: "2026-11-02T12:00:00.000Z" });
  const one = (await api.ask("/graph?service=CRM.test")).json;
  expect(one.targets).toMatchObject([{ path: "/customers", method: "GET" }]);
  expect((await api.ask("/graph?format=dot")).text).toMatch(/^digraph callers/);
  expect((await api.ask("/graph", { headers: { accept: "text/vnd.mermaid" } })).text).toMatch(
    /^flowchart LR/,
  );
  expect((await api.ask("/graph", { headers: { accept: "image/png" } })).status).toBe(406);
});

test("who reaches what, and the blast radius of what is exposed", async () => {
  const { json } = await api.ask("/graph/reach");
  expect(json.reaches).toMatchObject([{ rule: "model-from-users", caller: "workload:offices" }]);
  expect(json.exposed).toMatchObject([{ endpoint_id: endpoints[0]?.id, services: ["crm.test"] }]);
});

test.each(["networkpolicy", "cilium", "istio", "csv"])("segmentation as %s", async (format) => {
  const query = `format=${format}&until=2026-11-20T00:00:00Z`;
  const { status, text } = await api.ask(`/services/SHOP.test/segmentation?${query}`);
  expect(status).toBe(200);
  expect(text).toContain("203.0.113.7/32");
});

test("segmentation of nobody, or as nothing known, is refused", async () => {
  expect((await api.ask("/services/nobody.test/segmentation?format=csv")).status).toBe(404);
  expect((await api.ask("/services/shop.test/segmentation?format=iptables")).status).toBe(400);
  expect((await api.ask("/services/shop.test/segmentation")).status).toBe(400);
});

test("the shapes are plain JSON", () => {
  const graph = graphJson(callerGraph(endpoints, { level: "endpoint", placeOf: NOWHERE }));
  expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
  expect(reachJson([], [])).toEqual({ reaches: [], exposed: [] });
});
