// Guards: who may ask, with tokens and without.
import { createHash } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { describe, expect, test } from "vitest";
import { callerOf, localGuard, requireTokens, tokenGuard } from "../../../src/api/guard.ts";
import { Refusal } from "../../../src/api/problem.ts";

const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");
const token = (name: string, secret: string) => ({ name, hash: hashOf(secret) });

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly localAddress?: string;
}

/** "passed", or the code of the refusal. */
function verdict(guard: RequestHandler, { headers = {}, localAddress = "127.0.0.1" }: Sent): string {
  let passed = false;
  try {
    guard({ headers, socket: { localAddress } } as unknown as Request, { locals: {} } as Response, () => {
      passed = true;
    });
  } catch (error) {
    return error instanceof Refusal ? error.code : "threw";
  }
  return passed ? "passed" : "silent";
}

describe("at start", () => {
  test.each(["127.0.0.1", "127.8.0.1", "::1", "localhost", "::ffff:127.0.0.1"])(
    "%s needs no token",
    (host) => {
      expect(() => requireTokens(host, [])).not.toThrow();
    },
  );

  test.each(["0.0.0.0", "::", "192.168.1.4", "umbra.example", "", "localhost.example", "127.0.0.1.example"])(
    "%s needs one",
    (host) => {
      expect(() => requireTokens(host, [])).toThrow("configure a token first");
      expect(() => requireTokens(host, [token("ann", "t")])).not.toThrow();
    },
  );

  test("a token in the clear is no hash", () => {
    expect(() => tokenGuard(() => [{ name: "ann", hash: "s3cret" }])).toThrow("SHA-256");
  });
});

describe("with tokens", () => {
  const tokens = [token("ann", "first"), token("bob", "second"), token("ann", "ch0s3n!§")];
  const guard = tokenGuard(() => tokens);

  test.each(["Bearer first", "bearer second", "BEARER  first", "Bearer ch0s3n!§"])(
    "%s passes",
    (authorization) => {
      expect(verdict(guard, { headers: { authorization } })).toBe("passed");
    },
  );

  test.each([
    "",
    "Bearer",
    "Bearer third",
    "Basic first",
    "Bearer first second",
    `Bearer ${hashOf("first")}`,
  ])("%s does not", (authorization) => {
    expect(verdict(guard, { headers: { authorization } })).toBe("unauthorised");
  });

  test.each([
    ["first", "ann"],
    ["second", "bob"],
    ["ch0s3n!§", "ann"],
  ])("who asks is told by the name of the token: %s is %s", (secret, name) => {
    const response = { locals: {} } as Response;
    const headers = { authorization: `Bearer ${secret}` };
    guard({ headers, socket: {} } as unknown as Request, response, () => {});
    expect(callerOf(response)).toBe(name);
  });

  test("a token is valid as long as it is among them", () => {
    const held = [...tokens];
    const living = tokenGuard(() => held);
    const headers = { authorization: "Bearer second" };
    expect(verdict(living, { headers })).toBe("passed");
    held.splice(1, 1);
    expect(verdict(living, { headers })).toBe("unauthorised");
  });

  test("nothing given does not", () => {
    expect(verdict(guard, {})).toBe("unauthorised");
  });
});

describe("without tokens", () => {
  test.each(["localhost", "localhost:8080", "app.localhost:1", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST."])(
    "asked as %s passes",
    (host) => {
      expect(verdict(localGuard, { headers: { host } })).toBe("passed");
    },
  );

  test.each([
    "rebind.example",
    "rebind.example:8080",
    "127.0.0.1.example",
    "localhost.example",
    "notlocalhost",
    "10.0.0.1",
    "127.1",
    "0x7f000001",
    "user@localhost",
    "[::2]",
    "",
  ])("asked as %s does not", (host) => {
    expect(verdict(localGuard, { headers: { host } })).toBe("not-local");
  });

  test("a connection from outside does not, whatever it calls itself", () => {
    expect(verdict(localGuard, { headers: { host: "localhost" }, localAddress: "10.0.0.1" })).toBe(
      "not-local",
    );
    expect(verdict(localGuard, { headers: { host: "localhost" }, localAddress: "::ffff:127.0.0.1" })).toBe(
      "passed",
    );
  });

  test.each([
    [{ "sec-fetch-site": "same-origin", origin: "http://localhost:8080" }, "passed"],
    [{ "sec-fetch-site": "none" }, "passed"],
    [{ origin: "http://localhost:8080" }, "passed"],
    [{ "sec-fetch-site": "cross-site" }, "cross-site"],
    // Another port of this machine is the same site, and another origin.
    [{ "sec-fetch-site": "same-site" }, "cross-site"],
    [{ origin: "http://localhost:3000" }, "cross-site"],
    [{ origin: "https://evil.example" }, "cross-site"],
    [{ origin: "null" }, "cross-site"],
  ])("a page sending %j: %s", (headers, expected) => {
    expect(verdict(localGuard, { headers: { host: "localhost:8080", ...headers } })).toBe(expected);
  });
});
