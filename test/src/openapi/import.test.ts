// Reading documents: dialects, servers, references, and clear reasons for those that are not readable.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readDocument, readSpec } from "../../../src/openapi/import.ts";

const BASE = { openapi: "3.1.0", info: { title: "T", version: "2" }, paths: {} };

function read(over: object) {
  const found = readDocument(JSON.stringify({ ...BASE, ...over }), "n");
  if (!found.ok) throw new Error(found.weird.name);
  return found.value;
}

function reason(source: string): string {
  const found = readDocument(source, "n");
  return found.ok ? "ok" : found.weird.name;
}

test("an operation with everything matching needs", () => {
  const get = { operationId: "listPets", deprecated: true, tags: ["pets", 7], responses: {} };
  expect(
    read({ paths: { "/pets/{id}": { parameters: [{ name: "id" }], get, "x-y": {}, summary: "s" } } }),
  ).toEqual({
    title: "T",
    version: "2",
    dialect: "3.1.0",
    servers: [{ authority: null, basePath: "" }],
    operations: [
      { method: "GET", path: "/pets/{id}", operationId: "listPets", deprecated: true, tags: ["pets"] },
    ],
  });
});

test("JSON and YAML read the same", () => {
  const document = { ...BASE, paths: { "/a": { get: {}, post: { operationId: "x" } } } };
  expect(readDocument(stringify(document), "n")).toEqual(readDocument(JSON.stringify(document), "n"));
});

test("a byte order mark does not hurt", () => {
  expect(reason(`\uFEFF${JSON.stringify(BASE)}`)).toBe("ok");
});

describe("servers", () => {
  test.each([
    [[{ url: "https://API.test:443/v1/" }], [{ authority: "api.test", basePath: "/v1" }]],
    [[{ url: "http://api.test:443" }], [{ authority: "api.test:443", basePath: "" }]],
    [[{ url: "/v2" }], [{ authority: null, basePath: "/v2" }]],
    [[{ url: "v2" }], [{ authority: null, basePath: "/v2" }]],
    [[{ url: "//api.test/x?y#z" }], [{ authority: "api.test", basePath: "/x" }]],
    [[{ url: "./v2/../v3" }], [{ authority: null, basePath: "/v3" }]],
    [[{ url: "https://{tenant}.api.test/v1" }], [{ authority: "{tenant}.api.test", basePath: "/v1" }]],
    [
      [{ url: "https://{at}.api.test", variables: { at: { default: "eu", enum: ["eu", "us"] } } }],
      [
        { authority: "eu.api.test", basePath: "" },
        { authority: "us.api.test", basePath: "" },
      ],
    ],
    [[{ url: "{scheme}://api.test/v1" }], [{ authority: "api.test", basePath: "/v1" }]],
    [[{ url: "https://{host}:{port}/v1" }], [{ authority: null, basePath: "/v1" }]],
    [
      [{ url: "https://api.test/{version}", variables: { version: { default: "v2", enum: ["v1", "v2"] } } }],
      [
        { authority: "api.test", basePath: "/v2" },
        { authority: "api.test", basePath: "/v1" },
      ],
    ],
    [[{ url: "https://api.test/{open}" }], [{ authority: "api.test", basePath: "" }]],
    [[], [{ authority: null, basePath: "" }]],
    [[{}, null, { url: 7 }], [{ authority: null, basePath: "" }]],
  ])("%#", (servers, expected) => {
    expect(read({ servers }).servers).toEqual(expected);
  });

  test("those of a path item or an operation are of its operations alone", () => {
    const own = { servers: [{ url: "https://files.test/up" }] };
    const paths = { "/a": { ...own, get: {} }, "/b": { get: {}, post: own } };
    const { servers, operations } = read({ servers: [{ url: "https://api.test" }], paths });
    expect(servers).toEqual([{ authority: "api.test", basePath: "" }]);
    const files = [{ authority: "files.test", basePath: "/up" }];
    expect(operations.map((one) => [one.method, one.path, one.servers])).toEqual([
      ["GET", "/a", files],
      ["GET", "/b", undefined],
      ["POST", "/b", files],
    ]);
  });

  test("swagger 2.0 has host and basePath", () => {
    const document = {
      swagger: "2.0",
      host: "Api.test:80",
      schemes: ["http"],
      basePath: "/v1/",
      paths: { "/a": { get: {} } },
    };
    const found = readDocument(JSON.stringify(document), "n.json");
    expect(found).toMatchObject({
      ok: true,
      value: { dialect: "2.0", title: "n.json", servers: [{ authority: "api.test", basePath: "/v1" }] },
    });
  });
});

