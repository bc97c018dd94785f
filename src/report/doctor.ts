// Capture health in sentences: what was heard, what was not, and what to do about it.
import type { PortRow } from "./ports.ts";
import { portRows } from "./ports.ts";

export interface CollectorHealth {
  readonly collector: string;
  readonly counters: Readonly<Record<string, number>>;
  readonly weirds: Readonly<Record<string, number>>;
}

/** One paragraph per collector, worst news first within it. */
export function diagnose(collectors: readonly CollectorHealth[]): readonly string[] {
  if (collectors.length === 0)
    return ["Nothing has been read yet: give `umbra start` a file, or start a collector."];
  return collectors.map((health) => [headline(health), ...remarks(health)].join("\n  "));
}

function headline(health: CollectorHealth): string {
  const exchanges = count(health, "exchanges");
  const unknown = count(health, "exchanges.unknown");
  const share = exchanges === 0 ? "" : `, ${percent(unknown, exchanges)} of them with unknown status`;
  return `${health.collector}: ${exchanges} exchanges${unknown === 0 ? "" : share}.`;
}

function count({ counters }: CollectorHealth, name: string): number {
  return counters[name] ?? 0;
}

/** A sentence, or null when there is nothing to say. */
type Remark = (health: CollectorHealth) => string | null;

/** Says `text` of a counter that is not zero. */
function whenever(name: string, text: (count: number, health: CollectorHealth) => string): Remark {
  return (health) => (count(health, name) > 0 ? text(count(health, name), health) : null);
}

// Background on a link, such as an agent's own reports, stays below a tenth; what is worth a sentence lies above.
const WORTH = 0.1;
// Fewer exchanges than these say nothing about the whole.
const ENOUGH = 10;
// Ports named in one sentence.
const MAX_PORTS = 3;

function nothingHeard(health: CollectorHealth): string | null {
  const packets = count(health, "packets");
  if (packets === 0 || count(health, "exchanges") > 0) return null;
  const isExplained = portRows(health.counters).some(({ tls, opaque }) => tls + opaque > 0);
  const hint = isExplained ? "." : ": is it the right interface, port or filter?";
  return `${packets} packets were read, but none held HTTP that could be decoded${hint}`;
}

function closedTls(health: CollectorHealth): string | null {
  return ofPorts(
    health,
    ({ tls }) => tls,
    (where) => `${where} TLS without keys: mirror behind the terminator, or give --keylog.`,
  );
}

function notHttp(health: CollectorHealth): string | null {
  return ofPorts(
    health,
    ({ opaque }) => opaque,
    (where) => `${where} neither HTTP nor TLS: leave such ports out with a filter.`,
  );
}

/** "92 % of the bytes on :443 are …", the busiest ports first. */
function ofPorts(
  { counters }: CollectorHealth,
  part: (row: PortRow) => number,
  text: (where: string) => string,
): string | null {
  const rows = portRows(counters).filter((row) => part(row) > row.bytes * WORTH);
  const named = rows
    .slice(0, MAX_PORTS)
    .map((row) => `${percent(part(row), row.bytes)} of the bytes on ${row.port}`);
  const left = rows.length - named.length;
  if (named.length === 0) return null;
  return text(`${named.join(", ")}${left > 0 ? `, and much on ${left} more ports` : ""} are`);
}

function oneWay(health: CollectorHealth): string | null {
  const exchanges = count(health, "exchanges");
  if (count(health, "packets") === 0 || exchanges < ENOUGH) return null;
  const fix = "only one direction is mirrored; mirror both ingress and egress.";
  if (count(health, "exchanges.unknown") > exchanges * (1 - WORTH))
    return `Requests are heard, but hardly an answer: ${fix}`;
  const orphans = count(health, "http1.orphan-responses");
  return orphans > exchanges * (1 - WORTH) ? `Answers are heard, but hardly a request: ${fix}` : null;
}

function midstream(health: CollectorHealth): string | null {
  const [flows, midway] = [count(health, "tcp.flows"), count(health, "tcp.midstream")];
  if (midway === 0 || midway <= flows * WORTH) return null;
  return `${percent(midway, flows)} of the connections were under way when they were first heard: what came before is missing, and their HTTP/2 headers may be; this heals as connections are renewed.`;
}

function duplicates(health: CollectorHealth): string | null {
  const [segments, twice] = [count(health, "tcp.segments"), count(health, "packets.duplicate")];
  if (twice === 0 || twice <= segments * WORTH) return null;
  return `${twice} packets came twice: both ends of the same connections are mirrored, where one would do.`;
}

