// Builds exchanges for tests: each test says only what it is about.
import type { DataClass } from "../../../src/digest/data-class.ts";
import type { Digest } from "../../../src/digest/digest.ts";
import { createDigest } from "../../../src/digest/digest.ts";
import type { Body, Exchange, Header, Request, Response } from "../../../src/model/exchange.ts";
import { NO_BODY } from "../../../src/model/exchange.ts";
import { hash32 } from "../../../src/model/hash.ts";

export function aBody(content: string | Uint8Array, complete = true): Body {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { kind: "recorded", bytes, size: bytes.length, complete };
}

export function aRequest(request: Partial<Request> = {}): Request {
  return {
    method: "GET",
    authority: "api.example.com",
    scheme: "https",
    path: "/",
    query: "",
    headers: [["host", "api.example.com"]],
    body: NO_BODY,
    ...request,
  };
}

export function aResponse(response: Partial<Response> = {}): Response {
  return { status: 200, headers: [], body: NO_BODY, ...response };
}

export interface Parts extends Partial<Omit<Exchange, "request" | "outcome">> {
  readonly request?: Partial<Request>;
  readonly response?: Partial<Response>;
}

export function anExchange({ request, response, ...exchange }: Parts = {}): Exchange {
  return {
    startedAt: 1000,
    answeredAt: 1010,
    endedAt: 1020,
    source: "capture",
    protocol: "http/1.1",
    client: { address: "203.0.113.7", port: 50_000 },
    server: { address: "10.0.0.1", port: 443 },
    flags: [],
    ...exchange,
    request: aRequest(request),
    outcome: { kind: "answered", response: aResponse(response) },
  };
}

export function json(value: unknown): { readonly headers: readonly Header[]; readonly body: Body } {
  return { headers: [["content-type", "application/json"]], body: aBody(JSON.stringify(value)) };
}

export function aDigest(dataClasses: readonly DataClass[] = []): Digest {
  return createDigest({ dataClasses, hash32 });
}
