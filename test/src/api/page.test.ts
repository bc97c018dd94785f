// Pages: what the store is asked, and how its answer is spelt.
import { expect, test } from "vitest";
import { PAGING, paged } from "../../../src/api/page.ts";
import type { PageRequest } from "../../../src/store/store.ts";

test("the first page asks without a cursor", async () => {
  const asked: PageRequest[] = [];
  const page = await paged(
    { limit: 2, cursor: undefined },
    async (request) => {
      asked.push(request);
      return { items: [1, 2], nextCursor: "c1" };
    },
    (item) => item * 10,
  );
  expect(asked).toEqual([{ limit: 2, cursor: null }]);
  expect(page).toEqual({ items: [10, 20], next_cursor: "c1" });
});

test("a page holds 1 to 500 rows", () => {
  expect(PAGING.limit.read(["500"])).toEqual({ value: 500 });
  expect(PAGING.limit.read(["501"])).toBeNull();
  expect(PAGING.limit.read(["0"])).toBeNull();
  expect(PAGING.limit.read([])).toEqual({ value: 100 });
});
