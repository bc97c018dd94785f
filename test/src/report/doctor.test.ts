// Capture health reads as sentences that say what to do.
import { expect, test } from "vitest";
import { diagnose } from "../../../src/report/doctor.ts";

test.each([
  [{ exchanges: 12 }, {}, ["a.pcap: 12 exchanges."]],
  [
    { exchanges: 10, "exchanges.unknown": 5 },
    {},
    ["a.pcap: 10 exchanges, 50 % of them with unknown status."],
  ],
  [
    { packets: 7 },
    {},
    [
      "a.pcap: 0 exchanges.",
      "7 packets were read, but none held HTTP that could be decoded: is it the right port, and is it mirrored in front of, not behind, encryption?",
    ],
  ],
  [
    { exchanges: 1, bytes: 100, "bytes.tls": 92 },
    {},
    [
      "a.pcap: 1 exchanges.",
      "92 % of the bytes are TLS without keys: mirror behind the terminator, or give --keylog.",
    ],
  ],
  [{ exchanges: 1 }, { "har.entry": 2 }, ["a.pcap: 1 exchanges.", "Input that did not fit: har.entry 2×."]],
])("%o %o", (counters, weirds, lines) => {
  expect(diagnose([{ collector: "a.pcap", counters, weirds }])).toEqual([lines.join("\n  ")]);
});

test("nothing read says how to begin", () => {
  expect(diagnose([])).toEqual([expect.stringContaining("umbra start")]);
});
