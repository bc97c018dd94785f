// What a HAR entry's request was aimed at, from its URL and the fields that fill in what the URL lacks.
import { pairsOf } from "./har-body.ts";
import type { JsonObject } from "./json.ts";
import { textOf } from "./json.ts";
import type { Target } from "./target.ts";
import { authorityOf, encodeComponent, parseTarget, UNKNOWN_AUTHORITY } from "./target.ts";

export type HarTarget = Target & { readonly authority: string };

/** The URL; where it is relative the Host header says the rest, where it has no query the `queryString` list does. */
export function harTarget(request: JsonObject, method: string): HarTarget | undefined {
  const target = parseTarget(method, textOf(request["url"]) ?? "");
  if (target === undefined) return undefined;
  const list = target.query === "" ? pairsOf(request["queryString"]) : [];
  const query = list.map(({ name, value }) => `${encodeComponent(name)}=${encodeComponent(value)}`).join("&");
  const authority = target.authority ?? hostOf(request) ?? UNKNOWN_AUTHORITY;
  const path = method === "CONNECT" ? tunnelTo(target, authority) : target.path;
  return { scheme: target.scheme, authority, path, query: target.query === "" ? query : target.query };
}

/** CONNECT names host and port only; exporters that need a URL put them behind its slash or leave them in front. */
function tunnelTo({ path }: Target, authority: string): string {
  const named = path.startsWith("/") ? path.slice(1) : path;
  return authorityOf(named, null) === null ? authority : named;
}

function hostOf(request: JsonObject): string | null {
  const host = pairsOf(request["headers"]).find(({ name }) => /^(?::authority|host)$/i.test(name));
  return host === undefined ? null : authorityOf(host.value, null);
}
