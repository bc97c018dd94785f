// Operations that are listed and never heard.
import { expect, test } from "vitest";
import { orphansOf } from "../../../src/inventory/orphans.ts";
import { aSpec } from "../openapi/a-spec.ts";
import { anEndpoint } from "./an-endpoint.ts";

const places = (orphans: ReturnType<typeof orphansOf>) =>
  orphans.map(({ authority, method, path }) => `${method} ${authority}${path}`).sort();

test("base paths, names and trailing slashes", () => {
  const spec = aSpec(["GET /pets/", "GET /pets/{a}/{a}", "GET /"], {
    servers: [{ authority: "a.test", basePath: "/v1" }],
  });
  expect(places(orphansOf([], [spec]))).toEqual([
    "GET a.test/v1",
    "GET a.test/v1/pets",
    "GET a.test/v1/pets/{a}/{a2}",
  ]);
});

test("HEAD and OPTIONS call no operation but their own", () => {
  const spec = aSpec(["GET /x", "HEAD /y"], { authorities: ["shop.test"] });
  const heard = ["HEAD", "OPTIONS"].map((method) => anEndpoint({ method, path: "/x" }));
  expect(places(orphansOf(heard, [spec]))).toEqual(["GET shop.test/x", "HEAD shop.test/y"]);
});

test("two documents that list the same make one orphan", () => {
  const two = ["spec_a", "spec_b"].map((id) => aSpec(["GET /x"], { id, title: id, authorities: ["a.test"] }));
  expect(orphansOf([], two)).toMatchObject([{ specIds: ["spec_a", "spec_b"] }]);
});

test("what only an older edition lists is gone, not unheard", () => {
  const old = aSpec(["GET /x", "GET /gone"], { id: "spec_1", authorities: ["a.test"] });
  const current = aSpec(["GET /x"], { id: "spec_2", uploadedAt: 2, authorities: ["a.test"] });
  expect(places(orphansOf([], [old, current]))).toEqual(["GET a.test/x"]);
});
