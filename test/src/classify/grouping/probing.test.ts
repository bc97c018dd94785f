import { describe, expect, test } from "vitest";
import { probingIn } from "../../../../src/classify/grouping/probing.ts";
import type { Route } from "../../../../src/model/route.ts";
import { anEvidence, aRoute } from "../../../support/routes.ts";

const misses = (count: number, caller: number, status = "404"): readonly Route[] =>
  Array.from({ length: count }, (_, n) => aRoute(`/nope/${n}`, { kind: "bad", status, callers: [caller] }));

const hits = (count: number, caller: number): readonly Route[] =>
  Array.from({ length: count }, (_, n) => aRoute(`/there/${n}`, { callers: [caller] }));

const probes = (routes: readonly Route[], caller: number): boolean =>
  !probingIn(routes).isUsed(anEvidence("/x", { callers: [caller] }));

describe("clients that probe", () => {
  test("ask mostly for what is not there", () => {
    expect(probes([...misses(20, 7), ...hits(3, 7)], 7)).toBe(true);
  });

  test.each([
    ["few misses", misses(5, 7)],
    ["more hits than misses", [...misses(20, 7), ...hits(30, 7)]],
    [
      "misses that are there for others",
      [...misses(20, 7), ...Array.from({ length: 20 }, (_, n) => aRoute(`/nope/${n}`))],
    ],
    ["refusals alone", misses(20, 7, "401")],
  ])("not with %s", (_why, routes) => {
    expect(probes(routes, 7)).toBe(false);
  });

  test("refusals count for who asks what only scanners ask", () => {
    const scanned = ["/.env", "/.git/config", "/wp-login.php"].map((path) =>
      aRoute(path, { kind: "bad", status: "401", callers: [7] }),
    );
    expect(probes([...misses(20, 7, "401"), ...scanned], 7)).toBe(true);
  });

  test("nothing is used that is there for nobody", () => {
    expect(probingIn([]).isUsed(anEvidence("/x", { callers: [7], status: "404" }))).toBe(false);
    expect(probingIn([]).isUsed(anEvidence("/x", { callers: [7], status: "401" }))).toBe(true);
  });

  test("whom busy routes may have left out is not said to probe", () => {
    const full = Array.from({ length: 16 }, (_, n) => n + 1);
    const busy = Array.from({ length: 30 }, (_, n) => aRoute(`/busy/${n}`, { callers: full }));
    expect(probes([...misses(20, 1000), ...busy], 1000)).toBe(false);
  });
});

describe("answers to everything", () => {
  const page = { answer: "html", shape: null, pages: { "90": 1 } };

  test("a page that many unrelated sections get is the application's shell", () => {
    const shell = Array.from({ length: 25 }, (_, n) => aRoute(`/section${n}`, page));
    expect(probingIn(shell).provesNothing(aRoute("/else", page))).toBe(true);
    expect(probingIn(shell.slice(0, 5)).provesNothing(aRoute("/else", page))).toBe(false);
  });

  test("redirects of scanners' questions prove nothing, and success without content does", () => {
    const login = { answer: "none", shape: null, status: "302" };
    const asked = ["/.env", "/.git/config", "/wp-login.php"].map((path) => aRoute(path, login));
    expect(probingIn(asked).provesNothing(aRoute("/orders", login))).toBe(true);
    expect(probingIn(asked).provesNothing(aRoute("/orders", { ...login, status: "204" }))).toBe(false);
  });
});
