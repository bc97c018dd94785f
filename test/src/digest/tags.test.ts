import { expect, test } from "vitest";
import { shapeOf } from "../../../src/digest/draft.ts";
import { createJsonReader } from "../../../src/digest/json.ts";
import { createSafeName } from "../../../src/digest/names.ts";

function objectIn(text: string) {
  const reader = createJsonReader(
    createSafeName(() => false),
    null,
  );
  reader.read(text, true);
  return shapeOf(reader.draft);
}

test("a public word under a tag name says which fields stood beside it", () => {
  const { object } = objectIn('{"type":"card","brand":1,"owner":{"type":"user","id":2}}');
  expect(object?.tags).toMatchObject({
    type: { card: { count: 1, fields: { kept: { type: 1, brand: 1, owner: 1 } } } },
  });
  expect(object?.fields.kept["owner"]?.object?.tags?.["type"]?.["user"]?.fields.kept).toEqual({
    type: 1,
    id: 1,
  });
});

test("any other value is not noted", () => {
  expect(objectIn('{"type":"jane.doe@corp.test","a":1}').object).not.toHaveProperty("tags");
  expect(objectIn('{"type":7,"a":1}').object).not.toHaveProperty("tags");
});

test("items of one array add up", () => {
  const { array } = objectIn('[{"type":"card","a":1},{"type":"bank","b":1},{"type":"card"}]');
  expect(array?.items?.object?.tags?.["type"]).toMatchObject({
    card: { count: 2, fields: { kept: { type: 2, a: 1 } } },
    bank: { count: 1, fields: { kept: { type: 1, b: 1 } } },
  });
});
