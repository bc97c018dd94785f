// Every log format keeps its contract: its examples, its rejects, its name, and its calm on hostile input.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogFormat } from "../../collectors/log-format.ts";
import type { Body, Exchange } from "../../src/model/exchange.ts";
import { loadUnits, unitIds } from "../../src/ops/units.ts";

const FOLDER = new URL("../../collectors/log-formats/", import.meta.url);
const formats = [...(await loadUnits<LogFormat>(FOLDER)).values()];

/** Numbers that are known must be numbers; what a reader may rely on whatever the format. */
function expectWellFormed(exchange: Exchange): void {
  expect(Number.isFinite(exchange.startedAt)).toBe(true);
  expect(exchange.endedAt ?? exchange.startedAt).toBeGreaterThanOrEqual(exchange.startedAt);
  expect(exchange.request.method).toMatch(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/);
  expect(exchange.request.authority).toBe(exchange.request.authority.toLowerCase());
  expect(exchange.request.authority).not.toBe("");
  for (const [name] of exchange.request.headers) expect(name).toBe(name.toLowerCase());
  if (exchange.request.method !== "CONNECT" && exchange.request.path !== "*") {
    expect(exchange.request.path).toMatch(/^\//);
  }
  expect(exchange.request.path).not.toContain("?");
  expect(exchange.request.body).toSatisfy(isHonest);
  if (exchange.outcome.kind === "answered") {
    expect(exchange.outcome.response.body).toSatisfy(isHonest);
    expect(exchange.outcome.response.status).toBeGreaterThanOrEqual(100);
    expect(exchange.outcome.response.status).toBeLessThanOrEqual(999);
  }
}

function isHonest(body: Body): boolean {
  return body.kind === "none" || body.size === null || (Number.isInteger(body.size) && body.size >= 0);
}

test("each file is a format of its own name", async () => {
  expect(formats.map((format) => format.id)).toEqual([...(await unitIds(FOLDER))]);
  expect(formats.length).toBeGreaterThan(0);
});

describe.each(formats)("$id", (format) => {
  test.each([...format.examples.entries()])("reads example %i", (_, { record, gives }) => {
    expect(format.recognise(record)).toBeGreaterThan(0);
    const result = format.parse(record);
    expect(result).toMatchObject({ ok: true, value: gives });
    if (result.ok) expectWellFormed(result.value);
  });

  test.each([...format.rejects.entries()])("rejects record %i under a name of its own", (_, record) => {
    const result = format.parse(record);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.weird.name).toMatch(new RegExp(`^${format.id}\\.[a-z-]+$`));
  });

  test("is surer of its examples than any other format is", () => {
    for (const { record } of format.examples) {
      for (const other of formats.filter(
        ({ framing, id }) => framing === format.framing && id !== format.id,
      )) {
        expect(format.recognise(record)).toBeGreaterThan(other.recognise(record));
      }
    }
  });

  test("never throws, and what it gives is well formed", () => {
    const records = [...format.examples.map((example) => example.record), ...format.rejects];
    const damaged = fc
      .tuple(fc.constantFrom(...records), fc.nat(), fc.nat(8), fc.string({ unit: "binary", maxLength: 8 }))
      .map(([record, at, cut, put]) => {
        const place = at % (record.length + 1);
        return record.slice(0, place) + put + record.slice(place + cut);
      });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json(), damaged), (record) => {
        const sure = format.recognise(record);
        expect(sure).toBeGreaterThanOrEqual(0);
        expect(sure).toBeLessThanOrEqual(1);
        const result = format.parse(record);
        if (result.ok) expectWellFormed(result.value);
      }),
      { numRuns: 2000 },
    );
  });

  test("never throws on a record whose values changed their types", () => {
    const json = format.examples.map(({ record }) => record).filter(isJson);
    if (json.length === 0) return;
    fc.assert(
      fc.property(fc.constantFrom(...json), fc.nat(), fc.jsonValue(), (record, at, value) => {
        const result = format.parse(JSON.stringify(replaceAt(JSON.parse(record), { at, value })));
        if (result.ok) expectWellFormed(result.value);
      }),
      { numRuns: 2000 },
    );
  });

  test("reports no value from the record", () => {
    for (const record of format.rejects) {
      const result = format.parse(record);
      if (!result.ok) expect(result.weird.detail).toBeUndefined();
    }
  });
});

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** `document` with its `at`-th value (counted round) replaced. */
function replaceAt(document: unknown, { at, value }: { at: number; value: unknown }): unknown {
  let total = 0;
  JSON.stringify(document, (_, member: unknown) => (total++, member));
  let left = at % total;
  return JSON.parse(
    JSON.stringify(document, (_, member: unknown) => (left-- === 0 ? value : member)) ?? "null",
  );
}
