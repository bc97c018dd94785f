// When it was answered, and between whom: known only where the entry tells.
import { expect, test } from "vitest";
import { harClient, harServer, harTimes } from "../../../collectors/gateway-log/har-ends.ts";

test.each([
  [
    "all timings",
    { time: 60, timings: { blocked: 1, dns: 2, connect: 10, ssl: 5, send: 3, wait: 20, receive: 24 } },
    36,
    60,
  ],
  ["no total", { timings: { send: 1, wait: 20, receive: 9 } }, 21, 30],
  ["total only", { time: 30 }, null, 30],
  ["wait unknown", { time: 30, timings: { send: 1, wait: -1 } }, null, 30],
  ["nothing known", { time: 0, timings: { blocked: -1, send: -1, wait: -1, receive: -1 } }, null, null],
  ["a clock that stands", { time: 0, timings: { send: 0, wait: 0, receive: 0 } }, null, null],
  ["odd types", { time: "x", timings: [] }, null, null],
])("%s", (_, entry, answered, ended) => {
  expect(harTimes(entry, 1000)).toEqual({
    answeredAt: answered === null ? null : 1000 + answered,
    endedAt: ended === null ? null : 1000 + ended,
  });
});

test("the client is the recorder's, else the first hop's", () => {
  const headers = [["x-forwarded-for", "198.51.100.7, 10.0.0.1"]] as const;
  expect(harClient({ _clientIp: "203.0.113.9" }, headers).address).toBe("203.0.113.9");
  expect(harClient({ _clientIp: "" }, headers).address).toBe("198.51.100.7");
  expect(harClient({}, [["x-real-ip", "10.0.0.2"]]).address).toBe("10.0.0.2");
  expect(harClient({ _clientIp: 7 }, [])).toEqual({ address: "unknown", port: null });
});

test("the server is the address seen, else the name", () => {
  const target = { authority: "shop.test:8443", scheme: "https" } as const;
  expect(harServer({ serverIPAddress: "[2001:db8::1]" }, target)).toEqual({
    address: "2001:db8::1",
    port: 8443,
  });
  expect(harServer({ serverIPAddress: "" }, target)).toEqual({ address: "shop.test", port: 8443 });
  expect(harServer({}, { authority: "shop.test", scheme: "http" })).toEqual({
    address: "shop.test",
    port: 80,
  });
  expect(harServer({}, { authority: "unknown", scheme: null })).toEqual({ address: "unknown", port: null });
});
