// Silence is time too: what will not be answered is told without another packet.
import { expect, test } from "vitest";
import { createLiveWire } from "../../../collectors/pcap/live-wire.ts";
import { listener, sampleHeard, samplePackets } from "./live-sink.ts";

test("an unanswered request is told once its connection was silent for long", async () => {
  const packets = samplePackets();
  const heard = listener();
  let now = 5_000_000;
  const wire = createLiveWire(heard.sink, () => now);
  // Up to and with the first request; what answers it is never heard.
  const first = packets.findIndex(({ bytes }) => Buffer.from(bytes).includes(" HTTP/1.1\r\n"));
  for (const packet of packets.slice(0, first + 1)) wire.packet(packet);
  wire.tick();
  now += 900;
  wire.tick();
  expect(heard.exchanges).toEqual([]);
  now += 3_600_000;
  wire.tick();
  expect(heard.exchanges.map(({ outcome, source }) => [outcome.kind, source])).toEqual([
    ["unknown", "mirror"],
  ]);
});

test("ticks between packets change nothing else", async () => {
  const heard = listener();
  const wire = createLiveWire(heard.sink, () => 0);
  wire.tick();
  for (const packet of samplePackets()) {
    wire.packet(packet);
    wire.tick();
  }
  wire.end();
  expect(heard.exchanges).toHaveLength((await sampleHeard()).exchanges.length);
});

test("a tick reports what was counted so far", () => {
  const heard = listener();
  const wire = createLiveWire(heard.sink, () => 0);
  const packets = samplePackets().slice(0, 5);
  for (const packet of packets) wire.packet(packet);
  expect(heard.counters.get("packets")).toBeUndefined();
  wire.tick();
  expect(heard.counters.get("packets")).toBe(5);
});
