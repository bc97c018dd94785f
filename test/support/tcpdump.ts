// Whether tests that listen on loopback can run here.
import { spawnSync } from "node:child_process";

export const LOOPBACK = process.platform === "linux" ? "lo" : "lo0";

/** null when tcpdump can capture on loopback; otherwise the sentence that says why `what` was not tested. */
export function captureMissing(what: string): string | null {
  const { error, stderr } = spawnSync("tcpdump", ["-i", LOOPBACK, "-n", "-w", "/dev/null"], {
    encoding: "utf8",
    timeout: 1_000,
    killSignal: "SIGINT",
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") {
    return `${what} was not tested: tcpdump is not installed`;
  }
  return stderr.includes("listening on") ? null : `${what} was not tested: ${stderr.split("\n")[0]}`;
}
