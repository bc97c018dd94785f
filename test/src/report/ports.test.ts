import { expect, test } from "vitest";
import { isPortCounter, portRows } from "../../../src/report/ports.ts";

test("counters become rows, the busiest first", () => {
  const counters = {
    packets: 9,
    "port.80.flows": 2,
    "port.80.bytes": 10,
    "port.80.http-bytes": 10,
    "port.443.flows": 1,
    "port.443.bytes": 30,
    "port.443.tls-bytes": 20,
    "port.443.opened-bytes": 10,
    "port.other.flows": 3,
    "port.other.bytes": 5,
    "port.other.opaque-bytes": 5,
  };
  expect(portRows(counters)).toEqual([
    { port: ":443", flows: 1, bytes: 30, http: 0, tls: 20, opened: 10, opaque: 0 },
    { port: ":80", flows: 2, bytes: 10, http: 10, tls: 0, opened: 0, opaque: 0 },
    { port: "other ports", flows: 3, bytes: 5, http: 0, tls: 0, opened: 0, opaque: 5 },
  ]);
});

test.each([
  ["port.443.bytes", true],
  ["port.other.flows", true],
  ["packets", false],
  ["port.x.bytes", false],
])("%s is a counter of a port: %s", (name, is) => {
  expect(isPortCounter(name)).toBe(is);
});
