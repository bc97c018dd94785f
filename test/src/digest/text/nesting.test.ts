// Requests that enclose calls to model hosts are counted beside what chance would give.
import { expect, test } from "vitest";
import type { Exchange } from "../../../../src/model/exchange.ts";
import { NO_BODY } from "../../../../src/model/exchange.ts";
import { createNesting } from "../../../../src/digest/text/nesting.ts";

interface Hop {
  readonly from: string;
  readonly to: string;
  readonly at: number;
  readonly ms: number;
  readonly authority?: string;
  readonly trace?: string;
}

function hop({ from, to, at, ms, authority = "app.example", trace }: Hop): Exchange {
  return {
    startedAt: at,
    answeredAt: at + ms,
    endedAt: at + ms,
    source: "mirror",
    protocol: "http/1.1",
    client: { address: from, port: 1 },
    server: { address: to, port: 80 },
    flags: [],
    request: {
      method: "POST",
      authority,
      scheme: "http",
      path: "/ask",
      query: "",
      headers: trace === undefined ? [] : [["traceparent", `00-${trace}-1-01`]],
      body: NO_BODY,
    },
    outcome: { kind: "unknown", why: "one-way" },
  };
}

const MODEL = "api.openai.com";
const inner = (at: number, trace?: string) =>
  hop({
    from: "10.0.0.2",
    to: "203.0.113.5",
    at: at + 100,
    ms: 800,
    authority: MODEL,
    ...(trace !== undefined && { trace }),
  });
const outer = (at: number, trace?: string) =>
  hop({ from: "10.0.0.9", to: "10.0.0.2", at, ms: 1000, ...(trace !== undefined && { trace }) });

test("nothing is said of servers that call no model", () => {
  expect(createNesting().note(outer(0))).toBeUndefined();
});

test("a call within is counted, and its host named", () => {
  const nesting = createNesting();
  nesting.note(inner(60_000));
  expect(nesting.note(outer(60_000))).toMatchObject({
    requests: 1,
    enclosing: 1,
    hosts: { kept: { [MODEL]: 1 } },
  });
  expect(nesting.note(outer(120_000))).toMatchObject({ requests: 1, enclosing: 0 });
});

test("rare calls are no chance, steady ones are, traced ones never", () => {
  const rare = createNesting();
  for (let at = 0; at < 600_000; at += 60_000) rare.note(inner(at));
  expect(rare.note(outer(540_000))?.chance).toBeLessThan(50);
  const steady = createNesting();
  for (let at = 0; at < 60_000; at += 500) steady.note(inner(at));
  expect(steady.note(outer(30_000))?.chance).toBeGreaterThan(300);
  const traced = createNesting();
  for (let at = 0; at < 5000; at += 500) traced.note(inner(at, "abc"));
  expect(traced.note(outer(3000, "abc"))?.chance).toBe(0);
});

test("a server that is asked without pause, and asks a model each time, does so by no chance", () => {
  const nesting = createNesting();
  let chance = 0;
  for (let at = 0; at < 20_000; at += 1100) {
    nesting.note(hop({ from: "10.0.0.2", to: "203.0.113.5", at: at + 10, ms: 980, authority: MODEL }));
    chance += nesting.note(outer(at))?.chance ?? 0;
  }
  // Of 19 requests, in thousandths.
  expect(chance).toBeLessThan(19_000 / 5);
});
