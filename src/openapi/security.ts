// Security schemes and requirements from how requests were seen to prove who they are.
import type { OpenAPIV3_1 } from "openapi-types";
import type { AuthFacts, AuthScheme, Facts } from "../model/sighting.ts";

type SecurityScheme = OpenAPIV3_1.SecuritySchemeObject;

export interface NamedScheme {
  readonly id: string;
  readonly scheme: SecurityScheme;
}

/*
  OpenAPI 3.1, Security Scheme Object: http (RFC 9110 schemes), apiKey in query, header or cookie, mutualTLS.
  AWS Signature Version 4 has no type of its own; the vendor extension is the one API Gateway reads.
*/
const SCHEMES: Readonly<Record<AuthScheme, ((name: string) => SecurityScheme) | null>> = {
  basic: () => ({ type: "http", scheme: "basic" }),
  digest: () => ({ type: "http", scheme: "digest" }),
  "bearer-opaque": () => ({ type: "http", scheme: "bearer" }),
  "bearer-jwt": () => ({ type: "http", scheme: "bearer", bearerFormat: "JWT" }),
  "api-key-header": (name) => apiKey("header", name),
  "api-key-query": (name) => apiKey("query", name),
  "api-key-cookie": (name) => apiKey("cookie", name),
  "session-cookie": (name) => apiKey("cookie", name),
  sigv4: () =>
    Object.assign(apiKey("header", "Authorization"), { "x-amazon-apigateway-authtype": "awsSigv4" }),
  // The type is missing from the declarations of the package, not from the standard.
  mtls: () => ({ type: "mutualTLS" }) as unknown as SecurityScheme,
  other: (name) => apiKey("header", name === "" ? "Authorization" : name),
  none: null,
  "not-recorded": null,
};

function apiKey(place: "header" | "query" | "cookie", name: string): SecurityScheme {
  return { type: "apiKey", in: place, name: name === "" ? "unknown" : name };
}

/** The scheme behind one kind of credential; null where none was needed or nothing is known. */
export function namedScheme(auth: AuthFacts): NamedScheme | null {
  const name = auth.name ?? "";
  const make = SCHEMES[auth.scheme];
  if (make === null) return null;
  const scheme = make(name);
  const plain =
    scheme.type === "apiKey" && auth.scheme !== "sigv4"
      ? `${auth.scheme}-${name}`
      : auth.scheme.replace("-opaque", "");
  return { id: plain.replaceAll(/[^A-Za-z0-9._-]/g, "_"), scheme };
}

/** Alternatives of one operation, in a fixed order; undefined where the source did not tell. */
export function securityOf(facts: Facts): {
  readonly schemes: readonly NamedScheme[];
  readonly security: OpenAPIV3_1.SecurityRequirementObject[] | undefined;
} {
  const all = Object.values(facts.auth.kept).filter((auth) => auth.scheme !== "not-recorded");
  const successful = all.filter((auth) => auth.successes > 0);
  const telling = successful.length > 0 ? successful : all;
  const schemes = telling
    .flatMap((auth) => namedScheme(auth) ?? [])
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter((held, index, sorted) => sorted[index - 1]?.id !== held.id);
  if (telling.length === 0) return { schemes, security: undefined };
  const open = successful.some((auth) => auth.scheme === "none");
  const security = schemes.map(({ id }) => ({ [id]: [] as string[] }));
  return { schemes, security: open && security.length > 0 ? [{}, ...security] : security };
}

/** Names that carry credentials, and so are no ordinary parameters. */
export function keyParameters(facts: Facts): ReadonlySet<string> {
  const keys = Object.values(facts.auth.kept).filter((auth) => auth.scheme === "api-key-query");
  return new Set(keys.flatMap((auth) => auth.name ?? []));
}
