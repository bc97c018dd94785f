// Servers of exported documents, and what reading them back makes of them.
import { expect, test } from "vitest";
import { readSpec } from "../../../src/openapi/import.ts";
import { bindingOf } from "../../../src/openapi/match.ts";
import { serversOf } from "../../../src/openapi/server-list.ts";
import { anEndpoint } from "../inventory/an-endpoint.ts";

const GROUP = {
  pattern: "{tenant}.shop.test:8443",
  members: [
    { authority: "b.shop.test:8443", value: "b" },
    { authority: "a.shop.test:8443", value: "a" },
  ],
};

test("one for each scheme", () => {
  expect(serversOf("shop.test", [anEndpoint({})])).toEqual([{ url: "https://shop.test" }]);
  expect(serversOf("shop.test", [])).toEqual([{ url: "//shop.test" }]);
});

test("what is no authority becomes no URL", () => {
  expect(serversOf("a b/../", [], [GROUP])).toEqual([{ url: "/" }]);
});

test("a host that is one of many has a variable, the host itself comes first", () => {
  expect(serversOf("a.shop.test:8443", [], [GROUP])).toEqual([
    { url: "//a.shop.test:8443" },
    {
      url: "//{tenant}.shop.test:8443",
      description: "2 hosts answer alike.",
      variables: { tenant: { enum: ["a", "b"], default: "a" } },
    },
  ]);
});

test("other hosts have none", () => {
  expect(serversOf("c.shop.test:8443", [], [GROUP])).toEqual([{ url: "//c.shop.test:8443" }]);
});

test("very many values are not listed", () => {
  const members = Array.from({ length: 33 }, (_, at) => ({ authority: `t${at}.shop.test`, value: `t${at}` }));
  const [, server] = serversOf("t3.shop.test", [], [{ pattern: "{tenant}.shop.test", members }]);
  expect(server?.variables).toEqual({ tenant: { default: "t3" } });
});

test("read back, the document speaks for the hosts that answer alike", () => {
  const servers = serversOf("a.shop.test:8443", [], [GROUP]);
  const source = JSON.stringify({ openapi: "3.1.0", info: { title: "t", version: "1" }, servers, paths: {} });
  const read = readSpec(source, { name: "t.json", authorities: [], uploadedAt: 0 });
  const spec = read.ok ? read.value : null;
  const bindings = ["a.shop.test:8443", "b.shop.test:8443", "other.test"].map(
    (authority) => spec && bindingOf(spec, authority),
  );
  expect(bindings).toEqual(["server", "server", null]);
});
