// Documents as the API shows them.
import { expect, test } from "vitest";
import { specDetail, specDetailJson, specRow, specRowJson } from "../../../src/api/spec-json.ts";
import { aSpec } from "../openapi/a-spec.ts";

const SPEC = aSpec(["GET /pets", "DELETE /pets/{petId}!"], {
  authorities: ["pets.test"],
  servers: [{ authority: "pets.test", basePath: "/v1" }],
});

test("a row counts the operations", () => {
  const row = specRowJson(SPEC);
  expect(row).toEqual({
    id: "spec_a",
    name: "a.yaml",
    authorities: ["pets.test"],
    uploaded_at: "1970-01-01T00:00:00.001Z",
    title: "Pets",
    version: "1",
    dialect: "3.1.0",
    servers: [{ authority: "pets.test", base_path: "/v1" }],
    operations_count: 2,
  });
  expect(specRow.parse(row)).toEqual(row);
});

test("the detail lists them", () => {
  const detail = specDetailJson(SPEC);
  expect(detail.operations).toEqual([
    { method: "GET", path: "/pets", operation_id: null, deprecated: false, tags: [] },
    { method: "DELETE", path: "/pets/{petId}", operation_id: null, deprecated: true, tags: [] },
  ]);
  expect(specDetail.parse(detail)).toEqual(detail);
});
