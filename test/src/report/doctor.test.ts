// Capture health reads as sentences that say what to do; each sentence has its case.
import { describe, expect, test } from "vitest";
import { diagnose } from "../../../src/report/doctor.ts";

type Counts = Readonly<Record<string, number>>;

function said(counters: Counts, weirds: Counts = {}): readonly string[] {
  const [paragraph = ""] = diagnose([{ collector: "a.pcap", counters, weirds }]);
  return paragraph.split("\n  ");
}

const HEARD = { packets: 1_000, bytes: 100_000, exchanges: 20, "tcp.flows": 10, "tcp.segments": 1_000 };

test.each<[string, Counts, Counts, readonly string[]]>([
  ["all well", { exchanges: 12 }, {}, ["a.pcap: 12 exchanges."]],
  [
    "some unknown",
    { exchanges: 10, "exchanges.unknown": 5 },
    {},
    ["a.pcap: 10 exchanges, 50 % of them with unknown status."],
  ],
  [
    "odd input",
    { exchanges: 1 },
    { "har.entry": 2 },
    ["a.pcap: 1 exchanges.", "Input that did not fit: har.entry 2×."],
  ],
  [
    "little of everything",
    { ...HEARD, "tcp.midstream": 1, "packets.duplicate": 3 },
    {},
    ["a.pcap: 20 exchanges."],
  ],
  [
    "handshakes of opened TLS",
    { ...HEARD, "port.443.bytes": 100, "port.443.tls-bytes": 9, "port.443.opened-bytes": 91 },
    {},
    ["a.pcap: 20 exchanges."],
  ],
])("%s", (_, counters, weirds, lines) => {
  expect(said(counters, weirds)).toEqual(lines);
});

describe("remarks", () => {
  test.each<[Counts, string]>([
    [
      { packets: 7, exchanges: 0 },
      "7 packets were read, but none held HTTP that could be decoded: is it the right interface, port or filter?",
    ],
    [
      { "port.443.bytes": 100, "port.443.tls-bytes": 92 },
      "92 % of the bytes on :443 are TLS without keys: mirror behind the terminator, or give --keylog.",
    ],
    [
      Object.fromEntries(
        [1, 2, 3, 4].flatMap((n) => [
          [`port.${n}.bytes`, n],
          [`port.${n}.tls-bytes`, n],
        ]),
      ),
      "100 % of the bytes on :4, 100 % of the bytes on :3, 100 % of the bytes on :2, and much on 1 more ports are TLS without keys: mirror behind the terminator, or give --keylog.",
    ],
    [
      { "quic.packets": 5 },
      "5 packets are HTTP/3 (QUIC), which cannot be read: mirror behind the terminator, or turn HTTP/3 off there.",
    ],
    [
      { "exchanges.unknown": 20 },
      "Requests are heard, but hardly an answer: only one direction is mirrored; mirror both ingress and egress.",
    ],
    [
      { "http1.orphan-responses": 19 },
      "Answers are heard, but hardly a request: only one direction is mirrored; mirror both ingress and egress.",
    ],
    [
      { "kernel.dropped": 1_000 },
      "The kernel dropped 1000 packets (50 %) because the collector was too slow: capture less with --filter, or spread the traffic over more collectors.",
    ],
    [
      { "kernel.dropped": 1, "mirror.datagrams": 1_000 },
      "The kernel dropped 1 packets (less than 1 %) because the collector was too slow: raise net.core.rmem_max (`sysctl -w net.core.rmem_max=8388608`), mirror less, or spread it over more collectors.",
    ],
    [{ "interface.dropped": 4 }, "The network interface dropped 4 packets: it or its driver is overloaded."],
    [
      { "mirror.dropped": 4 },
      "4 mirrored datagrams were dropped because the stages behind were too slow: look at Kafka, or spread the mirror over more collectors.",
    ],
    [
      { "tcp.gap-bytes": 8 },
      "8 bytes were missing in TCP streams: the mirror, or whatever carries it, loses packets.",
    ],
    [
      { "packets.cut": 250 },
      "250 packets (25 %) were captured in part: raise the snaplen (`--snaplen 0`, `tcpdump -s 0`).",
    ],
    [{ "capture.lost-bytes": 8 }, "8 bytes of the input could not be read as packets."],
    [
      { "mirror.malformed": 8 },
      "8 datagrams are no tunnel packets: does --protocol name what the mirror sends, and does nobody else send there?",
    ],
    [
      { "capture.dropped": 9 },
      "9 packets were dropped while the capture was written: capture less, or faster.",
    ],
    [
      { "packets.other-link": 8 },
      "8 packets are of a link type that is not read: capture on another interface.",
    ],
    [
      { "tcp.midstream": 5 },
      "50 % of the connections were under way when they were first heard: what came before is missing, and their HTTP/2 headers may be; this heals as connections are renewed.",
    ],
    [
      { "h2.requests-unknown": 3 },
      "3 HTTP/2 requests have an unknown method or path, because their connections began before the capture: they become known as connections are renewed.",
    ],
    [{ "tls.held-limit": 3 }, "3 TLS connections were given up because their keys came too late."],
    [
      { "tcp.evicted-flows": 3 },
      "3 connections were forgotten early because there were too many: spread the traffic over more collectors.",
    ],
    [
      { "kept.refused-bytes": 3 },
      "3 bytes of messages were not kept because too many messages were unfinished at once.",
    ],
    [{ "capture.restarts": 3 }, "tcpdump ended and was started again 3 times; the log says why."],
    [
      { "port.5432.bytes": 100, "port.5432.opaque-bytes": 100 },
      "100 % of the bytes on :5432 are neither HTTP nor TLS: leave such ports out with a filter.",
    ],
    [
      { "packets.duplicate": 500 },
      "500 packets came twice: both ends of the same connections are mirrored, where one would do.",
    ],
  ])("%o", (counters, sentence) => {
    expect(said({ ...HEARD, ...counters }).slice(1)).toEqual([sentence]);
  });

  test("a file that was cut", () => {
    expect(said(HEARD, { "pcap.truncated": 1 })).toEqual([
      "a.pcap: 20 exchanges.",
      "The input ends in the middle of a packet: it was cut short, or is still being written (--follow keeps reading it).",
      "Input that did not fit: pcap.truncated 1×.",
    ]);
  });

  test("what is explained is not asked about", () => {
    expect(said({ packets: 7, "port.443.bytes": 9, "port.443.tls-bytes": 9 })).toEqual([
      "a.pcap: 0 exchanges.",
      "7 packets were read, but none held HTTP that could be decoded.",
      "100 % of the bytes on :443 are TLS without keys: mirror behind the terminator, or give --keylog.",
    ]);
  });

  test("almost all is not all", () => {
    expect(said({ ...HEARD, "port.443.bytes": 1_000, "port.443.tls-bytes": 999 })[1]).toMatch(/^99 %/);
  });
});

test("nothing read says how to begin", () => {
  expect(diagnose([])).toEqual([expect.stringContaining("umbra start")]);
});
