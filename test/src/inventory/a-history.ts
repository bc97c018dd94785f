// Histories for tests: days of exchanges in a few words, digested as they would be.
import { createDigest } from "../../../src/digest/digest.ts";
import type { EndpointHistory } from "../../../src/model/past.ts";
import { emptyHistory, growHistory, historyOf } from "../../../src/model/history.ts";
import { hash32 } from "../../../src/model/hash.ts";
import type { Facts, Sighting } from "../../../src/model/sighting.ts";
import { anExchange, json } from "../digest/an-exchange.ts";

export const DAY = 86_400_000;

export interface Times {
  readonly day: number;
  readonly count?: number;
  readonly status?: number;
  readonly got?: unknown;
  readonly sent?: unknown;
  readonly authorization?: string | null;
  readonly clients?: readonly string[];
  readonly type?: string;
}

/** Facts of each exchange. */
export function factsOf(times: Times): readonly Facts[] {
  return exchangesOf(times).map(({ facts }) => facts);
}

/** Each exchange as it is digested. */
export function exchangesOf(times: Times): readonly Sighting[] {
  const { day, count = 100, status = 200, got = { id: 1 }, sent, authorization = "Bearer x", type } = times;
  const clients = times.clients ?? ["10.0.0.1", "10.0.0.2", "10.0.0.3"];
  const { digest } = createDigest({ dataClasses: [], hash32, sampleAfter: Infinity });
  return Array.from({ length: count }, (_, at) => {
    const body = json(got);
    const response = type === undefined ? body : { ...body, headers: [["content-type", type] as const] };
    const given = sent === undefined ? { headers: [] } : json(sent);
    const headers =
      authorization === null ? given.headers : [...given.headers, ["authorization", authorization] as const];
    return digest(
      anExchange({
        startedAt: day * DAY + at,
        client: { address: clients[at % clients.length] as string, port: 1 },
        request: { method: "POST", ...given, headers },
        response: { status, ...response },
      }),
    );
  });
}

export function aHistory(...all: readonly Times[]): EndpointHistory {
  return all.flatMap(factsOf).reduce((held, facts) => growHistory(held, historyOf(facts)), emptyHistory());
}
