import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../../../../src/classify/grouping/decide.ts";
import type { GroupingContext } from "../../../../src/classify/grouping/grouping.ts";
import { createRoutes } from "../../../../src/classify/grouping/routes.ts";
import type { TemplateSet } from "../../../../src/classify/grouping/template-set.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import type { Route } from "../../../../src/model/route.ts";
import { aRoute } from "../../../support/routes.ts";

const NOTHING: GroupingContext = {
  documented: () => ({ kind: "none", reason: "" }),
  documentTemplates: [],
  pins: [],
  previous: [],
};

function decided(rows: readonly Route[], context: Partial<GroupingContext> = {}): TemplateSet {
  const routes = createRoutes();
  routes.add(rows);
  return decide(routes, { ...NOTHING, ...context });
}

const templates = (set: TemplateSet): readonly string[] =>
  [...new Set(set.list().map(({ template }) => template.path.replaceAll(/\{[^{}]*\}/g, "{}")))].sort();

const each = (paths: readonly string[], shape: string): readonly Route[] =>
  paths.map((path) => aRoute(path, { shape }));

const NAMES = ["octavia", "jsmith", "bmiller", "zhang-wei", "karlotta", "tomek88", "agnieszka", "mduarte"];

describe("templates", () => {
  test("a format that stands apart behind one value stands apart behind all, also beside what only leads on", () => {
    const rows = [
      ...each(["/u/karen16.json", "/u/betty.young.json", "/u/octavia.json", "/u/8123.json"], "user"),
      ...each(["/u/karen16/badges", "/u/octavia/badges", "/u/jsmith/badges"], "badges"),
    ];
    expect(templates(decided(rows))).toEqual(["/u/{}.json", "/u/{}/badges"]);
  });

  test("the root is no value of a variable that stands there", () => {
    const realms = NAMES.map((name) => `/${name}`);
    const rows = [
      ...each(realms, "realm"),
      aRoute("/", { method: "POST", shape: "realm" }),
      ...realms.map((path) => aRoute(`${path}/keys`, { shape: "keys" })),
    ];
    const set = decided(rows);
    expect(set.match({ ...aRoute("/").key, method: "POST" }).template.path).toBe("/");
    expect(set.match(aRoute("/").key).template.path).toBe("/");
    expect(set.match(aRoute("/unheard-of").key).template.path).toMatch(/^\/\{/);
  });

  test("usernames are values, words beside them are not", () => {
    const rows = [
      ...each(
        NAMES.map((name) => `/users/${name}`),
        "user",
      ),
      aRoute("/users/me", { shape: "user", requests: 60 }),
      aRoute("/users/search", { shape: "found", listed: 5, requests: 20 }),
    ];
    expect(templates(decided(rows))).toEqual(["/users/me", "/users/search", "/users/{}"]);
  });

  test("a variable behind a variable is found by what is answered below", () => {
    const rows = NAMES.flatMap((owner, index) => {
      const repository = `/repos/${owner}/${["left-pad", "tooling", "dotfiles"][index % 3]}${index}x`;
      return [
        aRoute(repository, { shape: "repo" }),
        aRoute(`${repository}/issues`, { shape: "issues", listed: 3 }),
      ];
    });
    expect(templates(decided(rows))).toEqual(["/repos/{}/{}", "/repos/{}/{}/issues"]);
  });

  test("versions stay, numbers behind collections do not", () => {
    const rows = ["v1", "v2", "2.0"].flatMap((version) =>
      each([`/${version}/orders/7`, `/${version}/orders/81`], version),
    );
    expect(templates(decided(rows))).toEqual(["/2.0/orders/{}", "/v1/orders/{}", "/v2/orders/{}"]);
  });

  test("what is refused shapes nothing, and fits what is there", () => {
    const rows = [
      ...each(["/items/1", "/items/2"], "item"),
      aRoute("/items/3", { kind: "bad" }),
      aRoute("/else/where", { kind: "bad", status: "401" }),
    ];
    const set = decided(rows);
    expect(set.match(aRoute("/items/3").key)).toMatchObject({
      reason: "decided",
      template: { path: "/items/{itemId}" },
    });
    expect(set.match(aRoute("/items/3", { method: "PUT" }).key).reason).toBe("attached");
    expect(set.match(aRoute("/else/where").key).reason).toBe("alone");
  });

  test("one template is one object, with its evidence added up", () => {
    const set = decided([...each(["/items/1", "/items/2"], "item"), aRoute("/items/3", { kind: "bad" })]);
    expect(set.match(aRoute("/items/1").key).template).toBe(set.match(aRoute("/items/99").key).template);
    expect(set.list()).toMatchObject([
      { method: "GET", reason: "decided", evidence: { statuses: { "200": 6, "404": 3 } } },
    ]);
  });

  test("a client that asks for what is not there is a probe, success or not", () => {
    const scanner = { callers: [666], shape: null };
    const rows = [
      ...each(["/items/1", "/items/2"], "item"),
      ...Array.from({ length: 20 }, (_, n) => aRoute(`/old/backup-${n}`, { kind: "bad", ...scanner })),
      aRoute("/admin", { kind: "bad", status: "403", ...scanner }),
      aRoute("/hello", { answer: "html", ...scanner }),
    ];
    const reasons = new Map(
      decided(rows)
        .list()
        .map(({ template, reason }) => [template.path, reason]),
    );
    expect(reasons.get("/admin")).toBe("probe");
    expect(reasons.get("/hello")).toBe("probe");
    expect(reasons.get("/items/{itemId}")).toBe("decided");
  });

  test("a page that answers scanners answers nothing", () => {
    const page = { answer: "html", shape: null, pages: { "90": 1 } };
    const rows = [
      ...["/.env", "/.git/config", "/wp-login.php", "/welcome"].map((path) => aRoute(path, page)),
      aRoute("/pricing", { ...page, pages: { "120": 1 } }),
    ];
    const reasons = new Map(
      decided(rows)
        .list()
        .map(({ template, reason }) => [template.path, reason]),
    );
    expect(reasons.get("/pricing")).toBe("decided");
    expect(reasons.get("/welcome")).toBe("alone");
  });

  test("calls of protocols on top are never templated by evidence", () => {
    const rows = NAMES.map((name) => {
      const route = aRoute(`/shop.Users/${name}`);
      return { ...route, key: { ...route.key, style: "grpc" as const } };
    });
    expect(templates(decided(rows))).toHaveLength(NAMES.length);
  });
});

describe("people and documents", () => {
  const rows = each(
    NAMES.map((name) => `/users/${name}`),
    "user",
  );

  test("a split pin keeps a word apart", () => {
    const set = decided(rows, { pins: [{ kind: "split", path: "/users/jsmith", name: null }] });
    expect(templates(set)).toEqual(["/users/jsmith", "/users/{}"]);
    expect(set.explain("/users/jsmith")[1]).toMatchObject({ by: "pin", decided: "literal" });
  });

  test("a merge pin makes one of what evidence keeps apart", () => {
    const apart = [aRoute("/media/image", { shape: "i" }), aRoute("/media/video", { shape: "v" })];
    expect(templates(decided(apart))).toEqual(["/media/image", "/media/video"]);
    expect(templates(decided(apart, { pins: [{ kind: "merge", path: "/media/{}", name: null }] }))).toEqual([
      "/media/{}",
    ]);
  });

  test("a rename pin names the variable", () => {
    const set = decided(rows, { pins: [{ kind: "rename", path: "/users/{}", name: "login" }] });
    expect(set.list()[0]?.template).toMatchObject({
      path: "/users/{login}",
      parameters: [{ name: "login", named: "person" }],
    });
  });

  test("a document's words and variables hold for what it does not list, too", () => {
    const documentTemplates = ["/pets/{petId}", "/pets/findByStatus"];
    const heard = [aRoute("/pets/fluffy/toys"), aRoute("/pets/findByStatus/deep")];
    expect(templates(decided(heard, { documentTemplates }))).toEqual([
      "/pets/findByStatus/deep",
      "/pets/{}/toys",
    ]);
  });
});

describe("stability", () => {
  const some = fc.array(
    fc
      .tuple(
        fc.constantFrom("/users/", "/v1/shops/", "/"),
        fc.constantFrom(...NAMES, "me", "search", "17", "{uuid}", "export"),
        fc.constantFrom("", "/orders", "/orders/{uuid}", "/notes"),
        fc.constantFrom("a", "b"),
      )
      .map(([front, name, behind, shape]) => aRoute(`${front}${name}${behind}`, { shape })),
    { maxLength: 40 },
  );

  test("order of arrival does not matter", () => {
    fc.assert(
      fc.property(some, (rows) => {
        expect(decided([...rows].reverse()).list()).toEqual(decided(rows).list());
      }),
      { numRuns: 40 },
    );
  });

  test("every route belongs to one template, and all of it is counted", () => {
    fc.assert(
      fc.property(some, (rows) => {
        const sum = decided(rows)
          .list()
          .reduce((all, { evidence }) => all + evidence.requests, 0);
        expect(sum).toBe(3 * rows.length);
      }),
      { numRuns: 40 },
    );
  });

  test("asked again about the same, the answer is the same object", () => {
    const routes = createRoutes();
    routes.add(each(["/items/1"], "item"));
    const first = decide(routes, NOTHING);
    expect(decide(routes, NOTHING)).toBe(first);
    routes.add(each(["/items/2"], "item"));
    expect(decide(routes, NOTHING)).not.toBe(first);
  });
});

test("explanations add up", () => {
  const set = decided(
    each(
      NAMES.map((name) => `/users/${name}`),
      "user",
    ),
  );
  const [users, name] = set.explain("/users/{userId}");
  expect(users).toMatchObject({ segment: 0, decided: "literal" });
  expect(name).toMatchObject({ segment: 1, decided: "variable", by: "evidence", values: NAMES.length });
  const sum = name?.contributions.reduce((all, { weight }) => all + weight, 0);
  expect(sum).toBeCloseTo(name?.score ?? NaN);
  expect(set.explain("/nowhere")).toEqual([]);
});

describe("deciding again", () => {
  const words = fc.constantFrom(
    "users",
    "orders",
    "me",
    "mark",
    "jane",
    "v1",
    "x7",
    "{int}",
    "{uuid}",
    "a.json",
  );
  const heard = fc
    .record({
      segments: fc.array(words, { minLength: 1, maxLength: 4 }),
      method: fc.constantFrom("GET", "POST"),
      shape: fc.constantFrom("a", "b", null),
      bad: fc.integer({ min: 0, max: 4 }),
      callers: fc.subarray([1, 2, 3], { minLength: 1 }),
    })
    .map(({ segments, bad, ...told }) =>
      aRoute(`/${segments.join("/")}`, { ...told, kind: bad === 0 ? "bad" : "good" }),
    );
  const returned = fc.subarray(["users", "mark", "jane", "x7"]).map((values) => ({
    kept: { login: values.map(hash32).sort((a, b) => a - b) },
    tau: null,
    rest: null,
  }));
  const step = fc.record({
    rows: fc.array(heard, { minLength: 1, maxLength: 12 }),
    returned: fc.option(returned, { nil: null }),
    previous: fc.subarray(["/users/mark", "/users/{}/jane", "/mark"]),
  });
  const told = (set: TemplateSet): string => JSON.stringify([set.list(), set.remembered()]);
  const reasons = (set: TemplateSet): string =>
    JSON.stringify(set.list().map(({ template }) => set.explain(template.path)));

  test("comes to what deciding everything anew comes to, whatever is heard between", () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 2, maxLength: 6 }),
        fc.constantFrom(12, 1000),
        (steps, nodes) => {
          const routes = createRoutes({ nodes, bad: 6 });
          for (const [index, { rows, returned: values, previous }] of steps.entries()) {
            routes.add(rows);
            if (values !== null) routes.addReturned(values);
            const again = decide(routes, { ...NOTHING, previous });
            const fresh = createRoutes({ nodes, bad: 6 });
            fresh.merge([...routes.rows()].reverse(), routes.sketch());
            const anew = decide(fresh, { ...NOTHING, previous });
            // Explaining everything at every step would take most of the time.
            const toldOf = index === steps.length - 1 ? (set: TemplateSet) => told(set) + reasons(set) : told;
            expect(toldOf(again)).toBe(toldOf(anew));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test("templates nothing happened to are the same objects", () => {
    const routes = createRoutes();
    routes.add([...each(["/items/1", "/items/2"], "item"), ...each(["/pets/1", "/pets/2"], "pet")]);
    const before = decide(routes, NOTHING).list();
    routes.add([aRoute("/pets/3", { shape: "pet" })]);
    const after = decide(routes, { ...NOTHING }).list();
    expect(after.map(({ template }) => template.path)).toEqual(["/items/{itemId}", "/pets/{petId}"]);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});
