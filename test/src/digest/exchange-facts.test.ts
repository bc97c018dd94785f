// Facts are of one form whatever the exchange was: what is rare is absent, not empty.
import { describe, expect, test } from "vitest";
import { aDigest, anExchange } from "./an-exchange.ts";

const factsOf = (...told: Parameters<typeof anExchange>) => aDigest([]).digest(anExchange(...told)).facts;

describe("facts of one exchange", () => {
  test("what is rare is absent", () => {
    const facts = factsOf();
    for (const rare of ["text", "tools", "ai", "history"]) expect(facts).not.toHaveProperty(rare);
  });

  test("count one request under its status", () => {
    const facts = factsOf({ response: { status: 404 } });
    expect(facts.requests).toBe(1);
    expect(Object.entries(facts.responses).map(([status, { count }]) => [status, count])).toEqual([
      ["404", 1],
    ]);
    expect(facts.grouping).toHaveProperty("bad");
    expect(facts.grouping).not.toHaveProperty("good");
  });
});
