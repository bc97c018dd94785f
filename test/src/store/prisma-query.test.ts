// What is asked of PostgreSQL: conditions with parameters, and one row more than the page.
import { expect, test } from "vitest";
import { encodeCursor } from "../../../src/store/cursor.ts";
import { BadCursor } from "../../../src/store/errors.ts";
import type { Database } from "../../../src/store/prisma-client.ts";
import { endpointPage, eventPage, servicePage } from "../../../src/store/prisma-query.ts";
import type { EndpointFilter } from "../../../src/store/store.ts";

function asked(): { db: Database; values: unknown[]; text: () => string } {
  const values: unknown[] = [];
  let text = "";
  const add = (value: unknown): string => {
    if (typeof value !== "object" || value === null || !("sql" in value)) {
      values.push(value);
      return "?";
    }
    const { sql, values: inner } = value as unknown as { sql: string; values: unknown[] };
    values.push(...inner);
    return sql;
  };
  const db = {
    $queryRaw: async (parts: readonly string[], ...given: unknown[]) => {
      text = parts.map((part, index) => part + (index < given.length ? add(given[index]) : "")).join("");
      return [];
    },
  };
  return { db: db as unknown as Database, values, text: () => text };
}

const evil = "'; drop table endpoints; --\0";
const everything: Required<EndpointFilter> = {
  authority: evil,
  method: evil,
  pathText: `50%_\\${evil}`,
  standing: evil as "shadow",
  confidence: evil as "noise",
  category: evil as "api",
  ai: [evil as "none"],
  dataClass: evil,
  auth: evil,
  owner: evil,
  owned: true,
  decision: evil as "ignored",
  quiet: { since: 3, is: true },
  firstSeenFrom: Number.NaN,
  firstSeenTo: 1,
  lastSeenFrom: 2,
  lastSeenTo: Number.MAX_VALUE,
};

test("every value of a filter is a parameter, without NUL", async () => {
  const { db, values, text } = asked();
  await endpointPage(db, { filter: everything, sort: "path", page: { limit: 10, cursor: null } });
  expect(text()).not.toContain("drop table");
  // One for each field but `owned`, a second one for verdicts (decided by people) and for silence, and the limit.
  expect(values).toHaveLength(Object.keys(everything).length + 2);
  expect(values.at(-1)).toBe(11);
  expect(JSON.stringify(values)).not.toContain(String.raw`\u0000`);
  expect(values).toContain(String.raw`%50\%\_\\'; drop table endpoints; --` + "\ufffd%");
});

test("a cursor becomes parameters too, or is refused before anything is asked", async () => {
  const cursor = encodeCursor("-last_seen", { key: 5, id: evil.replace("\0", "") });
  const { db, values, text } = asked();
  await endpointPage(db, { filter: {}, sort: "-last_seen", page: { limit: 1, cursor } });
  expect(text()).toContain("(last_seen, id) <");
  expect(text()).not.toContain("drop table");
  expect(values).toContain("1970-01-01T00:00:00.005Z");

  const other = asked();
  const page = { limit: 1, cursor };
  await expect(endpointPage(other.db, { filter: {}, sort: "path", page })).rejects.toThrow(BadCursor);
  await expect(eventPage(other.db, {}, page)).rejects.toThrow(BadCursor);
  await expect(servicePage(other.db, page)).rejects.toThrow(BadCursor);
  expect(other.text()).toBe("");
});

test("without conditions there is no where", async () => {
  const { db, text } = asked();
  await eventPage(db, {}, { limit: 1, cursor: null });
  expect(text()).not.toContain("where");
});
