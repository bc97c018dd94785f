// Interfaces without a known format are told by behaviour; nothing that resembles them is.
import { describe, expect, test } from "vitest";
import { judge } from "../../../src/classify/classify.ts";
import { createDigest } from "../../../src/digest/digest.ts";
import { joinFacts } from "../../../src/model/facts.ts";
import { hash32 } from "../../../src/model/hash.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import type { AiVerdict } from "../../../src/model/inventory.ts";
import type { Sighting } from "../../../src/model/sighting.ts";
import { caseExchanges } from "../../bench/ai-cases.ts";
import first from "./cases/first.json" with { type: "json" };
import second from "./cases/second.json" with { type: "json" };
import third from "./cases/third.json" with { type: "json" };
import type { Talk } from "./talks.ts";
import { exchangesOf } from "./talks.ts";
import { BLIND_WITH_MODELS } from "./talks-blind-with-models.ts";
import { BLIND_WITHOUT_MODELS } from "./talks-blind-without-models.ts";
import { WITH_MODELS } from "./talks-with-models.ts";
import { WITHOUT_MODELS } from "./talks-without-models.ts";

const ORDER = ["none", "watch", "likely", "confirmed"];

/** The strongest verdict among the endpoints of a talk; jobs are fetched from another one. */
const judged = (talk: Talk) => judgedAll(exchangesOf(talk));

function judgedAll(exchanges: readonly Exchange[]): AiVerdict {
  const digest = createDigest({ dataClasses: [], hash32 });
  const joined = new Map<string, Sighting>();
  for (const exchange of exchanges) {
    const { key, facts } = digest.digest(exchange);
    const place = `${key.method} ${key.path.replaceAll(/[^/]*\d[^/]*/g, "{}")}`;
    const held = joined.get(place);
    joined.set(place, { key, facts: held === undefined ? facts : joinFacts(held.facts, facts) });
  }
  const verdicts = [...joined.values()].map(
    (sighting) => judge({ ...sighting.key, parameters: [] }, sighting.facts, NONE).ai,
  );
  return verdicts.sort(
    (a, b) => ORDER.indexOf(b.verdict) - ORDER.indexOf(a.verdict) || b.score - a.score,
  )[0] as AiVerdict;
}

const NONE = { kind: "none", reason: "" } as const;

describe("behind it is a model", () => {
  test.each(WITH_MODELS.map((talk) => [talk.name, talk] as const))("%s", (_name, talk) => {
    const { verdict, kind, evidence } = judged(talk);
    expect({ kind, found: ORDER.indexOf(verdict) >= 2, evidence }).toMatchObject({
      kind: talk.kind,
      found: true,
    });
  });
});

describe("behind it is none", () => {
  test.each(WITHOUT_MODELS.map((talk) => [talk.name, talk] as const))("%s", (_name, talk) => {
    const { verdict, evidence } = judged(talk);
    expect({ found: ORDER.indexOf(verdict) >= 2, evidence }).toMatchObject({ found: false });
  });
});

// Their kinds are a matter of taste: a character of a game completes or chats.
test.each(BLIND_WITH_MODELS.map((talk) => [talk.name, talk] as const))("blind: %s", (_name, talk) => {
  expect(ORDER.indexOf(judged(talk).verdict)).toBeGreaterThanOrEqual(2);
});

test.each(BLIND_WITHOUT_MODELS.map((talk) => [talk.name, talk] as const))(
  "blind, none: %s",
  (_name, talk) => {
    expect(ORDER.indexOf(judged(talk).verdict)).toBeLessThan(2);
  },
);

// Written down before the rules were read, in two batches; as HAR-like cases, so that the bench takes them as a file too.
test.each(caseExchanges([...first, ...second] as never).map((one) => [one.name, one] as const))(
  "case %s",
  (_name, { kind, exchanges }) => {
    const { verdict, evidence } = judgedAll(exchanges);
    const found = ORDER.indexOf(verdict) >= 2;
    expect({ found, evidence }).toMatchObject({ found: kind !== null });
  },
);

// Written after the rules stood: nearly all are found, and nothing else.
test("later cases", () => {
  const judgements = caseExchanges(third as never).map(({ name, kind, exchanges }) => ({
    name,
    kind,
    found: ORDER.indexOf(judgedAll(exchanges).verdict) >= 2,
  }));
  expect(judgements.filter(({ kind, found }) => kind === null && found)).toEqual([]);
  const models = judgements.filter(({ kind }) => kind !== null);
  expect(models.filter(({ found }) => found).length).toBeGreaterThanOrEqual(0.9 * models.length);
});
