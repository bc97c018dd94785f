import { expect, test } from "vitest";
import { fieldDrift } from "../../../src/inventory/drift-fields.ts";
import type { FormatName } from "../../../src/model/formats.ts";
import { formatBit } from "../../../src/model/formats.ts";
import type { FieldProfile, Profile } from "../../../src/model/past.ts";
import { emptyProfile } from "../../../src/model/profile.ts";

const profile = (fields: Readonly<Record<string, FieldProfile>>, tau: number | null = null): Profile => ({
  ...emptyProfile(),
  clients: [1, 2],
  fields: { kept: fields, tau, rest: null },
  objects: { kept: { "<": 100, ...("< owner" in fields && { "< owner": 100 }) }, tau: null, rest: null },
});
const drift = (past: Profile, recent: Profile) => fieldDrift({ past, recent, first: recent });
const always = { present: 100, kinds: { string: 100 } };

test("integers are numbers, but not the other way", () => {
  const as = (kind: string) => profile({ "< a": { ...always, kinds: { [kind]: 100 } } });
  expect(drift(as("number"), as("integer"))).toEqual([]);
  expect(drift(as("integer"), as("number"))).toMatchObject([{ category: "kind-new" }]);
});

test("texts that turn from one format into another are told, one odd text is not", () => {
  const as = (...names: readonly FormatName[]) =>
    profile({ "< a": { ...always, formats: names.reduce((bits, name) => bits | formatBit(name), 0) } });
  expect(drift(as("date-time"), as("integer", "decimal"))).toMatchObject([
    { category: "format-changed", severity: "error", text: expect.stringContaining("integer") },
  ]);
  expect(drift(as("date-time"), as())).toEqual([]);
  expect(drift(as("integer", "decimal"), as("decimal"))).toEqual([]);
  expect(drift(as(), as("date"))).toEqual([]);
  expect(drift(as("date"), profile({ "< a": always }))).toEqual([]);
});

test("of fields beyond the cap nothing is said", () => {
  const both = profile({ "< a": always, "< b": always });
  expect(drift(both, profile({ "< a": always }))).toMatchObject([{ category: "field-gone" }]);
  expect(drift(both, profile({ "< a": always }, 7))).toEqual([]);
  expect(drift(profile({ "< a": always }, 7), both)).toEqual([]);
});

test("a whole new object is one change, not one for each of its fields", () => {
  const now = profile({ "< a": always, "< owner": always, "< owner.id": always });
  expect(drift(profile({ "< a": always }), now)).toMatchObject([{ location: "response.body owner" }]);
});
