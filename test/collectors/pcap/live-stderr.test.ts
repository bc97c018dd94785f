// tcpdump's running totals become additive counts, however its text is cut.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LiveCounterName } from "../../../collectors/pcap/live-source.ts";
import { readStderr } from "../../../collectors/pcap/live-stderr.ts";

const RUN = `tcpdump: listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes
tcpdump: 9 packets captured, 10 packets received by filter, 1 packet dropped by kernel
tcpdump: pcap_loop: The interface disappeared
12 packets captured
30 packets received by filter
1 packet dropped by kernel
2 packets dropped by interface
`;

function read(pieces: readonly string[]) {
  const counts: [LiveCounterName, number | undefined][] = [];
  let listening = 0;
  const reader = readStderr(
    (name, by) => counts.push([name, by]),
    () => (listening += 1),
  );
  for (const piece of pieces) reader.push(piece);
  return { counts, listening, said: reader.said() };
}

test("totals are told as what was added", () => {
  expect(read([RUN])).toEqual({
    counts: [
      ["kernel.received", 10],
      ["kernel.dropped", 1],
      ["kernel.received", 20],
      ["interface.dropped", 2],
    ],
    listening: 1,
    said: ["tcpdump: pcap_loop: The interface disappeared"],
  });
});

test("a counter that ran over goes on", () => {
  const { counts } = read(["4294967290 packets received by filter\n", "4 packets received by filter\n"]);
  expect(counts).toEqual([
    ["kernel.received", 4_294_967_290],
    ["kernel.received", 10],
  ]);
});

test("cuts do not matter", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(RUN.length)), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), RUN.length];
      expect(read(at.slice(1).map((end, i) => RUN.slice(at[i], end)))).toEqual(read([RUN]));
    }),
  );
});

test("endless lines and endless talk stay bounded", () => {
  const { said } = read([...Array.from({ length: 100 }, () => "x".repeat(5_000)), "\n", ..."y\n".repeat(50)]);
  expect(said.length).toBeLessThanOrEqual(8);
  const unfinished = read(Array.from({ length: 100 }, () => "x".repeat(5_000))).said.join("");
  expect(unfinished.length).toBeLessThanOrEqual(1_024);
});
