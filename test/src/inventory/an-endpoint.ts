// Builders of endpoints and facts for tests.
import { boundedOf } from "../../../src/model/bounded.ts";
import { authKey, boundsOf, emptyFacts, FACT_CAPS } from "../../../src/model/facts.ts";
import { endpointId } from "../../../src/model/identity.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { Endpoint } from "../../../src/model/inventory.ts";
import type { Shape } from "../../../src/model/shape.ts";
import type { AuthFacts, AuthScheme, BodyFacts, Facts } from "../../../src/model/sighting.ts";

export interface FactWords {
  readonly at?: number;
  /** Status to number of answers. */
  readonly statuses?: Readonly<Record<string, number>>;
  readonly callers?: number;
  readonly auth?: AuthScheme;
  readonly authName?: string | null;
  readonly responseType?: string;
  readonly response?: Shape | null;
  readonly requestType?: string;
  readonly request?: Shape | null;
  readonly requestHeaders?: readonly string[];
  readonly responseHeaders?: readonly string[];
}

function aBody(mediaType: string | undefined, shape: Shape | null | undefined, count: number) {
  if (mediaType === undefined && shape === undefined) return {};
  const body: BodyFacts = {
    count,
    shaped: shape ? count : 0,
    truncated: 0,
    unparsed: 0,
    shape: shape ?? null,
  };
  return { [mediaType ?? "application/json"]: body };
}

function counted(names: readonly string[] | undefined, count: number) {
  return boundedOf(
    (names ?? []).map((name) => [name, count] as const),
    boundsOf(FACT_CAPS).headers,
  );
}

/** Facts of some requests, in a few words. */
export function someFacts(words: FactWords = {}): Facts {
  const statuses = words.statuses ?? { 200: 1 };
  const requests = Object.values(statuses).reduce((all, one) => all + one, 0);
  const successes = Object.entries(statuses).reduce(
    (all, [status, n]) => (status.startsWith("2") ? all + n : all),
    0,
  );
  const auth: AuthFacts = {
    scheme: words.auth ?? "none",
    name: words.authName ?? null,
    requests,
    successes,
  };
  const responses = Object.entries(statuses).map(([status, count]) => [
    status,
    {
      count,
      bodies: aBody(words.responseType, words.response, count),
      headers: counted(words.responseHeaders, count),
    },
  ]);
  return {
    ...emptyFacts(words.at ?? 1000),
    requests,
    digested: requests,
    responses: Object.fromEntries(responses) as Facts["responses"],
    requestBodies: aBody(words.requestType, words.request, requests),
    requestHeaders: counted(words.requestHeaders, requests),
    auth: boundedOf([[authKey(auth), auth]], boundsOf(FACT_CAPS).auth),
    distinctCallers: Array.from({ length: words.callers ?? 1 }, (_, index) => index * 1000 + 7),
    schemes: { https: requests },
  };
}

export function anEndpoint(over: Partial<Endpoint> = {}): Endpoint {
  const made: Endpoint = {
    id: "",
    authority: "shop.test",
    method: "GET",
    path: "/orders",
    parameters: [...(over.path ?? "").matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => ({
      name,
      class: "int",
    })),
    protocol: "http/1.1",
    style: "rest",
    operation: null,
    category: "api",
    confidence: "confirmed",
    standing: "shadow",
    standingReason: "no document was uploaded",
    specIds: [],
    ai: NO_AI,
    facts: someFacts(),
    ...over,
  };
  return { ...made, id: over.id ?? endpointId(made) };
}

/** An object shape from field names: nested by objects, a string leaf by `null`. */
export interface FieldTree {
  readonly [name: string]: FieldTree | null;
}

export function aShapeOf(fields: FieldTree, count = 1): Shape {
  const entries = Object.entries(fields).map(([name, inner]) => {
    if (name.endsWith("[]"))
      return [
        name.slice(0, -2),
        anArrayOf(inner === null ? aText(count) : aShapeOf(inner, count), count),
      ] as const;
    return [name, inner === null ? aText(count) : aShapeOf(inner, count)] as const;
  });
  return { count, object: { count, fields: boundedOf(entries, { cap: 256, join: (a) => a }) } };
}

export function anArrayOf(items: Shape, count = 1): Shape {
  return { count, array: { count, empty: 0, minLength: 1, maxLength: 4, items } };
}

function aText(count: number): Shape {
  return { count, string: { count, empty: 0, formats: 0, minLength: 4, maxLength: 8 } };
}
