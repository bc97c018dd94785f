// Headers and cookies of requests as parameters: those an API reads; what clients, proxies and tracing add is left out.
import type { OpenAPIV3_1 } from "openapi-types";
import type { AuthScheme, Facts } from "../model/sighting.ts";
import { estimateDistinct } from "../model/sketch.ts";
import { requestEvidence } from "./schema.ts";

type Parameter = OpenAPIV3_1.ParameterObject;

/** field-name = token (RFC 9110, 5.1); longer ones, and classes of names ("{text}"), name nothing a client could send. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9!#$&'*+.^_`|~-]{0,63}$/;

/*
  Written by clients, browsers, proxies and tracing whatever API they ask: RFC 9110 and 9111 (framing, negotiation,
  conditions of caches), RFC 7239 and its forerunners, W3C Trace Context and its forerunners, the Fetch standard. OpenAPI
  itself ignores Accept, Content-Type and Authorization.
*/
const OF_THE_WAY = new Set(
  `accept accept-charset accept-encoding accept-language authorization baggage b3 cache-control connection cookie date dnt
  expect forwarded from host http2-settings if-modified-since if-none-match keep-alive max-forwards origin pragma priority
  referer sentry-trace te traceparent tracestate trailer transfer-encoding true-client-ip uber-trace-id upgrade
  upgrade-insecure-requests user-agent via x-amz-date x-amz-content-sha256 x-amz-security-token x-amzn-trace-id
  x-client-ip x-cloud-trace-context x-correlation-id x-real-ip x-request-id x-request-start x-requested-with x-scheme
  x-xsrf-token x-csrf-token`.split(/\s+/),
);
const FAMILIES =
  /^(?:access-control-|amz-sdk-|cdn-|cf-|content-|fly-|grpc-|proxy-|sec-|x-amz-cf-|x-akamai-|x-b3-|x-datadog-|x-envoy-|x-fastly-|x-forwarded|x-newrelic-|x-original-|x-stainless-|x-vercel-)/;

/** Of analytics, consent and load balancers, which set them on all pages of a site. */
const FOREIGN_COOKIES =
  /^(?:_ga|_gid|_gat|_gcl|_fb|_hj|_pk_|_uet|_clck|_clsk|__utm|__cf|__stripe|cf_|ajs_|amplitude|amp_|mp_|optimizely|intercom|hubspot|awsalb|incap_|visid_|arraffinity|optanon|cookieconsent|bigipserver)/i;

// What one request in ten has is part of the API; the rest is a habit of some client.
const SHARE = 0.1;

/** Without those that carry credentials. Values were never kept, so all that is known of one is that it is text. */
export function headParameters(facts: Facts): readonly Parameter[] {
  const needed = requestEvidence(estimateDistinct(facts.distinctCallers));
  const make = (place: "header" | "cookie") => {
    const counts = (place === "header" ? facts.requestHeaders : facts.cookies).kept;
    const credentials = credentialsIn(facts, SCHEMES[place]);
    return Object.keys(counts)
      .filter((name) => isRead(place, name) && !credentials.has(name.toLowerCase()))
      .filter((name) => (counts[name] ?? 0) >= SHARE * facts.requests)
      .sort()
      .map((name): Parameter => {
        const isAlways = facts.requests >= needed && (counts[name] ?? 0) >= facts.requests;
        return { name, in: place, ...(isAlways && { required: true }), schema: { type: "string" } };
      });
  };
  return [...make("header"), ...make("cookie")];
}

function isRead(place: "header" | "cookie", name: string): boolean {
  if (!NAME.test(name)) return false;
  return place === "header" ? !OF_THE_WAY.has(name) && !FAMILIES.test(name) : !FOREIGN_COOKIES.test(name);
}

const SCHEMES: Readonly<Record<"header" | "cookie", readonly AuthScheme[]>> = {
  header: ["api-key-header", "other"],
  cookie: ["api-key-cookie", "session-cookie"],
};

function credentialsIn(facts: Facts, schemes: readonly AuthScheme[]): ReadonlySet<string> {
  const carrying = Object.values(facts.auth.kept).filter(({ scheme }) => schemes.includes(scheme));
  return new Set(carrying.flatMap(({ name }) => name?.toLowerCase() ?? []));
}
