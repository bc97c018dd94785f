// Services as the API shows them.
import { expect, test } from "vitest";
import {
  serviceDetail,
  serviceDetailJson,
  serviceRow,
  serviceRowJson,
} from "../../../src/api/service-json.ts";
import { anEndpoint, aService } from "./an-inventory.ts";

test("a row is the summary in the API's spelling", () => {
  const row = serviceRowJson({ ...aService(), endpoints: 3, shadow: 2, ai: 1 });
  expect(row).toEqual({
    authority: "shop.test",
    requests: 5,
    first_seen: "2026-07-01T09:30:00.000Z",
    last_seen: "2026-07-01T09:31:00.000Z",
    endpoints: 3,
    shadow: 2,
    ai: 1,
  });
  expect(serviceRow.parse(row)).toEqual(row);
});

test("the detail spreads the endpoints over each axis", () => {
  const endpoints = [
    anEndpoint({ id: "ep_a", standing: "shadow", specIds: [] }),
    anEndpoint({ id: "ep_b", standing: "documented", specIds: ["spec_b", "spec_a"] }),
    anEndpoint({
      id: "ep_c",
      standing: "shadow",
      confidence: "noise",
      category: "probe",
      specIds: ["spec_a"],
    }),
  ];
  const state = { service: aService(), endpoints: new Map(endpoints.map((one) => [one.id, one])) };
  const detail = serviceDetailJson("shop.test", state.service, [...state.endpoints.values()]);
  expect(detail).toMatchObject({
    endpoints: 3,
    by_standing: { documented: 1, shadow: 2, zombie: 0, orphan: 0, unjudged: 0 },
    by_confidence: { candidate: 0, confirmed: 2, noise: 1 },
    by_category: { api: 2, page: 0, asset: 0, probe: 1, encrypted: 0 },
    by_ai: { none: 3 },
    spec_ids: ["spec_a", "spec_b"],
  });
  expect(serviceDetail.parse(detail)).toEqual(detail);
});

test("a service only documents name was never seen", () => {
  const detail = serviceDetailJson("new.test", null, []);
  expect(detail).toMatchObject({ authority: "new.test", requests: 0, first_seen: null, last_seen: null });
});
