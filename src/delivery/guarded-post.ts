// HTTP POST to addresses that people configured, which must not become a way into the network Umbra stands in.
import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import ipaddr from "ipaddr.js";
import type { SendResult } from "./sender.ts";

export interface PostOptions {
  /** Host names that may be internal. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly timeoutMs?: number;
  /** Name resolution, for tests. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
}

// A receiver that has not answered by then is treated as away; its retries are cheap.
const TIMEOUT_MS = 10_000;

/** Public unicast addresses only (RFC 6890): not private, loopback, link-local (cloud metadata), multicast or reserved. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

/**
 * Sends `body`; redirects are not followed. Resolves the name once and connects to the address that was checked, so that
 * a name cannot mean another address a moment later.
 */
export async function guardedPost(
  url: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  { allowedHosts, timeoutMs = TIMEOUT_MS, resolve = resolveAll }: PostOptions,
): Promise<SendResult> {
  const target = new URL(url);
  if (!/^https?:$/.test(target.protocol)) return { ok: false, error: "not an http address", final: true };
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const addresses = await resolve(host).catch(() => []);
  const isAllowed = allowedHosts.has(host.toLowerCase());
  const address = addresses.find((one) => isAllowed || isPublicAddress(one.address));
  if (address === undefined) {
    return addresses.length === 0
      ? { ok: false, error: "name not found", final: false }
      : { ok: false, error: "internal address: allow the host with UMBRA_DELIVERY_ALLOW", final: false };
  }
  return post(target, { headers, body, address, timeoutMs });
}

async function resolveAll(host: string): Promise<readonly LookupAddress[]> {
  return lookup(host, { all: true });
}

interface Posting {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly address: LookupAddress;
  readonly timeoutMs: number;
}

function post(target: URL, { headers, body, address, timeoutMs }: Posting): Promise<SendResult> {
  return new Promise((done) => {
    const { request } = target.protocol === "https:" ? https : http;
    const sent = request(
      target,
      {
        method: "POST",
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        lookup: (_host, options, give) =>
          options.all === true ? give(null, [address]) : give(null, address.address, address.family),
      },
      (response) => {
        response.resume();
        done(resultOf(response.statusCode ?? 0));
        response.on("error", () => {});
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) =>
      done({ ok: false, error: error.code ?? error.name, final: false }),
    );
    sent.end(body);
  });
}

function resultOf(status: number): SendResult {
  if (status >= 200 && status < 300) return { ok: true };
  // The receiver understood and refuses: the same bytes will not please it later, except where it says so.
  const isFinal = status >= 400 && status < 500 && ![401, 403, 404, 408, 409, 425, 429].includes(status);
  return { ok: false, error: `status ${status}`, final: isFinal };
}
