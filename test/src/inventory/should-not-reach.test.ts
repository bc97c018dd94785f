// Each rule: what it finds, and the near miss it leaves alone.
import { describe, expect, test } from "vitest";
import { hostIndexOf } from "../../../src/inventory/host-index.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { shouldNotReach } from "../../../src/inventory/should-not-reach.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { aCaller, aPlace, calledBy } from "../../support/callers.ts";

const placeOf = createPlaceFinder([
  aPlace({ name: "offices", kind: "users", addresses: ["10.9.0.0/16"] }),
  aPlace({ name: "runners", kind: "agents", addresses: ["10.8.0.0/16"] }),
]);
const ai = (kind: string, role: "provider" | "consumer" = "provider") =>
  ({ ...NO_AI, verdict: "confirmed", kind, role }) as const;
const found = (...endpoints: readonly Endpoint[]) =>
  shouldNotReach(hostIndexOf(endpoints, placeOf)).map(({ rule, caller }) => `${rule} ${caller}`);

describe("a model server from a network of users", () => {
  const model = (kind: string, address: string) =>
    calledBy([aCaller(address)], { path: "/v1/chat", ai: ai(kind) });
  test("is found", () => {
    expect(found(model("chat-completion", "10.9.1.1"))).toEqual(["model-from-users workload:offices"]);
  });
  test.each([
    ["another caller", model("chat-completion", "10.1.1.1")],
    ["an application with AI in it", model("ai-app", "10.9.1.1")],
    ["a vendor's service", calledBy([aCaller("10.9.1.1")], { ai: ai("chat-completion", "consumer") })],
  ])("%s is not", (_what, endpoint) => {
    expect(found(endpoint)).toEqual([]);
  });
});

describe("a vector store beyond its application", () => {
  const store = (...callers: ReturnType<typeof aCaller>[]) =>
    calledBy(callers, { path: "/query", ai: ai("vector-db") });
  const app = aCaller("10.1.0.5", { requests: 990 });
  test("is found, for each who goes around it", () => {
    expect(found(store(app, aCaller("10.1.0.6", { requests: 10 })))).toEqual([
      "store-beyond-app address:10.1.0.6",
    ]);
  });
  test("is not while nobody is its application", () => {
    expect(found(store(aCaller("10.1.0.5"), aCaller("10.1.0.6")))).toEqual([]);
    expect(found(store(app))).toEqual([]);
  });
});

describe("the cloud's metadata service", () => {
  const mcp = calledBy([aCaller("10.1.0.9")], {
    path: "/mcp",
    ai: ai("mcp-server"),
    servers: ["10.7.0.1:3000"],
  });
  const metadata = (caller: string, authority = "169.254.169.254") =>
    calledBy([aCaller(caller)], { authority, path: "/latest/meta-data", servers: [] });
  test("from a host that serves AI", () => {
    expect(found(mcp, metadata("10.7.0.1"))).toEqual(["metadata-from-ai address:10.7.0.1"]);
    expect(found(mcp, metadata("10.7.0.1", "metadata.google.internal"))).toHaveLength(1);
    expect(found(metadata("10.8.0.1"))).toEqual(["metadata-from-ai workload:runners"]);
  });
  test("not from any other host, and no other link-local address", () => {
    expect(found(mcp, metadata("10.7.0.2"))).toEqual([]);
    expect(found(mcp, metadata("10.7.0.1", "169.254.1.1"))).toEqual([]);
  });
});

describe("an agent that runs systems and reaches the Internet", () => {
  const admin = (caller: string) => calledBy([aCaller(caller)], { path: "/admin/users" });
  const outside = (caller: string) =>
    calledBy([aCaller(caller)], { authority: "news.example", path: "/", servers: ["203.0.113.5:443"] });
  const model = (caller: string) =>
    calledBy([aCaller(caller)], { path: "/v1/chat", ai: ai("chat-completion") });
  const tools = (caller: string) => calledBy([aCaller(caller)], { path: "/mcp", ai: ai("mcp-server") });
  test("named by people", () => {
    expect(found(admin("10.8.0.1"), outside("10.8.0.1"))).toEqual([
      "agent-egress-and-admin workload:runners",
    ]);
  });
  test("known by calling a model and tools", () => {
    const host = "10.1.0.7";
    expect(found(admin(host), outside(host), model(host), tools(host))).toEqual([
      "agent-egress-and-admin address:10.1.0.7",
    ]);
    expect(found(admin(host), outside(host), model(host))).toEqual([]);
  });
  test("not without both ways", () => {
    expect(found(admin("10.8.0.1"))).toEqual([]);
    expect(found(outside("10.8.0.1"))).toEqual([]);
    const vendor = calledBy([aCaller("10.8.0.1")], {
      servers: ["203.0.113.5:443"],
      ai: ai("chat-completion", "consumer"),
    });
    expect(found(admin("10.8.0.1"), vendor)).toEqual([]);
  });
});

test("the sentence names who, what and why, from names and shares alone", () => {
  const store = calledBy([aCaller("10.1.0.5", { requests: 990 }), aCaller("10.1.0.6", { requests: 10 })], {
    path: "/query",
    ai: ai("vector-db"),
  });
  expect(shouldNotReach(hostIndexOf([store], placeOf))[0]?.text).toBe(
    "10.1.0.6 reads the vector store (GET shop.test/query) to which 10.1.0.5 makes nearly all requests",
  );
});
