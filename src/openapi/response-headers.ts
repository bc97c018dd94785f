// Response headers of an operation: those an API's clients read; what the way there adds says nothing about the API.
import type { OpenAPIV3_1 } from "openapi-types";
import type { ResponseFacts } from "../model/sighting.ts";
import { RESPONSE_EVIDENCE } from "./schema.ts";

/** field-name = token (RFC 9110, 5.1); longer ones, and classes of names ("{text}"), name nothing a client could read. */
const NAME = /^[a-z0-9][a-z0-9!#$&'*+.^_`|~-]{0,63}$/;

/*
  Written by servers, proxies and browsers' rules for all they serve: RFC 9110 (framing, representation, dates), RFC 9111
  (Age), RFC 9114 (Alt-Svc), RFC 6265, RFC 6797 and the Fetch standard. OpenAPI itself ignores Content-Type as a header.
*/
const OF_THE_WAY = new Set(
  `accept-ranges age alt-svc connection content-encoding content-language content-length content-range content-type date
  expect-ct keep-alive nel p3p pragma proxy-authenticate proxy-connection referrer-policy report-to reporting-endpoints
  server server-timing set-cookie strict-transport-security te timing-allow-origin trailer transfer-encoding upgrade vary
  via warning x-content-type-options x-dns-prefetch-control x-download-options x-frame-options
  x-permitted-cross-domain-policies x-powered-by x-xss-protection x-cache x-cache-hits x-served-by x-timer x-varnish
  permissions-policy feature-policy`.split(/\s+/),
);
/** Families of the same: CORS, isolation and content policies, CDNs, meshes. */
const FAMILIES =
  /^(?:access-control-|content-security-policy|cross-origin-|cf-|x-amz-cf-|x-akamai-|x-fastly-|x-envoy-|x-b3-|sec-|fly-|x-vercel-|x-nf-)/;

/** By name. Values were never kept, so all that is known of one is that it is text, and whether it was always there. */
export function responseHeaders({ count, headers }: ResponseFacts): Record<string, OpenAPIV3_1.HeaderObject> {
  const written: Record<string, OpenAPIV3_1.HeaderObject> = {};
  for (const name of Object.keys(headers.kept).sort()) {
    if (!NAME.test(name) || OF_THE_WAY.has(name) || FAMILIES.test(name)) continue;
    const isAlways = count >= RESPONSE_EVIDENCE && (headers.kept[name] ?? 0) >= count;
    written[name] = { ...(isAlways && { required: true }), schema: { type: "string" } };
  }
  return written;
}
