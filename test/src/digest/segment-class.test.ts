import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FormatsPlugin } from "ajv-formats";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { classOf, isHard, isRandomRun } from "../../../src/digest/segment-class.ts";

const SOFT: Readonly<Record<string, readonly string[]>> = {
  word: ["users", "_search", "@scope", ".env", "deadbeef", "internationalization", "xmlhttprequest", "en"],
  "short-int": ["3", "2024", "0"],
  date: ["2010-04-01", "20240115", "202401", "2024-01-15T10:00:00Z"],
  version: ["v1", "v2.1", "v1beta1", "V2"],
  decimal: ["2.0"],
  semver: ["10.15.7", "1.2.3-beta.1"],
  locale: ["en-US", "zh_CN"],
  "short-hex": ["4f3a2b1"],
  file: ["index.html", "main.3f2a1b9c.js", "Microsoft.Compute"],
  slug: ["transactional-email-settings", "text-embedding-3-small", "release-2024-01-15"],
  snake: ["x86_64", "order_items"],
  camel: [
    "getUserProfileInformation",
    "Base64Encoder",
    "getHTTPURLForID",
    "GetUtcTime",
    "docGenFormFields",
    "targetTcpProxies",
    "getXpnHost",
  ],
  mixed: ["oauth2callback", "sha256sum", "rfc7231", "@scope2"],
};

const HARD: Readonly<Record<string, readonly string[]>> = {
  uuid: ["550e8400-e29b-41d4-a716-446655440000"],
  ulid: ["01ARZ3NDEKTSV4RRFFQ69G5FAV"],
  hex: [
    "507f1f77bcf86cd799439011",
    "550E8400E29B41D4A716446655440000",
    "0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae",
  ],
  int: ["12345", "1700000000000", "99999999"],
  // Digits that happen to contain a date are no date.
  token: [
    "a9000190010",
    "V1StGXR8_Z5jdHi6B-myT",
    "dQw4w9WgXcQ",
    "kJfHgDsAqWeRtYuIoP",
    "LPePIIDqMymRZMtN",
    "DtMlRPGRDOTQQyimGllP",
    "xcpbWFafCJVYrCGKhrotZEYPYoKXALqg",
    "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
  ],
  // Readers of JSON keep 53 bits, and no number begins with a zero.
  number: ["00012345", "1234567890123456789", "52.520008", "078-05-1120", "555-123-4567"],
  "prefixed-id": ["cus_NffrFeUfNV2Hib", "run_abc123def456"],
  jwt: ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc"],
  email: ["jane@example.com"],
  ip: ["10.0.0.1", "2001:db8::1"],
  phone: ["+4915112345678"],
  "slug-id": [
    "9000190010:cancel",
    "jane..doe@example.com",
    "jane@müller.example",
    "jürgen@bücher.de",
    "jane@sub_domain.example.com",
    "my-article-12345678",
    "user-48213",
    "order-550e8400-e29b-41d4-a716-446655440000",
  ],
};

test.each(Object.entries(SOFT).flatMap(([found, texts]) => texts.map((text) => [text, found])))(
  "%s is a %s and may be a route word",
  (text, found) => {
    expect([classOf(text), isHard(classOf(text))]).toEqual([found, false]);
  },
);

test.each(Object.entries(HARD).flatMap(([found, texts]) => texts.map((text) => [text, found])))(
  "%s is a %s and must go",
  (text, found) => {
    expect([classOf(text), isHard(classOf(text))]).toEqual([found, true]);
  },
);

test("what has the name of a format is in it", () => {
  const ajv = new Ajv2020();
  (addFormats as unknown as FormatsPlugin)(ajv);
  const forms = fc.oneof(
    fc.emailAddress(),
    fc.uuid(),
    fc.uuid().map((text) => text.replaceAll("-", "")),
    fc.stringMatching(/^[a-z.]{1,6}@[a-z.-]{1,9}$/),
    fc.stringMatching(/^-?\d{5,20}$/),
  );
  const isIn = (text: string, found: string): boolean =>
    found === "int" ? String(Number(text)) === text : ajv.validate({ type: "string", format: found }, text);
  fc.assert(
    fc.property(forms, (text) => {
      const found = classOf(text);
      expect(!/^(?:int|uuid|email)$/.test(found) || isIn(text, found)).toBe(true);
    }),
  );
});

test("any text has a class", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 600 }), (text) => {
      expect(classOf(text)).toMatch(/^[a-z-]+$/);
    }),
  );
});

test("a run is random by its digits, not by its length", () => {
  expect(["a1b2c3d4e5", "thirdpartyphysicalsecurity", "20240115", "4815162342"].map(isRandomRun)).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