function kernelDrops(health: CollectorHealth): string | null {
  const dropped = count(health, "kernel.dropped");
  if (dropped === 0) return null;
  const isMirror = count(health, "mirror.datagrams") > 0;
  const all = dropped + count(health, isMirror ? "mirror.datagrams" : "packets");
  const fix = isMirror
    ? "raise net.core.rmem_max (`sysctl -w net.core.rmem_max=8388608`), mirror less, or spread it over more collectors"
    : "capture less with --filter, or spread the traffic over more collectors";
  return `The kernel dropped ${dropped} packets (${percent(dropped, all)}) because the collector was too slow: ${fix}.`;
}

const TRUNCATED = ["pcap.truncated", "pcapng.truncated", "capture.gzip-broken"];

function truncated({ weirds }: CollectorHealth): string | null {
  return TRUNCATED.some((name) => (weirds[name] ?? 0) > 0)
    ? "The input ends in the middle of a packet: it was cut short, or is still being written (--follow keeps reading it)."
    : null;
}

/** Worst news first: all is lost, much is lost, some is lost, it could be cheaper. */
const REMARKS: readonly Remark[] = [
  nothingHeard,
  closedTls,
  whenever(
    "quic.packets",
    (packets) =>
      `${packets} packets are HTTP/3 (QUIC), which cannot be read: mirror behind the terminator, or turn HTTP/3 off there.`,
  ),
  oneWay,
  kernelDrops,
  whenever(
    "interface.dropped",
    (packets) => `The network interface dropped ${packets} packets: it or its driver is overloaded.`,
  ),
  whenever(
    "mirror.dropped",
    (datagrams) =>
      `${datagrams} mirrored datagrams were dropped because the stages behind were too slow: look at Kafka, or spread the mirror over more collectors.`,
  ),
  whenever(
    "tcp.gap-bytes",
    (bytes) =>
      `${bytes} bytes were missing in TCP streams: the mirror, or whatever carries it, loses packets.`,
  ),
  whenever("packets.cut", (packets, health) => {
    const share = percent(packets, count(health, "packets"));
    return `${packets} packets (${share}) were captured in part: raise the snaplen (\`--snaplen 0\`, \`tcpdump -s 0\`).`;
  }),
  truncated,
  whenever(
    "capture.dropped",
    (packets) => `${packets} packets were dropped while the capture was written: capture less, or faster.`,
  ),
  whenever("capture.lost-bytes", (bytes) => `${bytes} bytes of the input could not be read as packets.`),
  whenever(
    "mirror.malformed",
    (datagrams) =>
      `${datagrams} datagrams are no tunnel packets: does --protocol name what the mirror sends, and does nobody else send there?`,
  ),
  whenever(
    "packets.other-link",
    (packets) => `${packets} packets are of a link type that is not read: capture on another interface.`,
  ),
  midstream,
  whenever(
    "h2.requests-unknown",
    (requests) =>
      `${requests} HTTP/2 requests have an unknown method or path, because their connections began before the capture: they become known as connections are renewed.`,
  ),
  whenever(
    "tls.held-limit",
    (flows) => `${flows} TLS connections were given up because their keys came too late.`,
  ),
  whenever(
    "tcp.evicted-flows",
    (flows) =>
      `${flows} connections were forgotten early because there were too many: spread the traffic over more collectors.`,
  ),
  whenever(
    "kept.refused-bytes",
    (bytes) => `${bytes} bytes of messages were not kept because too many messages were unfinished at once.`,
  ),
  whenever(
    "capture.restarts",
    (times) => `tcpdump ended and was started again ${times} times; the log says why.`,
  ),
  notHttp,
  duplicates,
];

function remarks(health: CollectorHealth): readonly string[] {
  const weirds = Object.entries(health.weirds).map(([name, times]) => `${name} ${times}×`);
  return [
    ...REMARKS.flatMap((remark) => remark(health) ?? []),
    ...(weirds.length === 0 ? [] : [`Input that did not fit: ${weirds.join(", ")}.`]),
  ];
}

/** Rounded, but "100 %" only of all and "0 %" only of nothing. */
function percent(part: number, whole: number): string {
  if (whole === 0) return "an unknown share";
  const share = Math.round((100 * part) / whole);
  if (share === 0 && part > 0) return "less than 1 %";
  return `${share === 100 && part < whole ? 99 : share} %`;
}
