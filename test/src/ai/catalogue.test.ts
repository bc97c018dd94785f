// The catalogue's data: no doubles, patterns that compile and stay quick, vendors by longest suffix.
import { describe, expect, test } from "vitest";
import { FORMATS, HEADERS, vendorOf } from "../../../src/ai/catalogue.ts";

test("ids are unique", () => {
  for (const ids of [FORMATS.map((row) => row.id), HEADERS.map((row) => row.id)]) {
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test("a format without telling fields does not exist", () => {
  expect(FORMATS.filter((row) => row.request.length + row.response.length === 0)).toEqual([]);
});

describe("vendorOf", () => {
  test.each([
    ["api.openai.com", "OpenAI"],
    ["API.OpenAI.com:8443", "OpenAI"],
    ["my-resource.openai.azure.com", "Microsoft Azure OpenAI"],
    ["europe-west4-aiplatform.googleapis.com", "Google Vertex AI"],
    ["storage.googleapis.com", undefined],
    ["shop.test", undefined],
    ["", undefined],
    ["com", undefined],
    ["10.0.0.1:80", undefined],
  ])("%s: %s", (authority, vendor) => {
    expect(vendorOf(authority)?.vendor).toBe(vendor);
  });
});
