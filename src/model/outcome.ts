// What the statuses of an endpoint say about its existence: only success proves that something is there.
import type { Facts } from "./sighting.ts";

/** The server says that it has no such thing, or that the request made no sense to it. */
const NOT_THERE: ReadonlySet<string> = new Set(["400", "404", "405", "410", "414", "421", "501"]);

/** Requests answered with 2xx, 101 (switched protocols) or 304 (the client has it already). */
export function successCount(facts: Facts): number {
  let count = 0;
  for (const [status, response] of Object.entries(facts.responses)) {
    if (isSuccess(status)) count += response.count;
  }
  return count;
}

export function isSuccess(status: string): boolean {
  return /^2\d\d$|^101$|^304$/.test(status);
}

export function isNotThere(status: string): boolean {
  return NOT_THERE.has(status);
}

/** Every answer said that there is no such thing. Without any answer this is not known, and so false. */
export function wasNeverThere(heard: { readonly responses: Readonly<Record<string, unknown>> }): boolean {
  const statuses = Object.keys(heard.responses);
  return statuses.length > 0 && statuses.every((status) => NOT_THERE.has(status));
}
