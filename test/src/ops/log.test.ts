// What the log must not carry matters as much as what it says.
import { expect, test } from "vitest";
import { SILENT, createLog, describeError } from "../../../src/ops/log.ts";

function recorded() {
  const lines: Record<string, unknown>[] = [];
  return {
    lines,
    target: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  };
}

test("one JSON object a line, level by name, below the level nothing", () => {
  const { lines, target } = recorded();
  const log = createLog("info", target).child({ part: "api" });
  log.debug({}, "unheard");
  log.info({ port: 8080 }, "listening");
  expect(lines).toEqual([
    { level: "info", part: "api", port: 8080, msg: "listening", time: expect.any(String) },
  ]);
});

test("secrets are censored by field name, also one level down", () => {
  const { lines, target } = recorded();
  createLog("info", target).info(
    {
      secret: "s3cr3t",
      settings: { apiTokens: ["s3cr3t"], sasl: { password: "s3cr3t" } },
      headers: { cookie: "s3cr3t" },
    },
    "settings",
  );
  expect(JSON.stringify(lines)).not.toContain("s3cr3t");
});

test("errors keep name, code and causes, lose the password of an address", () => {
  const { lines, target } = recorded();
  const cause = Object.assign(new Error("connect postgresql://umbra:hunter2@db:5432/umbra refused"), {
    code: "ECONNREFUSED",
  });
  createLog("info", target).warn({ error: new Error("no database", { cause }) }, "retrying");
  expect(lines[0]?.["error"]).toEqual({
    name: "Error",
    message: "no database",
    cause: {
      name: "Error",
      code: "ECONNREFUSED",
      message: "connect postgresql://umbra:[redacted]@db:5432/umbra refused",
    },
  });
});

test("a cause that is its own cause ends", () => {
  const knot = new Error("knot");
  knot.cause = knot;
  expect(JSON.stringify(describeError(knot)).match(/knot/g)).toHaveLength(4);
  expect(describeError("thrown text")).toEqual({ message: "thrown text" });
});

test("the silent log says nothing", () => {
  expect(() => SILENT.error({}, "unheard")).not.toThrow();
});
