// What a hello gives to the facts of a connection, and what is said without one.
import { expect, test } from "vitest";
import { helloFacts } from "../../../../collectors/wire/tls/flow-facts.ts";
import { readClientHello } from "../../../../collectors/wire/tls/hello.ts";
import { alpn, clientHello, empty, sni } from "./hello-bytes.ts";

test("with a hello", () => {
  const hello = readClientHello(clientHello([0x1301], [sni("shop.test"), alpn("h2"), ...empty(0xfe0d)]));
  expect(helloFacts(hello.ok ? hello.value : null)).toEqual({
    sni: "shop.test",
    ech: true,
    alpnOffered: ["h2"],
    ja4: expect.stringMatching(/^t12d0103h2_/),
  });
});

test("without one", () => {
  expect(helloFacts(null)).toEqual({ sni: null, ech: false, alpnOffered: [], ja4: null });
});
