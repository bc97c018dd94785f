// The table of key names is one that compared keys can be found in.
import { expect, test } from "vitest";
import {
  ACCESS_KEYS,
  CONTAINERS,
  DURATION_KEYS,
  HEADER_KEYS,
} from "../../../collectors/gateway-log/access-keys.ts";

const rows = [
  ...Object.values(ACCESS_KEYS),
  ...Object.values(HEADER_KEYS),
  DURATION_KEYS.map(([key]) => key),
  [...CONTAINERS],
];

test("every key is written as it is compared, once in its row", () => {
  for (const row of rows) {
    for (const key of row) expect(key).toMatch(/^[a-z0-9]+$/);
    expect(new Set(row).size).toBe(row.length);
  }
});
