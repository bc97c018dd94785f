// JA4 against the worked example of its documentation, and the corners of its rules.
import { expect, test } from "vitest";
import { readClientHello } from "../../../../collectors/wire/tls/hello.ts";
import { ja4 } from "../../../../collectors/wire/tls/ja4.ts";
import { algorithms, alpn, clientHello, empty, sni, versions } from "./hello-bytes.ts";
import type { Extension } from "./hello-bytes.ts";

function fingerprint(suites: readonly number[], extensions: readonly Extension[]): string {
  const hello = readClientHello(clientHello(suites, extensions));
  return hello.ok ? ja4(hello.value) : hello.weird.name;
}

const SUITES = [
  0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d,
  0x002f, 0x0035,
];
const ALGORITHMS = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];

const CHROME: Extension[] = [
  ...empty(0x0a0a, 0x001b),
  sni("shop.test"),
  ...empty(0x0033),
  alpn("h2", "http/1.1"),
  ...empty(0x4469, 0x0017, 0x002d),
  algorithms(...ALGORITHMS),
  ...empty(0x0005, 0x0023, 0x0012),
  versions(0x2a2a, 0x0304, 0x0303),
  ...empty(0xff01, 0x000b, 0x000a, 0x0015, 0xfafa),
];

test("the worked example: Chrome, with grease that does not count", () => {
  expect(fingerprint([0x8a8a, ...SUITES], CHROME)).toBe("t13d1516h2_8daaf6152771_e5627efa2ab1");
});

test("the order of extensions does not matter", () => {
  expect(fingerprint([...SUITES].reverse(), [...CHROME].reverse())).toBe(
    "t13d1516h2_8daaf6152771_e5627efa2ab1",
  );
});

test.each([
  ["nothing at all", [], [], "t12i000000_000000000000_000000000000"],
  ["no algorithms", [0x002f], empty(0x0005), "t12i010100_ba72b8082249_1ed8eb363bcd"],
  ["a protocol of one letter", [], [alpn("x")], "t12i0001xx_"],
  ["a protocol that is no text", [], [alpn("\xabc\xcd")], "t12i0001ad_"],
  [
    "more than 99 of everything",
    Array.from({ length: 120 }, (_, at) => at),
    empty(...Array.from({ length: 120 }, (_, at) => at + 100)),
    "t12i9999",
  ],
])("%s", (_, suites, extensions, start) => {
  expect(fingerprint(suites, extensions).slice(0, start.length)).toBe(start);
});
