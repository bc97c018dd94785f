// Every log format keeps its contract: its examples, its rejects, its name, and its calm on hostile input.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogFormat } from "../../collectors/log-format.ts";
import type { Body, Exchange } from "../../src/model/exchange.ts";
import { loadUnits, unitIds } from "../../src/ops/units.ts";
import { anyText } from "../collectors/gateway-log/any-text.ts";

const FOLDER = new URL("../../collectors/log-formats/", import.meta.url);
const formats = [...(await loadUnits<LogFormat>(FOLDER)).values()];

/** What a reader of exchanges relies on whatever the format; each fault by name. */
function faultsOf({ startedAt, endedAt, request, outcome }: Exchange): readonly string[] {
  const response = outcome.kind === "answered" ? outcome.response : undefined;
  const headers = [...request.headers, ...(response?.headers ?? [])];
  const freePath = request.method === "CONNECT" || request.path === "*";
  const rules: Readonly<Record<string, boolean>> = {
    "a start": Number.isFinite(startedAt),
    "an end behind it": endedAt === null || endedAt >= startedAt,
    "a token as method": /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(request.method),
    "an authority in lower case":
      request.authority === request.authority.toLowerCase() && request.authority !== "",
    "header names in lower case": headers.every(([name]) => name === name.toLowerCase()),
    "a path from the root": freePath || request.path.startsWith("/"),
    "a path without query": !request.path.includes("?"),
    "a status": response === undefined || (response.status >= 100 && response.status <= 999),
    "sizes that are sizes": isSized(request.body) && (response === undefined || isSized(response.body)),
  };
  return Object.keys(rules).filter((name) => rules[name] !== true);
}

function isSized(body: Body): boolean {
  return body.kind === "none" || body.size === null || (Number.isInteger(body.size) && body.size >= 0);
}

/** No faults when the record is refused. */
function faultsIn(format: LogFormat, record: string): readonly string[] {
  const result = format.parse(record);
  return result.ok ? faultsOf(result.value) : [];
}

test("each file is a format of its own name", async () => {
  expect(formats.map((format) => format.id)).toEqual([...(await unitIds(FOLDER))]);
  expect(formats.length).toBeGreaterThan(0);
});

describe.each(formats)("$id", (format) => {
  test.each([...format.examples.entries()])("reads example %i", (_, { record, gives }) => {
    expect(format.recognise(record)).toBeGreaterThan(0);
    expect(format.parse(record)).toMatchObject({ ok: true, value: gives });
    expect(faultsIn(format, record)).toEqual([]);
  });

  test.each([...format.rejects.entries()])("rejects record %i by a name and no more", (_, record) => {
    const name = expect.stringMatching(new RegExp(`^${format.id}\\.[a-z-]+$`)) as string;
    expect(format.parse(record)).toEqual({ ok: false, weird: { name } });
  });

  test("is surer of its examples than any other format is", () => {
    for (const { record } of format.examples) {
      const others = formats.filter(({ framing, id }) => framing === format.framing && id !== format.id);
      const surest = Math.max(0, ...others.map((other) => other.recognise(record)));
      expect(format.recognise(record)).toBeGreaterThan(surest);
    }
  });

  test("never throws, and what it gives is well formed", () => {
    const records = [...format.examples.map((example) => example.record), ...format.rejects];
    const damaged = fc
      .tuple(fc.constantFrom(...records), fc.nat(), fc.nat(8), anyText(8))
      .map(([record, at, cut, put]) => {
        const place = at % (record.length + 1);
        return record.slice(0, place) + put + record.slice(place + cut);
      });
    const check = fc.property(fc.oneof(fc.string(), anyText(), fc.json(), damaged), (record) => {
      const sure = format.recognise(record);
      return sure >= 0 && sure <= 1 && faultsIn(format, record).length === 0;
    });
    expect(() => fc.assert(check, { numRuns: 2000 })).not.toThrow();
  });

  test("never throws on a record whose values changed their types", () => {
    const json = format.examples.map(({ record }) => record).filter(isJson);
    const check = fc.property(fc.nat(), fc.nat(), fc.jsonValue(), (pick, at, value) => {
      const record = json[pick % json.length] ?? "{}";
      return faultsIn(format, JSON.stringify(replaceAt(JSON.parse(record), { at, value }))).length === 0;
    });
    expect(() => fc.assert(check, { numRuns: 2000 })).not.toThrow();
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
  JSON.stringify(document, (_, member: unknown) => {
    total++;
    return member;
  });
  let left = at % total;
  return JSON.parse(JSON.stringify(document, (_, member: unknown) => (left-- === 0 ? value : member)));
}
