// The servers of an exported document: the host that was heard, and the pattern of hosts it is one of.
import type { OpenAPIV3_1 } from "openapi-types";
import type { Endpoint } from "../model/inventory.ts";

/** Hosts whose names differ in one label and that answer alike. */
export interface HostFamily {
  /** `{tenant}.api.example.com`: exactly one variable. */
  readonly pattern: string;
  readonly members: readonly { readonly authority: string; readonly value: string }[];
}

/*
  RFC 3986 authority without userinfo, as far as it is host[:port]. Anything else came from a forged Host header and
  must not become a URL.
*/
const AUTHORITY = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;
const PATTERN = /^[a-z0-9._-]*\{([a-z]+)\}[a-z0-9._-]*(?::\d{1,5})?$/;

// Readers of documents offer the values in a list; tenants beyond that are named by the variable alone.
const MAX_VALUES = 32;

/**
 * One server for each scheme seen, a network-path reference ("//host") where the scheme is not known; then the same
 * with a variable where the host is one of many. The host itself comes first: a document that is read back speaks for it.
 */
export function serversOf(
  authority: string,
  endpoints: readonly Endpoint[],
  groups: readonly HostFamily[] = [],
): OpenAPIV3_1.ServerObject[] {
  if (!AUTHORITY.test(authority)) return [{ url: "/" }];
  const seen = ["https", "http"].filter((scheme) =>
    endpoints.some((endpoint) => (endpoint.facts?.schemes[scheme] ?? 0) > 0),
  );
  const starts = seen.length === 0 ? ["//"] : seen.map((scheme) => `${scheme}://`);
  const variable = hostVariable(authority, groups);
  return [
    ...starts.map((start) => ({ url: `${start}${authority}` })),
    ...(variable === null ? [] : starts.map((start) => ({ ...variable, url: `${start}${variable.url}` }))),
  ];
}

function hostVariable(authority: string, groups: readonly HostFamily[]): OpenAPIV3_1.ServerObject | null {
  for (const { pattern, members } of groups) {
    const own = members.find((member) => member.authority === authority);
    const name = PATTERN.exec(pattern)?.[1];
    if (own === undefined || name === undefined) continue;
    const [first = own.value, ...more] = [...new Set(members.map(({ value }) => value))].sort();
    return {
      url: pattern,
      description: `${members.length} hosts answer alike.`,
      variables: {
        [name]: { ...(more.length < MAX_VALUES && { enum: [first, ...more] }), default: own.value },
      },
    };
  }
  return null;
}
