// Who may ask: a bearer token where tokens are configured; otherwise only this machine, and no page of another site.
import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import ipaddr from "ipaddr.js";
import { UserError } from "../ops/user-error.ts";
import { Refusal } from "./problem.ts";

/** Whoever may ask, and what decisions of theirs are signed with. */
export interface ApiToken {
  readonly name: string;
  /** SHA-256 of the token, 64 hexadecimal digits. */
  readonly hash: string;
}

/** Throws one clear sentence when an API on `host` would be open to others without a token. Call before listening. */
export function requireTokens(host: string, tokens: readonly ApiToken[]): void {
  if (isLoopback(host) || tokens.length > 0) return;
  throw new UserError(
    `Listening on ${host} lets other machines read the inventory: configure a token first, or listen on 127.0.0.1.`,
  );
}

/** `tokens`: those that are valid now, asked for each request. Throws at start for what is no hash. */
export function tokenGuard(tokens: () => readonly ApiToken[]): RequestHandler {
  for (const { hash } of tokens()) bytesOf(hash);
  return (request, response, next) => {
    const given = bearerOf(request);
    const name = given === null ? null : nameAmong(tokens(), createHash("sha256").update(given).digest());
    if (name === null) throw new Refusal("unauthorised");
    response.locals["by"] = name;
    next();
  };
}

// Who asks where no token is asked for.
const LOCAL = "local";

/** Who sent the request, by the name of the token it came with. */
export function callerOf(response: Response): string {
  const by: unknown = response.locals["by"];
  return typeof by === "string" ? by : LOCAL;
}

function bytesOf(hash: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(hash))
    throw new Error("An API token must be given as its SHA-256, 64 hexadecimal digits.");
  return Buffer.from(hash, "hex");
}

/*
  Authorization: Bearer b64token (RFC 6750, section 2.1; the scheme in any case, RFC 9110, section 11.1)
  Tokens that people chose may hold marks b64token does not have; any without blanks is compared.
*/
function bearerOf(request: Request): string | null {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1] ?? null;
}

/** Compares with every token, so that time tells neither which nor how much of it was right. */
function nameAmong(tokens: readonly ApiToken[], digest: Buffer): string | null {
  let found: string | null = null;
  for (const { name, hash } of tokens) found = timingSafeEqual(bytesOf(hash), digest) ? name : found;
  return found;
}

/**
 * Without tokens the only protection is that nobody else can ask. Three ways around that are closed: a connection from
 * outside, a foreign name that resolves to this machine (DNS rebinding), and a page elsewhere that sends requests here.
 */
export const localGuard: RequestHandler = (request, _response, next) => {
  checkLocal(request);
  if (!isOwnSite(request)) throw new Refusal("cross-site");
  next();
};

function checkLocal({ socket, headers }: Request): void {
  const local = isLoopback(socket.localAddress ?? "") && isLoopback(hostOf(headers.host ?? ""));
  if (!local) throw new Refusal("not-local");
}

/*
  Host = uri-host [ ":" port ] (RFC 9110, section 7.2); uri-host is a name, IPv4 or "[" IPv6 "]"
*/
function hostOf(header: string): string {
  const [, literal, name] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(header) ?? [];
  return literal ?? name ?? "";
}

/** localhost and names below it (RFC 6761, section 6.3), 127.0.0.0/8, ::1. */
function isLoopback(host: string): boolean {
  if (/^(?:[\w-]+\.)*localhost\.?$/i.test(host)) return true;
  // Four decimal parts only: `127.1` and `0x7f000001` are read differently by different programs.
  if (!ipaddr.IPv6.isValid(host) && !ipaddr.IPv4.isValidFourPartDecimal(host)) return false;
  return ipaddr.process(host).range() === "loopback";
}

/** Browsers say where a request comes from: Sec-Fetch-Site (Fetch Metadata), older ones Origin; other programs neither. */
function isOwnSite({ headers }: Request): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin } = headers;
  return origin === undefined || origin === `http://${headers.host}` || origin === `https://${headers.host}`;
}
