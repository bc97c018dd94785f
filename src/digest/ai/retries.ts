// Notices calls that were refused and put right within seconds: whoever reads the error text and tries again.
import type { Exchange } from "../../model/exchange.ts";
import { headerValue } from "../message.ts";
import type { Bodies } from "./bodies.ts";

export interface Retries {
  /** True when the same client was refused at this place moments ago, asked otherwise now, and was answered. */
  isCorrected(exchange: Exchange, bodies: Bodies): boolean;
}

/** What says that the request was wrong, not who asked or what broke (RFC 9110, 15.5). */
const REFUSED: ReadonlySet<number> = new Set([400, 404, 405, 415, 422]);
// A model reads an error and answers within seconds; a developer takes longer.
const SECONDS = 10_000;
// Clients of one collector that were just refused; a full table is emptied rather than grown.
const MAX_REFUSED = 2_000;
// Enough of a body to tell that it is another.
const LOOKED_AT = 4_096;

interface Refused {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Hash of what was asked. */
  readonly asked: number;
}

type Hash32 = (text: string) => number;

export function createRetries(hash32: Hash32): Retries {
  const refused = new Map<number, Refused>();
  return {
    isCorrected(exchange, bodies) {
      const { status } = bodies;
      if (status === null || (!REFUSED.has(status) && (refused.size === 0 || status >= 300))) return false;
      const { client, request, startedAt } = exchange;
      if (isBrowser(exchange)) return false;
      const place = hash32(`${client.address} ${request.authority}${request.path}`);
      const before = refused.get(place);
      if (REFUSED.has(status)) {
        if (refused.size >= MAX_REFUSED) refused.clear();
        refused.set(place, { at: endOf(exchange), asked: askedBy(exchange, bodies, hash32) });
        return false;
      }
      refused.delete(place);
      return isSoonAfter(before, startedAt) && before.asked !== askedBy(exchange, bodies, hash32);
    },
  };
}

/** People correct forms. */
function isBrowser({ request }: Exchange): boolean {
  return headerValue(request.headers, "user-agent")?.startsWith("Mozilla/") === true;
}

function endOf({ startedAt, endedAt, answeredAt }: Exchange): number {
  return endedAt ?? answeredAt ?? startedAt;
}

function isSoonAfter(before: Refused | undefined, at: number): before is Refused {
  return before !== undefined && at >= before.at && at - before.at <= SECONDS;
}

function askedBy({ request }: Exchange, bodies: Bodies, hash32: Hash32): number {
  const { method, query, body } = request;
  const length = body.kind === "recorded" ? body.bytes.length : 0;
  return hash32(`${method} ${query} ${length} ${bodies.requestHead().slice(0, LOOKED_AT)}`);
}
