// Wider and narrower templates.
import { expect, test } from "vitest";
import { covers } from "../../../src/model/template-cover.ts";

test.each([
  ["/users/{id}", "/users/me", true],
  ["/users/{id}", "/users/{name}", true],
  ["/users/me", "/users/{id}", false],
  ["/users/{id}", "/users", false],
  ["/users/{id}", "/users/1/orders", false],
  ["/{a}/{b}", "/x/{y}", true],
  ["/files/{name}.json", "/files/a.json", true],
  ["/files/{name}.json", "/files/.json", false],
  ["/files/{name}.json", "/files/a.xml", false],
  ["/files/{name}", "/files/{other}.json", true],
  ["/{a}-{b}", "/x-y", false],
  ["", "", true],
])("%s covers %s: %s", (wide, narrow, wanted) => {
  expect(covers(wide, narrow)).toBe(wanted);
});
