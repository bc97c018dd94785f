// Owners proposed from those around: by path, document, address, callers.
import { expect, test } from "vitest";
import { ownerProposals } from "../../../src/inventory/owner-proposals.ts";
import { boundedOf } from "../../../src/model/bounded.ts";
import { anEndpoint, someFacts } from "../../support/builders.ts";
import { declaring } from "../../support/callers.ts";

const at = (path: string, more = {}) => anEndpoint({ path, ...more });
const owned = (
  owners: Readonly<Record<string, string>>,
  endpoints: readonly { readonly id: string; readonly path: string }[],
) =>
  new Map(
    endpoints.flatMap(({ id, path }) => (owners[path] === undefined ? [] : [[id, owners[path]] as const])),
  );

test("siblings under the nearest path decide, with their share", () => {
  const endpoints = ["/v1/orders/{id}", "/v1/orders/{id}/items", "/v1/carts", "/v1/orders/export"].map(
    (path) => at(path),
  );
  const owners = owned(
    { "/v1/orders/{id}": "orders", "/v1/orders/{id}/items": "orders", "/v1/carts": "web" },
    endpoints,
  );
  expect(ownerProposals(endpoints, owners)(endpoints[3] as (typeof endpoints)[0])).toEqual([
    {
      owner: "orders",
      source: "inferred",
      confidence: 0.9,
      reason: "2 of 2 siblings under the same path have this owner",
    },
  ]);
});

test("one neighbour proposes nobody, nor do neighbours that disagree", () => {
  const endpoints = ["/a/x", "/a/y", "/a/z"].map((path) => at(path));
  const asked = endpoints[2] as (typeof endpoints)[0];
  expect(ownerProposals(endpoints, owned({ "/a/x": "one" }, endpoints))(asked)).toEqual([]);
  expect(ownerProposals(endpoints, owned({ "/a/x": "one", "/a/y": "two" }, endpoints))(asked)).toEqual([]);
});

test("the same server's address counts where paths say nothing", () => {
  const facts = someFacts({ servers: boundedOf([["10.0.0.7:8080", 3]], { cap: 8, join: (a) => a }) });
  const endpoints = ["/a", "/b", "/c"].map((path, index) => at(path, { authority: `h${index}.test`, facts }));
  const [proposal] = ownerProposals(
    endpoints,
    owned({ "/a": "ops", "/b": "ops" }, endpoints),
  )(endpoints[2] as (typeof endpoints)[0]);
  expect(proposal).toMatchObject({
    owner: "ops",
    reason: "2 of 2 endpoints served by the same address have this owner",
  });
});

test("the same declared service counts across hosts; a name that several share does not", () => {
  const at = (rows: Parameters<typeof declaring>[0]) =>
    ["a", "b", "c"].map((name) =>
      declaring(rows, { id: `ep_${name}`, authority: `${name}.test`, path: "/" }),
    );
  const proposed = (rows: Parameters<typeof declaring>[0]) => {
    const endpoints = at(rows);
    const owners = new Map([
      ["ep_a", "ops"],
      ["ep_b", "ops"],
    ]);
    return ownerProposals(
      endpoints,
      owners,
    )(endpoints[2] as (typeof endpoints)[0]).map(({ reason }) => reason);
  };
  const reason = "2 of 2 endpoints that declare the same service have this owner";
  expect(proposed([{ name: "orders" }])).toContain(reason);
  expect(proposed([{ name: "shared", kind: "account" }])).not.toContain(reason);
});
