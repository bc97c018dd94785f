import * as fc from "fast-check";
import { expect, test } from "vitest";
import { declaredPath, MAX_SEGMENTS, readPath } from "../../../src/digest/path.ts";

const none = (): boolean => false;
const UUID = "550e8400-e29b-41d4-a716-446655440000";

test.each([
  ["/", "/"],
  ["", "/"],
  ["*", "*"],
  ["db.internal:5432", "{authority}"],
  ["//a//b/", "/a/b"],
  [`/users/${UUID}.json`, "/users/{uuid}.json"],
  ["/users/123456:cancel", "/users/{int}:cancel"],
  ["/users/42:cancel", "/users/42:cancel"],
  ["/v1/models/gpt-4o:generateContent", "/v1/models/gpt-4o:generateContent"],
  ["/v1/Products(5)", "/v1/Products({int})"],
  ["/Products('blue')/Parts", "/Products('{word}')/Parts"],
  ["/geo(lat=1.5,lon=2)", "/geo(lat={decimal},lon={int})"],
  ["/a;v=1/b;jsessionid=AAAA1234/c", "/a/b/c"],
  ["/u/jane%40example.com/posts", "/u/{email}/posts"],
  [`/ids/${UUID},${UUID}`, "/ids/{uuid}"],
  ["/a%2fb/c%7Ed", "/a%2Fb/c~d"],
  ["/%7Bid%7D/{x}", "/%7Bid%7D/%7Bx%7D"],
  ["/%zz/%e9/\u00e9/\ud800", "/%25zz/%E9/%E9/%EF%BF%BD"],
  [`/x/${"lorem%20ipsum%20".repeat(20)}`, "/x/{text}"],
])("%s becomes %s", (raw, path) => {
  expect(readPath(raw, none).path).toBe(path);
});

test("deep paths end in a tail", () => {
  const { path } = readPath("/a".repeat(MAX_SEGMENTS + 8), none);
  expect(path).toBe(`${"/a".repeat(MAX_SEGMENTS)}/{*}`);
});

test("segments are told decoded, under the route word before them; matrix parameters apart", () => {
  expect(readPath("/users/jane%40example.com;v=1;w/orders", none)).toEqual({
    path: "/users/{email}/orders",
    kind: "/users/{email}/orders",
    segments: [
      { text: "users", field: "" },
      { text: "jane@example.com", field: "users" },
      { text: "orders", field: "users" },
    ],
    matrix: [
      ["v", "1"],
      ["w", ""],
    ],
  });
});

test.each([
  ["/v1/users/7/a", "/v1/users/#/a"],
  ["/users/order_1001", "/users/#"],
  ["/days/2024-05-01", "/days/#"],
  ["/blobs/4f3a2b1", "/blobs/#"],
  ["/users/550e8400-e29b-41d4-a716-446655440000", "/users/{uuid}"],
  ["/api/2/boards", "/api/2/boards"],
  ["/1/boards/5", "/1/boards/#"],
  ["/teams/alerts-52", "/teams/alerts-52"],
  ["/oauth2/jane", "/oauth2/jane"],
])("the sampler counts %s with all of %s", (path, kind) => {
  expect(readPath(path, none).kind).toBe(kind);
});

test("what is known to be a secret goes, whatever its form", () => {
  expect(readPath("/reset/hunter", (text) => text === "hunter").path).toBe("/reset/{secret}");
});

test("never fails, is stable, and only braces mark classes", () => {
  const raw = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.webPath(),
    fc.stringMatching(/^[%0-9a-f{}();:,.=/]*$/),
  );
  fc.assert(
    fc.property(raw, (raw) => {
      const { path } = readPath(`/${raw}`, none);
      expect(path).toMatch(/^\/[\x21-\x7e]*$/);
      expect(path.replaceAll(/\{[a-z*-]+\}/g, "")).not.toMatch(/[{}]/);
      expect(path.split("/").length).toBeLessThanOrEqual(MAX_SEGMENTS + 2);
    }),
  );
});

test.each([
  ["/users/:id", "/users/{id}"],
  ["/users/<int:user_id>/x", "/users/{user_id}/x"],
  ["/pets/{petId}", "/pets/{petId}"],
  ["/a/{id:[0-9]+}/b", "/a/{id}/b"],
  [`/files/${UUID}`, "/files/{uuid}"],
  ["/{proxy+}", undefined],
  ["/static/*", undefined],
  ["nonsense", undefined],
  [undefined, undefined],
])("declared %s is %s", (route, path) => {
  expect(declaredPath(route)).toBe(path);
});

test.each([
  ["0006a000-0000-1000-8000-0000bede2700.json", "{uuid}.json"],
  ["report-0006a000-0000-1000-8000-0000bede2700.pdf", "report-{uuid}.pdf"],
  ["0006a000-0000-1000-8000-0000bede2700_thumb.png", "{uuid}_thumb.png"],
  ["backup.0006a000-0000-1000-8000-0000bede2700.tar.gz", "backup.{uuid}.tar.gz"],
  ["jquery-3.7.1.min.js", "jquery-3.7.1.min.js"],
  ["app.4f3a9c1e.js", "app.4f3a9c1e.js"],
])("a value that is part of a file name goes: %s", (segment, kept) => {
  expect(readPath(`/files/${segment}`, () => false).path).toBe(`/files/${kept}`);
});
