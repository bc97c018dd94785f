// News: what a change of an endpoint tells, judged by everything it gives.
import { describe, expect, test } from "vitest";
import { changeEvents, serviceDiscovered } from "../../../src/inventory/events.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import type { Facts } from "../../../src/model/sighting.ts";
import { anEndpoint, someFacts } from "./an-endpoint.ts";

function told(before: Endpoint | null, now: Endpoint, at = 50): readonly object[] {
  return changeEvents(before, now, at).map(({ id, authority, ...news }) => {
    expect(id).toMatch(/^ev_[a-z2-7]{16}$/);
    expect(authority).toBe(now.authority);
    const { endpointId, method, path, ...rest } = news as typeof news & {
      endpointId: string;
      method: string;
      path: string;
    };
    expect([endpointId, method, path]).toEqual([now.id, now.method, now.path]);
    return rest;
  });
}

function withEmail(facts: Facts): Facts {
  const found = { dataClass: "email", place: "response.body" as const, field: "user.email", exchanges: 1 };
  return { ...facts, dataClasses: boundedOf([["email", found]], { cap: 9, join: (a) => a }) };
}

test("a new endpoint is discovered at its first request", () => {
  const now = anEndpoint({ facts: withEmail(someFacts({ at: 7 })), ai: { ...NO_AI, verdict: "likely" } });
  expect(told(null, now)).toEqual([
    { type: "endpoint-discovered", at: 7, standing: "shadow" },
    { type: "ai-verdict-changed", at: 7, from: "none", to: "likely" },
    { type: "data-class-found", at: 7, dataClass: "email", place: "response.body", field: "user.email" },
  ]);
});

test("noise is no news until it is more", () => {
  const noise = anEndpoint({ confidence: "noise" });
  expect(told(null, noise)).toEqual([]);
  expect(told(noise, noise)).toEqual([]);
  expect(told(noise, anEndpoint({ confidence: "candidate" }))).toMatchObject([
    { type: "endpoint-discovered" },
  ]);
});

describe("a known endpoint", () => {
  const known = anEndpoint({ facts: someFacts() });
  test("that is the same tells nothing", () => {
    expect(told(known, { ...known, facts: someFacts({ statuses: { 200: 7 } }) })).toEqual([]);
  });
  test("tells each axis that turned", () => {
    const now: Endpoint = {
      ...known,
      standing: "zombie",
      confidence: "candidate",
      ai: { ...NO_AI, verdict: "watch" },
    };
    expect(told(known, now)).toEqual([
      { type: "standing-changed", at: 50, from: "shadow", to: "zombie" },
      { type: "confidence-changed", at: 50, from: "confirmed", to: "candidate" },
      { type: "ai-verdict-changed", at: 50, from: "none", to: "watch" },
    ]);
  });
  test("tells what was found", () => {
    const facts = withEmail(someFacts({ statuses: { 200: 1, 500: 1 }, auth: "basic" }));
    expect(told(known, { ...known, facts })).toEqual([
      { type: "auth-found", at: 50, scheme: "basic" },
      { type: "status-found", at: 50, status: "500" },
      { type: "data-class-found", at: 50, dataClass: "email", place: "response.body", field: "user.email" },
    ]);
  });
  test("tells of a turn again when it turns again, of a finding only once", () => {
    const turned: Endpoint = {
      ...known,
      standing: "zombie",
      facts: someFacts({ statuses: { 200: 1, 500: 1 } }),
    };
    const ids = (at: number) => changeEvents(known, turned, at).map((event) => event.id);
    const [turn, finding] = ids(1);
    expect(ids(2)).not.toContain(turn);
    expect(ids(2)).toContain(finding);
  });
});

test("a service is discovered once", () => {
  const service = { authority: "a.test", firstSeen: 3, lastSeen: 9, requests: 2 };
  expect(serviceDiscovered(service)).toEqual(serviceDiscovered({ ...service, lastSeen: 10 }));
  expect(serviceDiscovered(service)).toMatchObject({
    type: "service-discovered",
    at: 3,
    authority: "a.test",
  });
});
