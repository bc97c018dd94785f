// Many rows as few parameters: lines of JSON that PostgreSQL takes apart.
import { cleanJson } from "./clean.ts";
import { Prisma } from "./generated/client.ts";
import { compareText } from "./keys.ts";

// One statement's parameter: large enough that statements do not count, small enough for the memory of both ends.
const CHUNK = 4_000_000;

/**
 * Rows as lines of JSON, in texts of bounded length, in order of their key: two transactions lock in the same order.
 */
export function* chunksOf<T>(rows: ReadonlyMap<string, T>, record: (row: T) => object): Generator<string> {
  let chunk: string[] = [];
  let length = 0;
  for (const [, row] of [...rows].sort(([a], [b]) => compareText(a, b))) {
    const line = cleanJson(JSON.stringify(record(row)));
    chunk.push(line);
    length += line.length;
    if (length < CHUNK) continue;
    yield chunk.join("\n");
    chunk = [];
    length = 0;
  }
  if (chunk.length > 0) yield chunk.join("\n");
}

/** The lines as rows of one parameter. Measured against `json_to_recordset`, which parses each document twice: a third. */
export function rowsOf(lines: string, columns: string): Prisma.Sql {
  return Prisma.sql`string_to_table(${lines}, chr(10)) as line,
    jsonb_to_record(line::jsonb) as r (${Prisma.raw(columns)})`;
}
