// A refused call that is put right within seconds is told apart from a repeated one, a late one and a person's.
import { expect, test } from "vitest";
import { bodiesOf } from "../../../../src/digest/ai/bodies.ts";
import { createRetries } from "../../../../src/digest/ai/retries.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import type { Parts } from "../an-exchange.ts";
import { aBody, anExchange } from "../an-exchange.ts";

const AT = 1_700_000_000_000;

interface Call {
  readonly after: number;
  readonly status: number;
  readonly body?: string;
  readonly path?: string;
  readonly agent?: string;
  readonly client?: string;
}

function heard(calls: readonly Call[]): readonly boolean[] {
  const retries = createRetries(hash32);
  return calls.map(({ after, status, body = "{}", path = "/orders", agent = "httpx/0.28", client }) => {
    const parts: Parts = {
      request: { method: "POST", path, headers: [["user-agent", agent]], body: aBody(body) },
      response: { status },
    };
    const exchange = {
      ...anExchange(parts),
      startedAt: AT + after,
      endedAt: AT + after,
      ...(client !== undefined && { client: { address: client, port: 1 } }),
    };
    return retries.isCorrected(exchange, bodiesOf(exchange));
  });
}

const refused = { after: 0, status: 422, body: '{"amount":"ten"}' };

test.each<readonly [string, readonly Call[], readonly boolean[]]>([
  ["put right", [refused, { after: 3000, status: 201, body: '{"amount":10}' }], [false, true]],
  ["the same again", [refused, { ...refused, after: 3000, status: 201 }], [false, false]],
  ["a minute later", [refused, { after: 60_000, status: 201 }], [false, false]],
  ["at another place", [refused, { after: 3000, status: 201, path: "/carts" }], [false, false]],
  ["by another client", [refused, { after: 3000, status: 201, client: "10.9.9.9" }], [false, false]],
  [
    "broken again",
    [refused, { after: 3000, status: 500 }, { after: 6000, status: 200 }],
    [false, false, true],
  ],
  [
    "told once",
    [refused, { after: 1000, status: 200 }, { after: 2000, status: 200, body: "1" }],
    [false, true, false],
  ],
  [
    "not allowed is not wrong",
    [
      { ...refused, status: 403 },
      { after: 1000, status: 200 },
    ],
    [false, false],
  ],
  [
    "a person at a form",
    [refused, { after: 3000, status: 201 }].map((call) => ({ ...call, agent: "Mozilla/5.0" })),
    [false, false],
  ],
])("%s", (_, calls, corrected) => {
  expect(heard(calls)).toEqual(corrected);
});

test("a flood of refusals is forgotten rather than kept", () => {
  const flood = Array.from({ length: 5000 }, (_, at) => ({ after: at, status: 404, path: `/${at}` }));
  expect(heard([...flood, { after: 5001, status: 200, path: "/0", body: "1" }]).at(-1)).toBe(false);
});