describe("references", () => {
  test("a local path item is followed", () => {
    const paths = { "/a": { $ref: "#/components/pathItems/A~1x" }, "/b": { $ref: "#/paths/~1a" } };
    const components = { pathItems: { "A/x": { get: { operationId: "g" } } } };
    expect(read({ paths, components }).operations.map((held) => held.path)).toEqual(["/a", "/b"]);
  });
  test.each([
    ["other.yaml", "openapi.ref-remote"],
    ["https://a.test/x.yaml#/a", "openapi.ref-remote"],
    ["#/nowhere", "openapi.ref-unresolved"],
    ["#/paths/~1a", "openapi.ref-loop"],
    ["#/info/title", "openapi.ref-unresolved"],
    ["#/__proto__", "openapi.ref-unresolved"],
  ])("%s: %s", ($ref, name) => {
    expect(reason(JSON.stringify({ ...BASE, paths: { "/a": { $ref } } }))).toBe(name);
  });
});

describe("what is no document", () => {
  test.each([
    ["", "openapi.not-an-object"],
    ["[]", "openapi.not-an-object"],
    ["hello", "openapi.not-an-object"],
    ["{}", "openapi.not-openapi"],
    ["a: [", "openapi.not-json-or-yaml"],
    ['{"openapi":"4.0.0"}', "openapi.dialect"],
    ['{"swagger":"1.2"}', "openapi.dialect"],
    ['{"openapi":"3.0.0"}', "openapi.no-paths"],
    ['{"openapi":"3.1.0","paths":[]}', "openapi.no-paths"],
    ['{"openapi":"3.1.0","webhooks":{}}', "ok"],
    ['{"openapi":"3.1.0","paths":{"pets":{}}}', "openapi.path"],
    ['{"openapi":"3.1.0","paths":{"/pets":[]}}', "openapi.ref-unresolved"],
    ["swagger: 2.0\npaths: {}", "ok"],
    ["openapi: 3.1.0\npaths: {}\n", "ok"],
    [`openapi: 3.1.0\nx: ${"[".repeat(20_000)}`, "openapi.not-json-or-yaml"],
    [`{"openapi":"3.1.0","paths":{},"x":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "ok"],
    [bomb(), "openapi.aliases"],
    [
      `openapi: 3.1.0\npaths: {}\nx: &a {b: c}\ny: [${Array.from({ length: 3000 }, () => "*a").join(", ")}]`,
      "ok",
    ],
    ["x".repeat(33_554_433), "openapi.too-large"],
  ])("%#", (source, name) => {
    expect(reason(source)).toBe(name);
  });
});

function bomb(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 9; level += 1) {
    const before = `*a${level - 1}`;
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => before).join(", ")}]`);
  }
  return lines.join("\n");
}

test("reading never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (source) => {
      for (const text of [
        source,
        `{"openapi":"3.1.0","servers":${source},"paths":${source}}`,
        `openapi: 3.1.0\npaths:\n  /a: ${source}`,
      ]) {
        expect(typeof readDocument(text, "n").ok).toBe("boolean");
      }
    }),
  );
});

test("the id of a spec is a hash of its text", () => {
  const given = { name: "a", authorities: ["A.test"], uploadedAt: 5 };
  const [one, two, other] = [
    JSON.stringify(BASE),
    JSON.stringify(BASE),
    JSON.stringify({ ...BASE, x: 1 }),
  ].map((source) => readSpec(source, given));
  expect(one).toEqual(two);
  expect(one).toMatchObject({ ok: true, value: { authorities: ["a.test"], uploadedAt: 5 } });
  expect(other).not.toEqual(one);
});

test("what a matrix parameter says is no part of the path", () => {
  const matrix = (name: string) => ({ name, in: "path", required: true, style: "matrix", schema: {} });
  const paths = {
    "/cars{color}/parts/{id}": { parameters: [matrix("color")], get: {} },
    "/{only}": { get: { parameters: [{ $ref: "#/components/parameters/only" }] } },
  };
  const { operations } = read({ paths, components: { parameters: { only: matrix("only") } } });
  expect(operations.map(({ path }) => path)).toEqual(["/cars/parts/{id}", "/"]);
});

test("YAML merge keys are followed", () => {
  const yaml = `openapi: 3.0.3
info: {title: t, version: "1"}
x-common: &common
  get: {responses: {}}
paths:
  /a: {<<: *common, post: {responses: {}}}`;
  const found = readDocument(yaml, "n.yaml");
  expect(found.ok && found.value.operations.map(({ method }) => method)).toEqual(["GET", "POST"]);
});
