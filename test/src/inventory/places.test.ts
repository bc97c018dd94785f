// The file of places: read strictly, and the narrowest network wins.
import { expect, test } from "vitest";
import { createPlaceFinder, readPlaces } from "../../../src/inventory/places.ts";
import { aPlace } from "../../support/callers.ts";

test("a file is read with its defaults", () => {
  const text = `
places:
  - { name: checkout, addresses: [10.0.3.0/24, "fd00::/64"], namespace: shop, labels: { app: checkout }, service_account: co }
  - { name: offices, kind: users, addresses: [10.9.0.1] }
`;
  expect(readPlaces(text)).toEqual({
    ok: true,
    places: [
      {
        name: "checkout",
        kind: "workload",
        addresses: ["10.0.3.0/24", "fd00::/64"],
        namespace: "shop",
        labels: { app: "checkout" },
        serviceAccount: "co",
      },
      {
        name: "offices",
        kind: "users",
        addresses: ["10.9.0.1"],
        namespace: null,
        labels: {},
        serviceAccount: null,
      },
    ],
    sides: { internal: [], external: [] },
  });
});

test("a network cannot be on both sides", () => {
  expect(readPlaces("internal: [10.1.0.0/16]\nexternal: [10.2.0.0/16, 10.1.0.0/16]")).toEqual({
    ok: false,
    problem: "the file: a network cannot be both internal and external",
  });
});

test("networks may be on another side than their addresses say; the narrowest counts", () => {
  const read = readPlaces("internal: [203.0.113.0/24]\nexternal: [10.99.0.0/16, 203.0.113.9]");
  if (!read.ok) throw new Error(read.problem);
  const { exposureAt } = createPlaceFinder(read.places, read.sides);
  const sides = [
    "203.0.113.7",
    "203.0.113.9",
    "10.99.1.1",
    "10.0.0.1",
    "198.51.100.1",
    "nowhere",
    "::ffff:10.99.0.1",
  ];
  expect(sides.map((address) => exposureAt?.(address))).toEqual([
    "internal",
    "external",
    "external",
    "internal",
    "external",
    "unknown",
    "external",
  ]);
  expect(createPlaceFinder([]).exposureAt).toBeUndefined();
});

test.each([
  ["", "the file"],
  ["places: [{name: a}]", "places.0.addresses"],
  ["places: [{name: a, addresses: [10.0.0.0/33]}]", "places.0.addresses.0"],
  ["places: [{name: a, addresses: [nowhere]}]", "places.0.addresses.0"],
  ["places: [{name: a, addresses: [10.0.0.1], namespace: Shop}]", "places.0.namespace"],
  ["places: [{name: a, addresses: [10.0.0.1], labels: {app: 'a b'}}]", "places.0.labels"],
  ["places: [{name: a, addresses: [10.0.0.1], colour: red}]", "places.0"],
  ["internal: [10.0.0.0/99]", "internal.0"],
  ["outside: [10.0.0.0/8]", "the file"],
  ["places: [", "the file is no YAML"],
  ["a: &a [1]\nplaces: [*a, *a]", "the file"],
])("%s is refused with its place", (text, start) => {
  const read = readPlaces(text);
  expect(read.ok ? "" : read.problem).toMatch(start);
});

test("the narrowest network wins, of equal ones the first", () => {
  const find = createPlaceFinder([
    aPlace({ name: "wide", addresses: ["10.0.0.0/8"] }),
    aPlace({ name: "narrow", addresses: ["10.0.3.0/24"] }),
    aPlace({ name: "twin", addresses: ["10.0.3.0/24"] }),
    aPlace({ name: "host", addresses: ["10.0.3.7", "2001:db8::1"] }),
  ]);
  const names = [
    "10.0.3.7",
    "10.0.3.8",
    "10.4.0.1",
    "192.168.0.1",
    "2001:db8::1",
    "2001:db8::2",
    "host",
    "10.0.3.8",
  ];
  expect(names.map((address) => find(address)?.name ?? null)).toEqual([
    "host",
    "narrow",
    "wide",
    null,
    "host",
    null,
    null,
    "narrow",
  ]);
});
