// Records loopback with tcpdump while something talks.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

const LOOPBACK = process.platform === "linux" ? "lo" : "lo0";

/** null when tcpdump can capture here; otherwise why not. */
export function captureMissing(): string | null {
  const args = ["-i", LOOPBACK, "-n", "-w", "/dev/null"];
  const { error, stderr } = spawnSync("tcpdump", args, {
    encoding: "utf8",
    timeout: 1_000,
    killSignal: "SIGINT",
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return "tcpdump is not installed";
  return stderr.includes("listening on") ? null : (stderr.split("\n")[0] ?? "tcpdump cannot capture");
}

/** Starts tcpdump, lets `talk` happen, and stops when nothing more is written. */
export async function recorded(
  file: string,
  ports: readonly number[],
  talk: () => Promise<void>,
): Promise<void> {
  const filter = ports.map((port) => `tcp port ${port}`).join(" or ");
  const args = ["-i", LOOPBACK, "-n", "-U", "--immediate-mode", "-B", "65536", "-s", "0", "-w", file, filter];
  const tcpdump = spawn("tcpdump", args);
  let said = "";
  tcpdump.stderr.on("data", (text: Buffer) => (said += String(text)));
  while (!said.includes("listening on")) await pause(20);
  try {
    await talk();
    for (let size = -1; size !== (await stat(file)).size; await pause(500)) size = (await stat(file)).size;
  } finally {
    tcpdump.kill("SIGINT");
    await once(tcpdump, "close");
  }
}
