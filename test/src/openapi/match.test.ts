// What the documents say about observed methods and paths.
import { describe, expect, test } from "vitest";
import { bindingOf, createMatcher } from "../../../src/openapi/match.ts";
import { anOperation, aSpec } from "./a-spec.ts";

const PETS = ["GET /pets", "GET /pets/{petId}", "GET /pets/findByStatus", "POST /pets", "GET /old!"];

function say(match: ReturnType<ReturnType<typeof createMatcher>>): string {
  if (match.kind === "none") return "none";
  return match.kind === "path" ? `path ${match.template}` : `${match.retired ?? "listed"} ${match.template}`;
}

describe("paths", () => {
  const match = createMatcher([aSpec(PETS, { servers: [{ authority: "pets.test", basePath: "/v1" }] })]);
  test.each([
    ["GET", "/v1/pets", "listed /v1/pets"],
    ["GET", "/v1/pets/", "listed /v1/pets"],
    ["GET", "/v1//pets", "listed /v1/pets"],
    ["GET", "/v1/pets/7", "listed /v1/pets/{petId}"],
    ["GET", "/v1/pets/{uuid}", "listed /v1/pets/{petId}"],
    ["GET", "/v1/pets/findByStatus", "listed /v1/pets/findByStatus"],
    ["GET", "/v1/pets/find%42yStatus", "listed /v1/pets/findByStatus"],
    ["HEAD", "/v1/pets/7", "listed /v1/pets/{petId}"],
    ["OPTIONS", "/v1/pets", "listed /v1/pets"],
    ["DELETE", "/v1/pets/7", "path /v1/pets/{petId}"],
    ["HEAD", "/v1/pets", "listed /v1/pets"],
    ["GET", "/pets/7", "listed /pets/{petId}"],
    ["GET", "/v2/pets/7", "none"],
    ["GET", "/v1/pets/7/x", "none"],
    ["GET", "/v1/old", "deprecated /v1/old"],
    ["GET", "/", "none"],
  ])("%s %s: %s", (method, path, expected) => {
    expect(say(match("pets.test", method, path))).toBe(expected);
  });

  test("a base path written into the paths as well", () => {
    const doubled = createMatcher([
      aSpec(["GET /v1/pets"], { servers: [{ authority: null, basePath: "/v1" }] }),
    ]);
    expect(say(doubled("a", "GET", "/v1/pets"))).toBe("listed /v1/pets");
  });
});

describe("segments that mix text and variables", () => {
  const match = createMatcher([
    aSpec(["GET /r/{id}.json", "GET /r/{id}", "GET /q({a},{b})", "GET /r/{id}:cancel", "GET /files/{a}-{b}"]),
  ]);
  test.each([
    ["/r/7.json", "/r/{id}.json"],
    ["/r/7.xml", "/r/{id}"],
    ["/r/.json", "/r/{id}"],
    ["/r/7:cancel", "/r/{id}:cancel"],
    ["/q(1,2)", "/q({a},{b})"],
    ["/files/x-y", "/files/{a}-{b}"],
  ])("%s is %s", (path, template) => {
    expect(match("a", "GET", path)).toMatchObject({ kind: "operation", template });
  });
  test.each(["/q(,2)", "/q(1)", "/files/-y", "/files/x-"])("%s fits nothing", (path) => {
    expect(match("a", "GET", path).kind).toBe("none");
  });
});

test("a variable may be tried again further left", () => {
  const match = createMatcher([aSpec(["GET /a/b/c", "GET /{x}/b/d", "GET /a/{y}/e"])]);
  expect(say(match("h", "GET", "/a/b/d"))).toBe("listed /{x}/b/d");
  expect(say(match("h", "GET", "/a/b/e"))).toBe("listed /a/{y}/e");
});

