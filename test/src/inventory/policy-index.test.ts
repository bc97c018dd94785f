// The index leaves out only what cannot hold: with it and without it the same policies hit, in the same order.
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileGlob } from "../../../src/inventory/glob.ts";
import { hostOf } from "../../../src/inventory/ownership.ts";
import { createPolicyIndex } from "../../../src/inventory/policy-index.ts";
import type { Conditions, Policy, PolicySubject } from "../../../src/inventory/policy.ts";
import { compilePolicies } from "../../../src/inventory/policy.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { anEndpoint, someFacts } from "../../support/builders.ts";

const some = <T>(...of: readonly T[]) => fc.subarray([...of], { minLength: 1 });
const when = fc.record(
  {
    path: some("/v1/**", "/v1/orders/*", "/v1/orders", "/**", "/*/orders", "v1/**", "/v1/o*", "/v2/carts/**"),
    service: some("shop.**", "SHOP.test", "*.test", "pay*", "shop.test", "**"),
    environment: some("prod", "dev"),
    owner: some("none", "orders"),
    drift: some("auth-weakened"),
    finding: some("shadow", "no-auth"),
    answers_with: some("iban", "email"),
    data_class: some("iban"),
    ai_kind: some("mcp-server"),
    standing: some("shadow" as const, "documented" as const),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Conditions>;
const classes = (dataClass: string) => ({
  facts: someFacts({ dataClasses: [{ dataClass, place: "response.body", field: "", exchanges: 1 }] }),
});
const subject: fc.Arbitrary<PolicySubject> = fc.record({
  endpoint: fc.constantFrom(
    anEndpoint({ authority: "shop.test:8443", path: "/v1/orders" }),
    anEndpoint({ authority: "Shop.test", path: "/v1/orders/{id}", ...classes("iban") }),
    anEndpoint({ authority: "pay.test", path: "/", standing: "documented", ...classes("email") }),
    anEndpoint({ path: "/v2/carts/{id}/lines", ai: { ...NO_AI, verdict: "confirmed", kind: "mcp-server" } }),
  ),
  owner: fc.constantFrom(null, "orders"),
  decision: fc.constant("unreviewed" as const),
  environment: fc.constantFrom(null, "prod"),
  vendor: fc.constant(null),
  approval: fc.constant(null),
  drift: fc.constantFrom([], ["auth-weakened"]),
  findings: fc.constantFrom([], ["shadow"]),
  risk: fc.constant(0),
  knownDays: fc.constant(0),
  quietDays: fc.constant(0),
});
const policy = (conditions: Conditions, n: number): Policy => ({
  id: `p${n}`,
  title: "P",
  severity: "low",
  notify: [],
  when: conditions,
});

/** The same conditions, tried one by one. */
function holds(of: Conditions, { endpoint, owner, environment, drift, findings }: PolicySubject): boolean {
  const classes = Object.values(endpoint.facts?.dataClasses.kept ?? {}).map((found) => found.dataClass);
  const globs = (patterns: readonly string[], separator: "/" | ".", text: string) =>
    patterns.some((pattern) => compileGlob(pattern, { separator, fold: separator === "." })(text));
  const tried = {
    path: (wanted: readonly string[]) => globs(wanted, "/", endpoint.path),
    service: (wanted: readonly string[]) => globs(wanted, ".", hostOf(endpoint.authority)),
    environment: (wanted: readonly string[]) => wanted.includes(environment ?? ""),
    owner: (wanted: readonly string[]) => wanted.includes(owner ?? "none"),
    drift: (wanted: readonly string[]) => wanted.some((word) => drift.includes(word)),
    finding: (wanted: readonly string[]) => wanted.some((word) => findings.includes(word)),
    answers_with: (wanted: readonly string[]) => wanted.some((word) => classes.includes(word)),
    data_class: (wanted: readonly string[]) => wanted.some((word) => classes.includes(word)),
    ai_kind: (wanted: readonly string[]) => wanted.includes(endpoint.ai.kind ?? ""),
    standing: (wanted: readonly string[]) => wanted.includes(endpoint.standing),
  };
  return Object.entries(tried).every(([name, fits]) => {
    const wanted = of[name as keyof typeof tried];
    return wanted === undefined || fits(wanted);
  });
}

test("nothing that holds is missed, and the order stays", () => {
  fc.assert(
    fc.property(fc.array(when, { maxLength: 12 }), subject, (conditions, given) => {
      const hits = compilePolicies(conditions.map(policy))(given).map((hit) => hit.policy.id);
      expect(hits).toEqual(conditions.flatMap((of, n) => (holds(of, given) ? [`p${n}`] : [])));
    }),
    { numRuns: 1_000 },
  );
});

test("of many few are tried", () => {
  const index = createPolicyIndex(
    Array.from({ length: 100 }, (_, n) => ({ path: [`/v1/area${n}/**`], standing: ["shadow" as const] })),
  );
  const keyed = {
    endpoint: { authority: "a.test", path: "/v1/area7/x", ai: { kind: null } },
    owner: null,
    environment: null,
    drift: [],
    findings: [],
    answered: new Set<string>(),
    classes: new Set<string>(),
  };
  expect(index(keyed)).toEqual([7]);
  expect(index({ ...keyed, endpoint: { ...keyed.endpoint, path: "/v1" } })).toEqual([]);
});
