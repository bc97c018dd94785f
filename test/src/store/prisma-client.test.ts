// Errors leave the store as the store's own, without what the driver quoted.
import { expect, test } from "vitest";
import { BadCursor, TransientStoreError } from "../../../src/store/errors.ts";
import { guarded } from "../../../src/store/prisma-client.ts";

async function thrown(error: unknown): Promise<unknown> {
  try {
    return await guarded("a commit", async () => {
      throw error;
    });
  } catch (known) {
    return known;
  }
}

test("what passes by itself is transient", async () => {
  expect(await thrown(Object.assign(new Error("x"), { code: "57P01" }))).toBeInstanceOf(TransientStoreError);
});

test("a cursor nobody gave out stays the caller's fault", async () => {
  expect(await thrown(new BadCursor())).toBeInstanceOf(BadCursor);
});

test.each([
  [
    { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "22P05" } } } },
    "the database refused a commit (22P05)",
  ],
  [{ code: "P2002", meta: {} }, "the database refused a commit (P2002)"],
  [{}, "the database refused a commit (Error)"],
])("a bug is named by its code: %j", async (fields, message) => {
  const error = await thrown(Object.assign(new Error("key (id)=(secret) exists"), fields));
  expect(error).toEqual(new Error(message));
  expect((error as Error).cause).toBeUndefined();
});

test("what succeeds comes back", async () => {
  expect(await guarded("a read", async () => 7)).toBe(7);
});