describe("binding", () => {
  const server = (authority: string | null) => ({ servers: [{ authority, basePath: "" }] });
  test.each([
    ["uploader", aSpec([], { authorities: ["a.test"], ...server("b.test") }), "a.test"],
    [null, aSpec([], { authorities: ["a.test"], ...server("b.test") }), "b.test"],
    ["server", aSpec([], server("a.test")), "a.test"],
    ["server-host", aSpec([], server("a.test")), "a.test:8443"],
    [null, aSpec([], server("a.test:8080")), "a.test"],
    [null, aSpec([], server("a.test")), "b.test"],
    ["anywhere", aSpec([], server(null)), "b.test"],
    ["anywhere", aSpec([], server("localhost:3000")), "b.test"],
    ["anywhere", aSpec([], server("api.example.com")), "b.test"],
  ])("%s", (binding, spec, authority) => {
    expect(bindingOf(spec, authority)).toBe(binding);
  });

  test("what the uploader said beats what servers say", () => {
    const general = aSpec(["GET /x/{any}"], { id: "spec_g", uploadedAt: 9 });
    const bound = aSpec(["GET /x/{id}"], { id: "spec_b", authorities: ["a.test"] });
    expect(createMatcher([general, bound])("a.test", "GET", "/x/1")).toMatchObject({
      template: "/x/{id}",
      specIds: ["spec_b", "spec_g"],
    });
  });
});

describe("reasons", () => {
  const here = aSpec(["GET /pets"], { servers: [{ authority: "a.test", basePath: "" }] });
  test.each([
    { specs: [], path: "/x", reason: "no document was uploaded" },
    { specs: [here], authority: "b.test", reason: "the one document there is does not speak for b.test" },
    { specs: [here], path: "/x", reason: "no path of Pets 1 fits" },
    { specs: [here], method: "PUT", reason: "Pets 1 lists /pets, but not with PUT" },
    { specs: [here], method: "p u t", reason: "Pets 1 lists /pets, but not with this method" },
    { specs: [here], reason: "GET /pets is listed in Pets 1" },
  ])("$reason", ({ specs, authority = "a.test", method = "GET", path = "/pets", reason }) => {
    expect(createMatcher(specs)(authority, method, path).reason).toBe(reason);
  });
});

test("an operation that a newer edition lost is removed, one that it kept is not", () => {
  const first = aSpec(["GET /a", "GET /b"], { id: "spec_1", uploadedAt: 1 });
  const second = aSpec(["GET /a"], { id: "spec_2", uploadedAt: 2, version: "2" });
  const match = createMatcher([first, second]);
  expect(match("h", "GET", "/b")).toMatchObject({
    retired: "removed",
    reason: "GET /b was removed from newer editions of Pets 1",
  });
  expect(match("h", "GET", "/a")).toMatchObject({ retired: null, specIds: ["spec_2", "spec_1"] });
});

describe("hosts", () => {
  const family = [{ authority: "{tenant}.api.test", basePath: "/v1" }];
  test.each([
    ["a.api.test", "operation"],
    ["a.b.api.test", "operation"],
    ["a.api.test:8443", "operation"],
    [".api.test", "none"],
    ["api.test", "none"],
    ["other.test", "none"],
  ])("{tenant}.api.test and %s: %s", (authority, kind) => {
    const match = createMatcher([aSpec(["GET /pets"], { servers: family })]);
    expect(match(authority, "GET", "/v1/pets").kind).toBe(kind);
  });

  test("operations with servers of their own live there alone", () => {
    const operations = [
      anOperation({ path: "/pets" }),
      anOperation({ path: "/up", method: "POST", servers: [{ authority: "files.test", basePath: "/f" }] }),
    ];
    const match = createMatcher([
      aSpec([], { operations, servers: [{ authority: "api.test", basePath: "/v1" }] }),
    ]);
    const kinds = [
      match("api.test", "GET", "/v1/pets"),
      match("files.test", "POST", "/f/up"),
      match("files.test", "GET", "/pets"),
      match("api.test", "POST", "/f/up"),
      match("api.test", "POST", "/v1/up"),
    ].map(({ kind }) => kind);
    expect(kinds).toEqual(["operation", "operation", "none", "none", "none"]);
  });
});
