// Capture health in sentences: what was heard, what was not, and what to do about it.

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

function headline({ collector, counters }: CollectorHealth): string {
  const exchanges = counters["exchanges"] ?? 0;
  const unknown = counters["exchanges.unknown"] ?? 0;
  const share = exchanges === 0 ? "" : `, ${percent(unknown, exchanges)} of them with unknown status`;
  return `${collector}: ${exchanges} exchanges${unknown === 0 ? "" : share}.`;
}

interface Remark {
  readonly holds: (health: CollectorHealth) => boolean;
  readonly text: (health: CollectorHealth) => string;
}

const count = ({ counters }: CollectorHealth, name: string): number => counters[name] ?? 0;

const REMARKS: readonly Remark[] = [
  {
    holds: (health) => count(health, "exchanges") === 0 && count(health, "packets") > 0,
    text: (health) =>
      `${count(health, "packets")} packets were read, but none held HTTP that could be decoded: is it the right port, and is it mirrored in front of, not behind, encryption?`,
  },
  {
    holds: (health) => count(health, "bytes.tls") > 0,
    text: (health) =>
      `${percent(count(health, "bytes.tls"), count(health, "bytes"))} of the bytes are TLS without keys: mirror behind the terminator, or give --keylog.`,
  },
  {
    holds: (health) => count(health, "tcp.gap-bytes") > 0,
    text: (health) =>
      `${count(health, "tcp.gap-bytes")} bytes were missing in TCP streams: the mirror or its kernel drops packets.`,
  },
];

function remarks(health: CollectorHealth): readonly string[] {
  const weirds = Object.entries(health.weirds).map(([name, times]) => `${name} ${times}×`);
  return [
    ...REMARKS.filter((remark) => remark.holds(health)).map((remark) => remark.text(health)),
    ...(weirds.length === 0 ? [] : [`Input that did not fit: ${weirds.join(", ")}.`]),
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "an unknown share" : `${Math.round((100 * part) / whole)} %`;
}
