// What may pass by itself is told from what will not, by code, wherever the driver hid it.
import { expect, test } from "vitest";
import { asTransient, TransientStoreError } from "../../../src/store/errors.ts";

const withFields = (fields: object): Error => Object.assign(new Error("secret text"), fields);

test.each([
  withFields({ code: "ECONNREFUSED" }),
  withFields({ code: "57P01" }),
  withFields({ code: "08006" }),
  withFields({ code: "40P01" }),
  withFields({ code: "P2028" }),
  withFields({ code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "57P03" } } } }),
  withFields({ cause: { kind: "DatabaseNotReachable" } }),
  new AggregateError([withFields({ code: "ECONNREFUSED" })]),
  new Error("Connection terminated unexpectedly"),
  new Error("timeout exceeded when trying to connect"),
])("%# passes by itself", (error) => {
  const known = asTransient(error);
  expect(known).toBeInstanceOf(TransientStoreError);
  expect((known as Error).message).not.toContain("secret");
});

test.each([
  withFields({ code: "23505" }),
  withFields({ code: "28P01" }),
  withFields({ code: "42P01" }),
  withFields({ code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "22P05" } } } }),
  new TypeError("x is not a function"),
  "no error at all",
  undefined,
])("%# does not", (error) => {
  expect(asTransient(error)).toBe(error);
});

test("an error that is its own cause is looked through once", () => {
  const loop = withFields({});
  loop.cause = loop;
  expect(asTransient(loop)).toBe(loop);
});
