// The static table has the entries RFC 7541 numbers, at their numbers.
import { expect, test } from "vitest";
import { STATIC_TABLE } from "../../../../collectors/wire/hpack/static-table.ts";

test.each([
  [1, ":authority", ""],
  [2, ":method", "GET"],
  [7, ":scheme", "https"],
  [14, ":status", "500"],
  [16, "accept-encoding", "gzip, deflate"],
  [31, "content-type", ""],
  [38, "host", ""],
  [50, "range", ""],
  [61, "www-authenticate", ""],
])("%i is %s", (index, name, value) => {
  expect(STATIC_TABLE[index - 1]).toEqual([name, value]);
});

test("there are 61, and names after the pseudo headers ascend", () => {
  expect(STATIC_TABLE).toHaveLength(61);
  const names = STATIC_TABLE.slice(14).map(([name]) => name);
  // The one exception of the RFC: accept-charset .. accept-ranges stand before accept.
  expect(names.filter((name) => name !== "accept")).toEqual(
    names.filter((name) => name !== "accept").toSorted(),
  );
});
