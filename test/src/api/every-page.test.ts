// A list is read to its end, in order, however its pages are cut.
import { expect, test } from "vitest";
import { allEndpoints, everyPage } from "../../../src/api/every-page.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { anEndpoint } from "../../support/builders.ts";
import { aCommit } from "./an-inventory.ts";

test("every page once", async () => {
  const pages: Record<string, { items: number[]; nextCursor: string | null }> = {
    start: { items: [1, 2], nextCursor: "a" },
    a: { items: [], nextCursor: "b" },
    b: { items: [3], nextCursor: null },
  };
  const seen: number[] = [];
  await everyPage(
    async ({ cursor }) => pages[cursor ?? "start"] ?? { items: [], nextCursor: null },
    (item) => seen.push(item),
  );
  expect(seen).toEqual([1, 2, 3]);
});

test("all endpoints of a filter", async () => {
  const store = createMemoryStore();
  const endpoints = Array.from({ length: 501 }, (_, index) => anEndpoint({ path: `/${index}` }));
  await store.commit(aCommit({ endpoints: [...endpoints, anEndpoint({ authority: "b.test" })] }));
  expect(await allEndpoints(store, { authority: "shop.test" })).toHaveLength(501);
});
