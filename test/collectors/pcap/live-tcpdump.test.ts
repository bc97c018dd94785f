// Arguments reach tcpdump as arguments, and its refusals reach people as advice.
import { describe, expect, test } from "vitest";
import {
  launchProblem,
  startProblem,
  tcpdumpArguments,
  tcpdumpEnvironment,
} from "../../../collectors/pcap/live-tcpdump.ts";

test("an interface and a filter are one argument each", () => {
  expect(tcpdumpArguments({ interface: "eth0", filter: "tcp port 80; rm -rf /", snaplen: 0 })).toEqual([
    "-i",
    "eth0",
    "-n",
    "-U",
    "-s",
    "0",
    "-B",
    "16384",
    "-w",
    "-",
    "tcp port 80; rm -rf /",
  ]);
  expect(tcpdumpArguments({ interface: "any", snaplen: 256 })).toHaveLength(10);
});

test.each([
  ["an interface like an option", { interface: "-w/etc/passwd", snaplen: 0 }, /--interface/],
  ["no interface", { interface: " ", snaplen: 0 }, /--interface/],
  ["an interface with a NUL", { interface: "eth0\0", snaplen: 0 }, /--interface/],
  ["a filter like an option", { interface: "eth0", filter: "-z/bin/sh", snaplen: 0 }, /--filter/],
  ["an empty filter", { interface: "eth0", filter: "", snaplen: 0 }, /--filter/],
  ["a negative snap length", { interface: "eth0", snaplen: -1 }, /--snaplen/],
  ["a snap length tcpdump refuses", { interface: "eth0", snaplen: 262_145 }, /--snaplen/],
])("%s is refused", (_what, request, why) => {
  expect(() => tcpdumpArguments(request)).toThrow(why);
});

test("secrets of our environment stay ours", () => {
  expect(tcpdumpEnvironment({ PATH: "/bin", UMBRA_SECRET: "s", UMBRA_KAFKA_PASSWORD: "p" })).toEqual({
    PATH: "/bin",
    LC_ALL: "C",
  });
});

describe("what tcpdump says becomes what to do", () => {
  const request = { interface: "eth7", snaplen: 0 };
  test.each([
    [
      [
        "tcpdump: eth7: You don't have permission to perform this capture on that device",
        "(socket: Operation not permitted)",
      ],
      /may not capture on eth7; .*setcap/,
    ],
    [
      ["tcpdump: eth7: No such device exists", "(No such device exists)"],
      /no network interface eth7; `tcpdump -D`/,
    ],
    [["tcpdump: can't parse filter expression: syntax error"], /--filter: can't parse filter expression/],
    [["tcpdump: eth7: That device is not up"], /eth7 is down/],
    [["tcpdump: something new"], /^tcpdump ended: something new$/],
    [[], /^tcpdump ended: it did not say why$/],
  ])("%j", (said, sentence) => {
    expect(startProblem(request, said)).toMatch(sentence);
  });
  test("a missing tcpdump", () => {
    expect(launchProblem("ENOENT")).toMatch(/install it/);
    expect(launchProblem("EAGAIN")).toMatch(/EAGAIN/);
  });
});
