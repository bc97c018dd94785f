// A service is as old as its first sighting and as loud as all of them.
import { expect, test } from "vitest";
import { withSightings } from "../../../src/inventory/service.ts";
import { aSighting } from "../classify/a-sighting.ts";

test("sightings add up", () => {
  const sightings = [aSighting("GET /a", { at: 5, statuses: { 200: 3 } }), aSighting("GET /b", { at: 2 })];
  const service = { authority: "shop.test", firstSeen: 2, lastSeen: 5, requests: 4 };
  expect(withSightings(null, sightings)).toEqual(service);
  expect(withSightings(service, [aSighting("GET /a", { at: 9 })])).toEqual({
    ...service,
    lastSeen: 9,
    requests: 5,
  });
  expect(withSightings(null, [])).toBeNull();
  expect(withSightings(service, [])).toBe(service);
});

test("encrypted connections are no requests, but signs of life", () => {
  const closed = aSighting(
    "GET /",
    { at: 9, statuses: { unknown: 5 } },
    { protocol: "tls", method: "", path: "" },
  );
  expect(withSightings(null, [closed])).toEqual({
    authority: "shop.test",
    firstSeen: 9,
    lastSeen: 9,
    requests: 0,
  });
});
