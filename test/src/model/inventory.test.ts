// What counts as an API, as shadow and as AI is decided in one place.
import { expect, test } from "vitest";
import type { Endpoint } from "../../../src/model/inventory.ts";
import { isHeardApi, isShadowApi, looksAi, NO_AI } from "../../../src/model/inventory.ts";
import { anEndpoint } from "../../support/builders.ts";

test.each<[string, Partial<Endpoint>, readonly [api: boolean, shadow: boolean]]>([
  ["a shadow endpoint", {}, [true, true]],
  ["a candidate", { confidence: "candidate" }, [true, true]],
  ["a documented one", { standing: "documented" }, [true, false]],
  ["noise", { confidence: "noise" }, [false, false]],
  ["a page", { category: "page" }, [false, false]],
  ["an orphan", { standing: "orphan", facts: null }, [false, false]],
])("%s", (_, given, [api, shadow]) => {
  const endpoint = anEndpoint(given);
  expect([isHeardApi(endpoint), isShadowApi(endpoint)]).toEqual([api, shadow]);
});

test.each([
  ["confirmed", true],
  ["likely", true],
  ["watch", false],
  ["none", false],
] as const)("a verdict of %s", (verdict, isAi) => {
  expect(looksAi(anEndpoint({ ai: { ...NO_AI, verdict } }))).toBe(isAi);
});
