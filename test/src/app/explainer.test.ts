// Explanations are decided again only when something changed.
import { expect, test } from "vitest";
import { createExplainer } from "../../../src/app/explainer.ts";
import { createRoutes } from "../../../src/classify/grouping/routes.ts";
import { routesOf } from "../../../src/classify/grouping/evidence.ts";
import type { ServiceGrouping } from "../../../src/model/inventory.ts";
import { aSighting } from "../classify/a-sighting.ts";

function grouping(version: number): ServiceGrouping {
  const routes = createRoutes();
  for (const line of ["GET /orders/1", "GET /orders/2"]) {
    const { key, facts } = aSighting(line);
    routes.add(routesOf(key, facts));
  }
  return { version, answered: true, routes: [...routes.rows()], sketch: routes.sketch(), remembered: [] };
}

test("the routes of a service are read once for each version and each revision of what people say", async () => {
  const asked: (number | null)[] = [];
  let [version, revision] = [1, 1];
  const explainer = createExplainer({
    specs: async () => ({ revision, specs: [], pins: [] }),
    async grouping(_authority, known) {
      asked.push(known);
      return known === version ? "same" : grouping(version);
    },
  });
  const of = { authority: "shop.test", path: "/orders/{orderId}" };
  const [, second] = await explainer.explain(of);
  expect(second).toMatchObject({ segment: 1, decided: "variable" });
  await explainer.explain(of);
  version = 2;
  await explainer.explain(of);
  revision = 2;
  await explainer.explain(of);
  expect(asked).toEqual([null, 1, 1, null]);
  expect(await explainer.explain({ ...of, path: "/elsewhere" })).toEqual([]);
});
