import { describe, expect, test } from "vitest";
import { bundle } from "../../../src/openapi/bundle.ts";
import { readDocument } from "../../../src/openapi/import.ts";

const HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
const ROOT = `${HEAD}paths:
  /pets: {$ref: './paths/pets.yaml'}
  /shops:
    get: {$ref: 'paths/more.json#/shops/get'}
`;
const FILES = new Map([
  ["paths/pets.yaml", "get: {operationId: listPets, responses: {}}\npost: {$ref: 'ops/post.yaml#/op'}\n"],
  ["paths/ops/post.yaml", "op: {$ref: '../more.json#/post'}\n"],
  ["paths/more.json", '{"shops":{"get":{"operationId":"listShops"}},"post":{"operationId":"addPet"}}'],
]);

test("asks for the files it needs, and becomes one document with them", () => {
  expect(bundle(ROOT, new Map())).toEqual({ kind: "needs", files: ["paths/more.json", "paths/pets.yaml"] });
  const result = bundle(ROOT, FILES);
  if (result.kind !== "whole") throw new Error(result.kind);
  const read = readDocument(result.text, "t");
  if (!read.ok) throw new Error(read.weird.name);
  expect(
    read.value.operations.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`),
  ).toEqual(["GET /pets listPets", "POST /pets addPet", "GET /shops listShops"]);
});

test("all paths may stand in one other file", () => {
  const result = bundle(
    `${HEAD}paths: {$ref: paths.yaml}\n`,
    new Map([["paths.yaml", "/a: {get: {responses: {}}}"]]),
  );
  if (result.kind !== "whole") throw new Error(result.kind);
  expect(JSON.parse(result.text)).toMatchObject({ paths: { "/a": { get: {} } } });
});

test.each([
  "",
  "- 1",
  ROOT.replaceAll(/\$ref[^}]*/g, "summary: x"),
  `${HEAD}paths: {/a: {$ref: '#/components/x'}}`,
])("a document in one file stays as it is", (source) => {
  expect(bundle(source, new Map())).toEqual({ kind: "whole", text: source });
});

describe("is refused when", () => {
  const withRef = (ref: string) => `${HEAD}paths: {/a: {$ref: '${ref}'}}\n`;
  test.each([
    ["https://example.com/a.yaml", "openapi.ref-remote", /nothing is downloaded/],
    ["file:///etc/passwd", "openapi.ref-remote", /nothing is downloaded/],
    ["/etc/passwd", "openapi.ref-remote", /nothing is downloaded/],
    ["../a.yaml", "openapi.ref-remote", /outside the document's folder/],
    ["a/%2e%2e/../../b.yaml", "openapi.ref-remote", /outside the document's folder/],
    ["b.yaml#/none", "openapi.ref-unresolved", /leads to nothing/],
    ["loop.yaml", "openapi.ref-loop", /refers to itself/],
    ["bad.yaml", "openapi.not-json-or-yaml", /bad\.yaml/],
  ])("it refers to %s", (ref, name, detail) => {
    const files = new Map([
      ["b.yaml", "{}"],
      ["loop.yaml", "$ref: loop.yaml"],
      ["bad.yaml", "a: [}"],
    ]);
    const result = bundle(withRef(ref), files);
    if (result.kind !== "refused") throw new Error(result.kind);
    expect(result.weird.name).toBe(name);
    expect(result.weird.detail).toMatch(detail);
  });
});
