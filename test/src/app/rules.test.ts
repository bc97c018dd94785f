// What people say, by service.
import { expect, test } from "vitest";
import { rulesOf } from "../../../src/app/rules.ts";
import type { StoredPin } from "../../../src/model/pin.ts";
import { aSpec } from "../openapi/a-spec.ts";

const pin = (authority: string): StoredPin => ({
  id: `pin_${authority}`,
  authority,
  createdAt: 1,
  by: null,
  pin: { kind: "split", path: "/a", name: null },
});

test("pins are those of the service, documents those that speak for it", () => {
  const spec = { ...aSpec(["GET /pets/{petId}"]), authorities: ["shop.test"] };
  const rules = rulesOf({ specs: [spec], pins: [pin("shop.test"), pin("other.test")] });
  const shop = rules.contextOf("shop.test");
  expect(shop.documentTemplates?.some((template) => template.endsWith("/pets/{petId}"))).toBe(true);
  expect(shop.pins).toEqual([{ kind: "split", path: "/a", name: null }]);
  expect(rules.contextOf("none.test")).toMatchObject({ documentTemplates: [], pins: [] });
});

test("the same arrays come back, for any number of services", () => {
  const rules = rulesOf({ specs: [aSpec(["GET /a"])], pins: [pin("a.test")] });
  expect(rules.contextOf("a.test").pins).toBe(rules.contextOf("a.test").pins);
  expect(rules.contextOf("b.test").documentTemplates).toBe(rules.contextOf("c.test").documentTemplates);
});
