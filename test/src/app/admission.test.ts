// Names that clients make up are bounded; what answers is not.
import { expect, test } from "vitest";
import { Admission, isAnswered, otherHosts, renamed } from "../../../src/app/admission.ts";
import { absorb } from "../../../src/app/absorb.ts";
import { createGathering } from "../../../src/app/gathering.ts";
import { rulesOf } from "../../../src/app/rules.ts";
import { authorityIn } from "../../../src/digest/authority.ts";
import type { ServiceState } from "../../../src/model/inventory.ts";
import { createMatcher } from "../../../src/openapi/match.ts";
import { aSighting } from "../classify/a-sighting.ts";

const NOTHING: ServiceState = { service: null, endpoints: new Map() };
const refused = [aSighting("GET /a", { statuses: { 404: 1 } })];
const served = [aSighting("GET /a", { statuses: { 404: 1, 200: 1 } })];

test("the first few that never answer are admitted, and stay so", () => {
  const admission = new Admission(["stored"], 2);
  expect(admission.admits("one", NOTHING, refused)).toBe(true);
  expect(admission.admits("two", NOTHING, refused)).toBe(false);
  expect(admission.admits("one", NOTHING, refused)).toBe(true);
  expect(admission.admits("stored", NOTHING, refused)).toBe(true);
});

test("what answers is admitted, makes room, and is known by it later", () => {
  const admission = new Admission([], 1);
  expect(admission.admits("one", NOTHING, refused)).toBe(true);
  expect(admission.admits("two", NOTHING, served)).toBe(true);
  expect(admission.admits("one", NOTHING, served)).toBe(true);
  expect(admission.admits("three", NOTHING, refused)).toBe(true);
  const { state } = absorb(NOTHING, served, { matcher: createMatcher([]) });
  expect(admission.admits("four", NOTHING, refused)).toBe(false);
  expect(admission.admits("shop.test", state, refused)).toBe(true);
});

test("an encrypted connection is an answer", () => {
  expect(isAnswered([aSighting("GET /", { statuses: { unknown: 1 } }, { protocol: "tls" })])).toBe(true);
  expect(isAnswered([aSighting("GET /", { statuses: { unknown: 1 } })])).toBe(false);
});

test("no host is called as the service that takes in the others", () => {
  for (const partition of [0, 7]) expect(authorityIn(otherHosts(partition))).toBeNull();
  expect(otherHosts(0)).not.toBe(otherHosts(1));
  expect(renamed(served, "x")[0]?.key).toEqual({ ...served[0]?.key, authority: "x" });
});

test("a flood of made-up hosts leaves a bounded number of services and loses no request", () => {
  const gathering = createGathering(rulesOf({ specs: [], pins: [] }));
  const hosts = Array.from({ length: 3_000 }, (_, at) => `h${at}.test`);
  gathering.add(hosts.map((authority) => aSighting("GET /.env", { statuses: { 404: 1 } }, { authority })));
  gathering.add(served);
  const states = gathering.finish();
  expect(states).toHaveLength(1_002);
  expect(states.reduce((sum, { service }) => sum + (service?.requests ?? 0), 0)).toBe(3_002);
  expect(states.map(({ service }) => service?.authority)).toContain("shop.test");
});
