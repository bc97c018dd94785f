import { expect, test } from "vitest";
import { profileOf } from "../../../src/model/profile.ts";
import { factsOf } from "../inventory/a-history.ts";

test("an exchange in short: statuses, credentials, fields and their kinds", () => {
  const [facts] = factsOf({ day: 4, count: 1, got: { items: [{ id: 1, at: null }] }, sent: { a: 1.5 } });
  if (facts === undefined) throw new Error("no facts");
  const { fields, objects, ...profile } = profileOf(facts);
  expect(profile).toMatchObject({
    requests: 1,
    statuses: { 200: 1 },
    known: 1,
    open: 0,
    weekdays: [0, 1, 0, 0, 0, 0, 0],
  });
  expect(objects.kept).toEqual({ "<": 1, "< items[]": 1, ">": 1 });
  expect(fields.kept).toEqual({
    "< items": { present: 1, kinds: { array: 1 } },
    "< items[].id": { present: 1, kinds: { integer: 1 } },
    "< items[].at": { present: 1, kinds: { null: 1 } },
    "> a": { present: 1, kinds: { number: 1 } },
  });
});

test("what failed says nothing of fields", () => {
  const [facts] = factsOf({ day: 0, count: 1, status: 400, sent: { a: 1 } });
  if (facts === undefined) throw new Error("no facts");
  expect(profileOf(facts).fields.kept).toEqual({});
});
