// The weekly report over HTTP: formats, scopes, the archive of weeks that are over, and what comes late.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { weeklyOf } from "../../../src/api/weekly.ts";
import { anEvent, aRow, DAY, MONDAY, WEEK_MS } from "../../support/weekly.ts";
import { aFindingRecord } from "../../support/governance.ts";
import { anEndpoint, someFacts } from "../../support/builders.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { aCommit } from "./an-inventory.ts";
import { anApi } from "./an-api.ts";
import type { RunningApi } from "./an-api.ts";

let api: RunningApi;
beforeEach(async () => {
  api = await anApi();
});
afterEach(async () => api.close());

function heard(path: string, at: number, given: Partial<Endpoint> = {}): Endpoint {
  return anEndpoint({ path, ...given, facts: someFacts({ requests: 3, firstSeen: at, lastSeen: at }) });
}

const discovered = (endpoint: Endpoint, at: number) => {
  const { authority, method, path } = endpoint;
  return anEvent("endpoint-discovered", aRow({ authority, method, path }), { at, standing: "shadow" });
};

async function hear(...endpoints: readonly Endpoint[]): Promise<void> {
  const events = endpoints.map((endpoint) => discovered(endpoint, endpoint.facts?.firstSeen ?? 0));
  await api.store.commit(aCommit({ endpoints, events }));
}

const LAST_WEEK = { week: "2026-W46", zone: "UTC", scope: { kind: "all" } } as const;
const THIS_WEEK = { ...LAST_WEEK, week: "2026-W47" } as const;
const paths = (notes: readonly { readonly path: string }[] | undefined) => notes?.map(({ path }) => path);

describe("over HTTP", () => {
  beforeEach(() => hear(heard("/orders", MONDAY), heard("/users", MONDAY, { authority: "users.test" })));

  test.each([
    ["application/json", '"schema": "umbra.weekly/1"'],
    ["text/html", "<!doctype html>"],
    ["text/markdown", "# Shadow-API report"],
    ["text/csv", "week,section,"],
    ["application/sarif+json", '"version": "2.1.0"'],
  ])("%s", async (accept, start) => {
    const { status, text, headers } = await api.ask("/reports/weekly/2026-W47", { headers: { accept } });
    expect([status, headers.get("content-type")?.split(";")[0]]).toEqual([200, accept]);
    expect(text).toContain(start);
  });

  test("latest is the week of the latest traffic, links lead here", async () => {
    const { json } = await api.ask("/reports/weekly/latest");
    expect([json.week, json.new_shadow.length]).toEqual(["2026-W47", 2]);
    expect(json.new_shadow[0].link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/api\/v1\/endpoints\/ep_/);
  });

  test("a scope keeps to itself", async () => {
    const { json } = await api.ask("/reports/weekly/2026-W47?service=USERS.test");
    expect(paths(json.new_shadow)).toEqual(["/users"]);
    await api.store.governance.putOwners(new Map([[json.new_shadow[0].endpoint, "blue"]]));
    expect(paths((await api.ask("/reports/weekly/2026-W47?team=blue")).json.new_shadow)).toEqual(["/users"]);
    expect((await api.ask("/reports/weekly/2026-W47?team=red")).json.headline.now.endpoints).toBe(0);
  });

  test.each([
    ["/reports/weekly/2026-W60", 404, "week-unknown"],
    ["/reports/weekly/2026-W47?zone=Nowhere", 404, "week-unknown"],
    ["/reports/weekly/2026-W47?format=docx", 400, "bad-parameter"],
    ["/reports/weekly/2026-W47?team=a&service=b", 400, "bad-parameter"],
  ])("%s is refused", async (path, status, code) => {
    const answer = await api.ask(path);
    expect([answer.status, answer.json.type]).toEqual([status, `urn:umbra:problem:${code}`]);
  });

  test("a type nobody can give is refused", async () => {
    expect((await api.ask("/reports/weekly/latest", { headers: { accept: "image/png" } })).status).toBe(406);
  });
});

describe("the archive", () => {
  const at = (now: number) => ({ now, base: "http://127.0.0.1:8080" });
  const closed = at(MONDAY + DAY);

  test("an open week is not kept, a closed one stays as it was, and what came late stands in the next", async () => {
    await hear(heard("/first", MONDAY - 2 * DAY));
    expect(paths((await weeklyOf(api.store, LAST_WEEK, at(MONDAY - DAY)))?.new_shadow)).toEqual(["/first"]);
    await hear(heard("/second", MONDAY - DAY));
    const kept = await weeklyOf(api.store, LAST_WEEK, closed);
    expect(paths(kept?.new_shadow)).toEqual(["/first", "/second"]);
    await hear(heard("/late", MONDAY - 1));
    expect(JSON.stringify(await weeklyOf(api.store, LAST_WEEK, at(MONDAY + 9 * DAY)))).toBe(
      JSON.stringify(kept),
    );
    const next = await weeklyOf(api.store, THIS_WEEK, closed);
    expect(paths(next?.late)).toEqual(["/late"]);
    expect(next?.headline.before.endpoints).toBe(2);
    expect(next?.trend.at(-2)).toMatchObject({ week: "2026-W46", from: "closed", endpoints: 2 });
  });

  test("scopes and zones are kept apart, and what holds nothing is not kept", async () => {
    await hear(heard("/first", MONDAY - 2 * DAY));
    const nobody = { ...LAST_WEEK, scope: { kind: "team", name: "nobody" } } as const;
    await weeklyOf(api.store, nobody, closed);
    expect(await api.store.reports.find({ week: "2026-W46", zone: "UTC", scope: "team:nobody" })).toBeNull();
    await weeklyOf(api.store, { ...LAST_WEEK, scope: { kind: "service", name: "shop.test" } }, closed);
    expect(
      (await api.store.reports.find({ week: "2026-W46", zone: "UTC", scope: "service:shop.test" }))?.closedAt,
    ).toBe(closed.now);
    expect(await api.store.reports.find({ week: "2026-W46", zone: "UTC", scope: "all" })).toBeNull();
  });

  test("many pages are one report", async () => {
    await hear(...Array.from({ length: 1_201 }, (_, index) => heard(`/p${index}`, MONDAY + index)));
    const report = await weeklyOf(api.store, THIS_WEEK, at(MONDAY + WEEK_MS));
    expect(report?.headline.now.endpoints).toBe(1_201);
    expect((await api.store.reports.find({ ...THIS_WEEK, scope: "all" }))?.eventIds).toHaveLength(1_201);
  });

  test("findings that the inventory keeps go before what can be worked out", async () => {
    const endpoint = heard("/first", MONDAY - 2 * DAY);
    await hear(endpoint);
    const record = aFindingRecord({
      rule: "my-policy",
      severity: "high",
      endpointId: endpoint.id,
      openedAt: MONDAY - DAY,
      resolvedAt: null,
    });
    await api.store.governance.putFindings([record], []);
    const report = await weeklyOf(api.store, LAST_WEEK, closed);
    expect(report?.findings.by_rule).toEqual([
      { rule: "my-policy", severity: "high", open: 1, opened: 1, closed: 0 },
    ]);
  });
});
