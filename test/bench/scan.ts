// Measures `umbra scan`: MB/s, exchanges/s and peak memory, beside the floor (reading the file) and other tools.
// npm run bench -- capture.pcap [more captures]
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";

const UMBRA = path.resolve(import.meta.dirname, "../../src/cli/main.js");
const ROUNDS = 3;

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
  readonly stdout: string;
}

/** Best of some rounds, by wall clock; memory as the kernel saw it at its highest. */
function measured(command: string, args: readonly string[]): Measured | null {
  let best: Measured | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    const run = spawnSync("/usr/bin/time", ["-f", "PEAK %M", command, ...args], {
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    const seconds = (performance.now() - started) / 1000;
    if (run.status !== 0) return null;
    const peakMb = Number(/PEAK (\d+)/.exec(run.stderr)?.[1] ?? 0) / 1024;
    if (best === null || seconds < best.seconds) best = { seconds, peakMb, stdout: run.stdout };
  }
  return best;
}

async function floorSeconds(file: string): Promise<number> {
  const handle = await open(file);
  const buffer = Buffer.allocUnsafe(1 << 16);
  const started = performance.now();
  while ((await handle.read(buffer, 0, buffer.length)).bytesRead > 0);
  const seconds = (performance.now() - started) / 1000;
  await handle.close();
  return seconds;
}

function row(name: string, { seconds, peakMb }: Measured, mb: number, exchanges: number | null): void {
  const rate =
    exchanges === null ? "" : `${Math.round(exchanges / seconds).toLocaleString("en-US")} exchanges/s`;
  console.log(
    `${name.padEnd(28)} ${seconds.toFixed(2).padStart(7)} s  ${(mb / seconds).toFixed(0).padStart(6)} MB/s  ${peakMb.toFixed(0).padStart(5)} MB peak  ${rate}`,
  );
}

for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) throw new Error(`${file}: no such file`);
  const mb = statSync(file).size / 1e6;
  console.log(`\n${path.basename(file)}: ${mb.toFixed(0)} MB, best of ${ROUNDS}`);
  const floor = await floorSeconds(file);
  row("floor: read the file", { seconds: floor, peakMb: 0, stdout: "" }, mb, null);
  const scan = measured(process.execPath, [UMBRA, "scan", file, "--format", "json"]);
  if (scan === null) throw new Error(`umbra scan ${file} failed`);
  const { capture } = JSON.parse(scan.stdout) as { capture: { counters: Record<string, number> } };
  const exchanges = capture.counters["exchanges"] ?? 0;
  row("umbra scan (whole walk)", scan, mb, exchanges);
  const lines = measured(process.execPath, [UMBRA, "exchanges", file]);
  if (lines !== null) row("umbra exchanges (decoding)", lines, mb, exchanges);
  const tshark = measured("tshark", [
    "-n",
    "-r",
    file,
    "--disable-protocol",
    "json",
    "-Y",
    "http.response",
    "-T",
    "fields",
    "-e",
    "http.response.code",
  ]);
  if (tshark !== null) row("tshark, no bodies", tshark, mb, exchanges);
  const suricata = measured("suricata", ["-r", file, "-l", "/tmp", "--runmode", "single"]);
  if (suricata !== null) row("suricata", suricata, mb, exchanges);
  console.log(
    `umbra scan takes ${(scan.seconds / floor).toFixed(0)} times the floor; ${exchanges} exchanges`,
  );
}
