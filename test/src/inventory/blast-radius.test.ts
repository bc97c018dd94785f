// From an exposed chat endpoint, call by call, no further than the bound and never in circles.
import { expect, test } from "vitest";
import { blastRadius, exposedAi } from "../../../src/inventory/blast-radius.ts";
import { hostIndexOf } from "../../../src/inventory/host-index.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { aCaller, calledBy, NOWHERE } from "../../support/callers.ts";

const CHAT = { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "provider" } as const;
const chat = calledBy([aCaller("203.0.113.1")], { path: "/chat", ai: CHAT, servers: ["10.0.0.1:80"] });
/** `from` calls a service that `to` answers for. */
const step = (from: number, to: number, given: Parameters<typeof calledBy>[1] = {}) =>
  calledBy([aCaller(`10.0.0.${from}`)], {
    authority: `s${to}.test`,
    path: `/${from}`,
    servers: [`10.0.0.${to}:80`],
    ...given,
  });

function radius(...endpoints: readonly Endpoint[]) {
  const index = hostIndexOf([chat, ...endpoints], NOWHERE);
  const from = index.rows.find(({ id }) => id === chat.id);
  if (from === undefined) throw new Error("the chat endpoint was heard");
  return blastRadius(from, index);
}

test("what its servers call, what those call, and the data there", () => {
  const dataClasses = [{ dataClass: "iban", place: "response.body", field: "", exchanges: 1 }] as const;
  const found = radius(step(1, 2), step(2, 3, { facts: { dataClasses } }), step(9, 4));
  expect(found.reached.map(({ depth, via }) => [depth, via])).toEqual([
    [1, "address:10.0.0.1"],
    [2, "address:10.0.0.2"],
  ]);
  expect([found.services, found.dataClasses, found.cut]).toEqual([["s2.test", "s3.test"], ["iban"], false]);
});

test("circles end, and so does a long chain, which says that it was cut", () => {
  expect(radius(step(1, 2), step(2, 1)).reached).toHaveLength(2);
  const chain = radius(...[1, 2, 3, 4, 5, 6].map((from) => step(from, from + 1)));
  expect([chain.reached.length, chain.cut]).toEqual([4, true]);
});

test("exposed is what serves AI and was called from outside", () => {
  const inside = calledBy([aCaller("10.0.0.9")], { path: "/in", ai: CHAT });
  const vendor = calledBy([aCaller("203.0.113.1")], { path: "/v", ai: { ...CHAT, role: "consumer" } });
  const plain = calledBy([aCaller("203.0.113.1")], { path: "/p" });
  const { rows } = hostIndexOf([inside, vendor, plain, chat], NOWHERE);
  expect(exposedAi(rows).map(({ id }) => id)).toEqual([chat.id]);
});
