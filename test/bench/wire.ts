// Measures decoding alone: captures to exchanges, in MB/s, exchanges/s, user CPU and peak memory, beside the floor and other tools.
// node dist/test/bench/wire.js capture.pcap [more captures] [--rounds N] [--tools] [--chunk BYTES]
import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { ExchangeSink } from "../../collectors/input.ts";
import { capture } from "../../collectors/pcap/capture-reader.ts";
import { ClassicReader } from "../../collectors/pcap/classic.ts";
import { lookInto } from "../../collectors/wire/packed-body.ts";
import type { Exchange } from "../../src/model/exchange.ts";

const UMBRA = path.resolve(import.meta.dirname, "../../src/cli/main.js");
const { values, positionals } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    tools: { type: "boolean", default: false },
    // As `umbra` reads files.
    chunk: { type: "string", default: "262144" },
    part: { type: "string" },
  },
  allowPositionals: true,
});
const CHUNK = Number(values.chunk);

interface Measured {
  /** Best of the rounds, by user CPU: other work on the machine changes it least. */
  readonly userSeconds: number;
  readonly seconds: number;
  readonly peakMb: number;
  readonly stdout: string;
}

function once(command: string, args: readonly string[]): Measured | null {
  const times = mkdtempSync(path.join(os.tmpdir(), "umbra-bench-"));
  const report = path.join(times, "time");
  const started = performance.now();
  const run = spawnSync("/usr/bin/time", ["-o", report, "-f", "%U %S %M", command, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const seconds = (performance.now() - started) / 1_000;
  const [user = 0, system = 0, peak = 0] = existsSync(report)
    ? readFileSync(report, "utf8").trim().split("\n").at(-1)!.split(" ").map(Number)
    : [];
  rmSync(times, { recursive: true });
  if (run.status !== 0) return null;
  return { seconds, userSeconds: user + system, peakMb: peak / 1_024, stdout: run.stdout };
}

function measured(command: string, args: readonly string[], rounds: number): Measured | null {
  let best: Measured | null = null;
  for (let round = 0; round < rounds; round++) {
    const one = once(command, args);
    if (one === null) return null;
    if (best === null || one.userSeconds < best.userSeconds) best = one;
  }
  return best;
}

function row(
  name: string,
  result: Measured | null,
  { mb, exchanges }: { mb: number; exchanges: number },
): void {
  if (result === null) return console.log(`${name.padEnd(34)} not here`);
  const { seconds, userSeconds, peakMb } = result;
  const cells = [
    `${seconds.toFixed(2)} s`,
    `${userSeconds.toFixed(2)} s CPU`,
    `${(mb / userSeconds).toFixed(0)} MB/s`,
    `${Math.round(exchanges / userSeconds)} exchanges/s`,
    `${peakMb.toFixed(0)} MB peak`,
  ];
  console.log(`${name.padEnd(34)} ${cells.map((cell) => cell.padStart(20)).join("")}`);
}

/** Parts of the way, each in a process of its own. */
const PARTS: Readonly<Record<string, (file: string) => Promise<number>>> = {
  /** Reads the file and nothing more. */
  async floor(file) {
    let bytes = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }))
      bytes += (chunk as Buffer).length;
    return bytes;
  },
  /** Packets of a classic capture, not looked at. */
  async packets(file) {
    let packets = 0;
    const reader = new ClassicReader({ packet: () => packets++, weird: () => {} });
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) reader.push(chunk as Buffer);
    reader.end();
    return packets;
  },
  /** Exchanges, not printed. Bodies are counted and their beginnings kept, but nobody reads them. */
  metadata: (file) => decode(file, () => {}),
  /** The same, and every body is inflated and looked at. */
  bodies: (file) =>
    decode(file, ({ request, outcome }) => {
      lookInto(request.body);
      if (outcome.kind === "answered") lookInto(outcome.response.body);
    }),
};

async function decode(file: string, read: (exchange: Exchange) => void): Promise<number> {
  let exchanges = 0;
  const sink: ExchangeSink = {
    exchange: (exchange) => {
      exchanges++;
      read(exchange);
    },
    weird: () => {},
    count: () => {},
    ready: () => undefined,
  };
  await capture.read(createReadStream(file, { highWaterMark: CHUNK }), sink, { name: file });
  return exchanges;
}

/** What others need for the same: who asked what, and the status. */
const TOOLS: readonly (readonly [string, string, (file: string, scratch: string) => readonly string[]])[] = [
  ["tcpdump, copying packets", "tcpdump", (file) => ["-r", file, "-w", "/dev/null"]],
  [
    "suricata, http log",
    "suricata",
    (file, scratch) => [
      "-r",
      file,
      "-l",
      scratch,
      "--runmode",
      "single",
      "-S",
      "/dev/null",
      "--set",
      "stream.midstream=true",
      // Captures of offloading senders, and of the repeating kind, have wrong ones.
      "-k",
      "none",
    ],
  ],
  [
    "tshark, no bodies",
    "tshark",
    (file) => [
      ..."-n --disable-protocol json -Y http.response -T fields -e http.response.code -e http.response_for.uri".split(
        " ",
      ),
      "-r",
      file,
    ],
  ],
];

function bench(file: string, rounds: number, withTools: boolean): void {
  const mb = statSync(file).size / 1e6;
  const self = process.argv[1] ?? "";
  const part = (name: string): Measured | null =>
    measured(process.execPath, [self, "--part", name, "--chunk", values.chunk, file], rounds);
  const decoded = part("metadata");
  const exchanges = Number(decoded?.stdout ?? 0);
  const size = { mb, exchanges };
  console.log(
    `\n${path.basename(file)}: ${mb.toFixed(0)} MB, ${exchanges} exchanges; best of ${rounds}, rates by CPU time`,
  );
  row("node, nothing", measured(process.execPath, ["-e", ""], rounds), size);
  row("floor: read the file", part("floor"), size);
  row("packets of it", part("packets"), size);
  row("exchanges, bodies counted", decoded, size);
  row("exchanges, bodies inflated", part("bodies"), size);
  row("umbra exchanges", measured(process.execPath, [UMBRA, "exchanges", file], rounds), size);
  if (!withTools) return;
  const scratch = mkdtempSync(path.join(os.tmpdir(), "umbra-bench-"));
  for (const [name, command, args] of TOOLS) row(name, measured(command, args(file, scratch), 1), size);
  rmSync(scratch, { recursive: true });
}

const part = values.part === undefined ? undefined : PARTS[values.part];
if (part !== undefined) console.log(await part(positionals[0] ?? ""));
else for (const file of positionals) bench(file, Number(values.rounds), values.tools);
