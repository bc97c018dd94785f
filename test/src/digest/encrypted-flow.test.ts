import { expect, test } from "vitest";
import { createFlowDigest, OTHER_AUTHORITIES } from "../../../src/digest/encrypted-flow.ts";
import type { EncryptedFlow } from "../../../src/model/encrypted-flow.ts";
import { joinFacts } from "../../../src/model/facts.ts";
import { quantile } from "../../../src/model/sketch.ts";
import { sightingSchema } from "../../../src/stream/schemas.ts";

const hash32 = (text: string) => text.length;
const digestFlow = (flow: EncryptedFlow) => createFlowDigest({ hash32 })(flow);

function aFlow(over: Partial<EncryptedFlow> = {}): EncryptedFlow {
  return {
    source: "mirror",
    client: { address: "10.0.0.1", port: 40_000 },
    server: { address: "10.0.0.2", port: 443 },
    sni: "api.shop.test",
    ech: false,
    alpn: "h2",
    version: 0x0304,
    ja4: "t13d1516h2_8daaf6152771_e5627efa2ab1",
    bytes: [1_000, 50_000],
    startedAt: 5_000,
    endedAt: 9_000,
    ...over,
  };
}

const server = (address: string, port: number | null) => ({ address, port });

test.each<[string, Partial<EncryptedFlow>, string]>([
  ["the server name", {}, "api.shop.test"],
  ["with a port that is not 443", { server: server("10.0.0.2", 8443) }, "api.shop.test:8443"],
  ["in lower case", { sni: "API.shop.TEST" }, "api.shop.test"],
  ["the address without a name", { sni: null }, "10.0.0.2"],
  ["with its port", { sni: null, server: server("10.0.0.2", 8443) }, "10.0.0.2:8443"],
  ["IPv6 in brackets", { sni: null, server: server("2001:db8::1", 443) }, "[2001:db8::1]"],
  ["a port nobody told", { sni: null, server: server("10.0.0.2", null) }, "10.0.0.2"],
  ["the address for what is no name", { sni: "<script>" }, "10.0.0.2"],
  ["the address for a name with a port", { sni: "shop.test:1" }, "10.0.0.2"],
])("the authority is %s", (_, over, authority) => {
  expect(digestFlow(aFlow(over)).key).toEqual({
    authority,
    method: "",
    path: "",
    declared: false,
    protocol: "tls",
    style: "rest",
    operation: null,
  });
});

test("connections, callers, servers, bytes and times are kept, the outcome is unknown", () => {
  const { facts } = digestFlow(aFlow());
  expect(facts).toMatchObject({
    requests: 1,
    digested: 0,
    firstSeen: 5_000,
    lastSeen: 9_000,
    responses: { unknown: { count: 1, bodies: {} } },
    callers: { kept: { "10.0.0.1 ": { address: "10.0.0.1", agent: "", requests: 1 } } },
    distinctCallers: [8],
    servers: { kept: { "10.0.0.2:443": 1 } },
    sources: { mirror: 1 },
  });
  expect(quantile(facts.requestBytes, 0.5)).toBeCloseTo(1_000, -2);
  expect(quantile(facts.responseBytes, 0.5)).toBeCloseTo(50_000, -4);
});

test("fits the message, alone and joined", () => {
  const { key, facts } = digestFlow(aFlow());
  for (const one of [facts, joinFacts(facts, facts)]) {
    expect(sightingSchema.safeParse({ key, facts: one }).success).toBe(true);
  }
});

test("a broken clock and a client without address reach no sighting", () => {
  const { facts } = digestFlow(
    aFlow({ startedAt: Number.NaN, endedAt: Number.NaN, client: server("", null) }),
  );
  expect(facts).toMatchObject({ firstSeen: 0, lastSeen: 0, callers: { kept: {} }, distinctCallers: [] });
});

test("made-up names beyond a number are one authority; those known before stay", () => {
  const digest = createFlowDigest({ hash32, maxAuthorities: 2 });
  const authorities = ["a.test", "b.test", "c.test", "a.test", "d.test"].map(
    (sni) => digest(aFlow({ sni })).key.authority,
  );
  expect(authorities).toEqual(["a.test", "b.test", OTHER_AUTHORITIES, "a.test", OTHER_AUTHORITIES]);
});

test("what passes later on the same connection adds bytes and time, and no connection", () => {
  const later = digestFlow(aFlow({ isFurther: true, startedAt: 9_000, endedAt: 70_000, bytes: [10, 20] }));
  expect(sightingSchema.safeParse(later).success).toBe(true);
  const facts = joinFacts(digestFlow(aFlow()).facts, later.facts);
  expect(facts).toMatchObject({
    requests: 1,
    firstSeen: 5_000,
    lastSeen: 70_000,
    responses: { unknown: { count: 1 } },
    callers: { kept: { "10.0.0.1 ": { requests: 1, lastSeen: 70_000 } } },
    schemes: { unknown: 1 },
  });
  expect(quantile(facts.responseBytes, 0)).toBeLessThan(30);
});
