// Which pins are taken, and how the past of an endpoint is shown.
import { expect, test } from "vitest";
import { pastJson, pinJson, pinRequest } from "../../../src/api/grouping-json.ts";
import { anEndpoint } from "./an-inventory.ts";

test.each([
  [{ kind: "merge", path: "/users/{id}" }, true],
  [{ kind: "merge", path: "/users/ann" }, true],
  [{ kind: "split", path: "/users/me" }, true],
  [{ kind: "rename", path: "/users/{id}", name: "login" }, true],
  [{ kind: "rename", path: "/users/{id}" }, false],
  [{ kind: "rename", path: "/users/me", name: "login" }, false],
  [{ kind: "merge", path: "/users/{id}", name: "login" }, false],
  [{ kind: "split", path: "/users/{id}" }, false],
  [{ kind: "split", path: "users/me" }, false],
  [{ kind: "split", path: "/users//me" }, false],
  [{ kind: "split", path: "/" }, false],
  [{ kind: "split", path: "/users/me?x=1" }, false],
  [{ kind: "rename", path: "/users/{id}", name: "a b" }, false],
  [{ kind: "other", path: "/users/me" }, false],
  [{ kind: "split", path: "/users/me", more: 1 }, false],
])("%j: %s", (pin, taken) => {
  expect(pinRequest.safeParse(pin).success).toBe(taken);
});

test("the past of an endpoint is shown where it has one", () => {
  const plain = pastJson({ endpoint: anEndpoint(), owner: null, redirectedFrom: null, merged: [] });
  expect(plain).toEqual({ redirected_from: null, merged: [], split_from: null });
  const said = { decision: "approved", ai: null } as const;
  const merged = [
    {
      id: "ep_o",
      authority: "a.test",
      target: "ep_a",
      at: 0,
      method: "GET",
      path: "/x",
      owner: "team",
      ...said,
    },
  ];
  const carved = { from: "ep_p", at: 0, requests: 3 };
  expect(
    pastJson({ endpoint: { ...anEndpoint(), carved }, owner: null, redirectedFrom: "ep_o", merged }),
  ).toEqual({
    redirected_from: "ep_o",
    merged: [
      { id: "ep_o", method: "GET", path: "/x", at: "1970-01-01T00:00:00.000Z", owner: "team", ...said },
    ],
    split_from: { id: "ep_p", at: "1970-01-01T00:00:00.000Z", requests: 3 },
  });
});

test("a pin in the API's spelling", () => {
  const pin = { kind: "split", path: "/users/me", name: null } as const;
  expect(pinJson({ id: "pin_1", authority: "a.test", createdAt: 0, by: "ann", pin })).toEqual({
    id: "pin_1",
    authority: "a.test",
    created_at: "1970-01-01T00:00:00.000Z",
    by: "ann",
    ...pin,
  });
});
