// Every exchange is one line, written no faster than the reader of the lines allows.
import path from "node:path";
import { expect, test } from "vitest";
import { printExchanges } from "../../../src/app/exchanges.ts";

const LOG = path.resolve(import.meta.dirname, "../../../demo/gateway.log");

test("lines come in order, and reading waits while the writer is full", async () => {
  const lines: string[] = [];
  let waiting = 0;
  const weirds = await printExchanges({
    inputs: [LOG],
    write(line) {
      expect(waiting).toBe(0);
      lines.push(line);
      if (lines.length % 5 !== 0) return undefined;
      waiting += 1;
      return new Promise((resolve) =>
        setTimeout(() => {
          waiting -= 1;
          resolve();
        }, 5),
      );
    },
  });
  expect(weirds.size).toBe(0);
  const rows = lines.map((line) => JSON.parse(line) as { authority: string; status: number });
  expect(rows).toHaveLength(15);
  expect(rows.every(({ authority, status }) => authority === "partners.example" && status === 200)).toBe(
    true,
  );
});
