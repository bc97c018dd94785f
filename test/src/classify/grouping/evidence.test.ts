import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routesOf } from "../../../../src/classify/grouping/evidence.ts";
import { emptyRecord } from "../../../../src/model/bounded.ts";
import { joinFacts } from "../../../../src/model/facts.ts";
import type { GroupingFacts } from "../../../../src/model/grouping-facts.ts";
import type { RouteEvidence } from "../../../../src/model/route.ts";
import { joinEvidence } from "../../../../src/model/route.ts";
import type { Facts, ResponseFacts, SightingKey } from "../../../../src/model/sighting.ts";
import { someFacts } from "../../../support/builders.ts";

const KEY: SightingKey = {
  authority: "shop.test",
  method: "GET",
  path: "/users/mark",
  declared: false,
  protocol: "h2",
  style: "rest",
  operation: null,
};

const answer = (count: number, fields: readonly string[] = []): ResponseFacts => ({
  count,
  bodies: {
    "application/json": {
      count,
      shaped: count,
      truncated: 0,
      unparsed: 0,
      shape: {
        count,
        object: {
          count,
          fields: {
            kept: Object.fromEntries(fields.map((name) => [name, { count }])),
            tau: null,
            rest: null,
          },
        },
      },
    },
  },
  headers: { kept: emptyRecord(), tau: null, rest: null },
});

describe("routes of a sighting", () => {
  test("what proves the route is apart from what does not", () => {
    const facts = someFacts({ requests: 5, responses: { "200": answer(3, ["id"]), "404": answer(2) } });
    const [good, bad] = routesOf(KEY, facts);
    expect(good).toMatchObject({
      kind: "good",
      evidence: { requests: 3, statuses: { "200": 3 }, answers: { json: 3 } },
    });
    expect(good?.evidence.keys).toHaveLength(1);
    expect(bad).toMatchObject({ kind: "bad", evidence: { requests: 2, statuses: { "404": 2 }, keys: [] } });
  });

  test("keys below others are other keys", () => {
    const nested = {
      count: 1,
      object: { count: 1, fields: { kept: { id: { count: 1 } }, tau: null, rest: null } },
    };
    const inside = answer(1, []);
    const body = inside.bodies["application/json"];
    if (body === undefined) throw new Error("no body");
    const shape = {
      count: 1,
      object: { count: 1, fields: { kept: { user: nested }, tau: null, rest: null } },
    };
    const facts = someFacts({
      responses: { "200": { ...inside, bodies: { "application/json": { ...body, shape } } } },
    });
    const flat = someFacts({ responses: { "200": answer(1, ["user", "id"]) } });
    expect(routesOf(KEY, facts)[0]?.evidence.keys).not.toEqual(routesOf(KEY, flat)[0]?.evidence.keys);
  });

  test("callers and times are those of each outcome", () => {
    const grouping: GroupingFacts = {
      good: { first: 5, last: 9, callers: [1] },
      bad: { first: 2, last: 3, callers: [7] },
      segments: [11, 12],
    };
    const facts = { ...someFacts({ responses: { "200": answer(1), "403": answer(1) } }), grouping };
    const [good, bad] = routesOf(KEY, facts);
    expect(good?.evidence).toMatchObject({ firstSeen: 5, lastSeen: 9, callers: [1], segments: [11, 12] });
    expect(bad?.evidence).toMatchObject({ firstSeen: 2, lastSeen: 3, callers: [7] });
  });

  test("projecting a join is joining projections", () => {
    const one = fc
      .record({
        ok: fc.nat({ max: 3 }),
        lost: fc.nat({ max: 3 }),
        at: fc.integer({ min: 1, max: 50 }),
        caller: fc.nat({ max: 9 }),
        fields: fc.subarray(["id", "name", "mail", "items"]),
      })
      .map(({ ok, lost, at, caller, fields }): Facts => {
        const heard = { first: at, last: at, callers: [caller] };
        const responses = {
          ...(ok > 0 && { "200": answer(ok, fields) }),
          ...(lost > 0 && { "404": answer(lost) }),
        };
        const grouping = {
          ...(ok > 0 && { good: heard }),
          ...(lost > 0 && { bad: heard }),
          segments: [1, 2],
        };
        return { ...someFacts({ requests: ok + lost, responses }), grouping };
      });
    const joined = (kind: string, a: Facts, b: Facts): RouteEvidence | undefined => {
      const parts = [a, b].flatMap((facts) => routesOf(KEY, facts).filter((route) => route.kind === kind));
      const [first, second] = parts.map(({ evidence }) => evidence);
      return first === undefined || second === undefined ? first : joinEvidence(first, second);
    };
    fc.assert(
      fc.property(one, one, (a, b) => {
        const together = routesOf(KEY, joinFacts(a, b));
        for (const kind of ["good", "bad"])
          expect(together.find((route) => route.kind === kind)?.evidence).toEqual(joined(kind, a, b));
      }),
    );
  });
});
