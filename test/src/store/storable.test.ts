// A commit's rows, each once, by keys every store can hold.
import { expect, test } from "vitest";
import type { Commit } from "../../../src/store/store.ts";
import { storableKey, storableRows, storableSpec } from "../../../src/store/storable.ts";
import { anEndpoint, aService, NOON } from "../../support/builders.ts";

const nothing: Commit = {
  position: null,
  expectedOffset: null,
  specRevision: 0,
  services: [],
  endpoints: [],
  removedEndpointIds: [],
  events: [],
  health: [],
};

test("of rows with one key the last counts, also when cleaning makes the keys one", () => {
  const { services, endpoints } = storableRows({
    ...nothing,
    services: [aService({ authority: "a\0", requests: 1 }), aService({ authority: "a\ufffd", requests: 2 })],
    endpoints: [anEndpoint({ id: "e", path: "/1" }), anEndpoint({ id: "e", path: "/2" })],
  });
  expect([...services]).toEqual([["a\ufffd", aService({ authority: "a\ufffd", requests: 2 })]]);
  expect([...endpoints].map(([id, { path }]) => [id, path])).toEqual([["e", "/2"]]);
});

test("what identifies is bounded, a path is not", () => {
  const long = "x".repeat(5_000);
  const key = storableKey(long);
  const event = {
    id: long,
    at: NOON,
    authority: long,
    endpointId: long,
    method: long,
    path: long,
    type: "auth-found",
    scheme: "basic",
  } as const;
  const rows = storableRows({
    ...nothing,
    endpoints: [anEndpoint({ id: long, authority: long, method: long, path: long })],
    removedEndpointIds: [long],
    events: [event, { id: "s", at: NOON, authority: long, type: "service-discovered" }],
  });
  expect(key.length).toBeLessThan(400);
  expect([...rows.endpoints.values()]).toEqual([
    anEndpoint({ id: key, authority: key, method: key, path: long }),
  ]);
  expect(rows.removedEndpointIds).toEqual([key]);
  expect([...rows.events.values()]).toEqual([
    { ...event, id: key, authority: key, endpointId: key, method: key },
    { id: "s", at: NOON, authority: key, type: "service-discovered" },
  ]);
});

test("reports of one collector become one", () => {
  const report = { collector: "a", from: 1.5, to: null, counters: { x: 1 }, weirds: {} };
  expect([...storableRows({ ...nothing, health: [report, report] }).health.values()]).toEqual([
    { ...report, from: 2, counters: { x: 2 } },
  ]);
});

test("a spec is a copy with a time of whole milliseconds", () => {
  const document = { title: "t\0", version: "1", dialect: "3.1.0", servers: [], operations: [] };
  const spec = { id: "s", name: "n", authorities: ["a"], uploadedAt: NOON + 0.2, document };
  expect(storableSpec(spec)).toEqual({
    ...spec,
    uploadedAt: NOON,
    document: { ...document, title: "t\ufffd" },
  });
});
