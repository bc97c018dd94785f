// How a commit is written: few statements, everything a parameter.
import { expect, test } from "vitest";
import type { Transaction } from "../../../src/store/prisma-client.ts";
import { checkCommit, writeCommit } from "../../../src/store/prisma-commit.ts";
import type { Commit } from "../../../src/store/store.ts";
import { anEndpoint, aService } from "../../support/builders.ts";

interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A transaction that writes down what it is asked, and answers as told. */
function recorder(revision: number, moved: number): { tx: Transaction; statements: Statement[] } {
  const statements: Statement[] = [];
  const record = (parts: readonly string[], values: readonly unknown[]): void => {
    const texts = values.map((value) => (isSql(value) ? value.sql : "?"));
    const flat = values.flatMap((value) => (isSql(value) ? value.values : [value]));
    statements.push({ sql: parts.map((part, index) => part + (texts[index] ?? "")).join(""), values: flat });
  };
  const tx = {
    $queryRaw: async (parts: readonly string[], ...values: unknown[]) => {
      record(parts, values);
      return [{ revision }];
    },
    $executeRaw: async (parts: readonly string[], ...values: unknown[]) => {
      record(parts, values);
      return moved;
    },
  };
  return { tx: tx as unknown as Transaction, statements };
}

function isSql(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && "sql" in value;
}

const nothing: Commit = {
  position: null,
  expectedOffset: null,
  specRevision: 3,
  services: [],
  endpoints: [],
  removedEndpointIds: [],
  events: [],
  health: [],
};

test("an empty commit writes nothing", async () => {
  const { tx, statements } = recorder(3, 1);
  await writeCommit(tx, nothing, "observed");
  expect(statements).toEqual([]);
});

test("statements do not grow with rows", async () => {
  const { tx, statements } = recorder(3, 1);
  const endpoints = Array.from({ length: 2_000 }, (_, index) => anEndpoint({ id: `ep_${index}` }));
  await writeCommit(tx, { ...nothing, endpoints, services: [aService()] }, "observed");
  expect(statements).toHaveLength(2);
});

test("text of the traffic is a parameter, without NUL", async () => {
  const { tx, statements } = recorder(3, 1);
  const path = "/'; drop table endpoints; --\0";
  await writeCommit(tx, { ...nothing, endpoints: [anEndpoint({ path })] }, "observed");
  expect(statements[0]?.sql).not.toContain("drop table");
  expect(statements[0]?.values).toHaveLength(1);
  expect(String(statements[0]?.values[0])).toContain(String.raw`/'; drop table endpoints; --\ufffd`);
});

test("large commits are cut into parameters of bounded length", async () => {
  const { tx, statements } = recorder(3, 1);
  const standingReason = "x".repeat(1_000_000);
  const endpoints = Array.from({ length: 10 }, (_, index) =>
    anEndpoint({ id: `ep_${index}`, standingReason }),
  );
  await writeCommit(tx, { ...nothing, endpoints }, "observed");
  expect(statements).toHaveLength(3);
  for (const { values } of statements) expect(String(values[0]).length).toBeLessThan(6_000_000);
});

test("neither specs nor offset may have moved on", async () => {
  const position = { topic: "t", partition: 0, offset: 5n };
  expect(await checkCommit(recorder(4, 1).tx, nothing, "observed")).toBe("stale-specs");
  expect(await checkCommit(recorder(3, 0).tx, { ...nothing, position }, "observed")).toBe("stale-offset");
  expect(await checkCommit(recorder(3, 1).tx, { ...nothing, position }, "observed")).toBe("committed");
  expect(await checkCommit(recorder(3, 0).tx, nothing, "judged")).toBe("committed");
  expect(await checkCommit(recorder(9, 0).tx, { ...nothing, specRevision: null }, "observed")).toBe(
    "committed",
  );
});
