// Runs the built `umbra` as users do: as a process, with arguments, pipes and signals.
import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import path from "node:path";
import type { Readable, Writable } from "node:stream";

const ROOT = path.resolve(import.meta.dirname, "../..");
export const UMBRA = path.join(ROOT, "dist/src/cli/main.js");
export const DEMO = path.join(ROOT, "demo");

export interface Finished {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** What it wrote so far. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  /** Resolves once stdout and stderr together match; rejects when the process ends before, or after `ms`. */
  says(pattern: RegExp, ms?: number): Promise<RegExpMatchArray>;
  readonly finished: Promise<Finished>;
}

/** Starts `umbra` with `args`; the caller stops it. */
export function startUmbra(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [UMBRA, ...args], {
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => {
    // a process that ends early closes its end of the pipe
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  const says = (pattern: RegExp, ms = 60_000): Promise<RegExpMatchArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = `${stdout}\n${stderr}`.match(pattern);
        if (match !== null) done(() => resolve(match));
      };
      const fail = (why: string): void =>
        done(() =>
          reject(
            new Error(`umbra ${args.join(" ")} ${why} without saying ${pattern}:\n${stdout}\n${stderr}`),
          ),
        );
      const timer = setTimeout(() => fail("went on"), ms);
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        child.stdout.off("data", look);
        child.stderr.off("data", look);
        settle();
      };
      child.stdout.on("data", look);
      child.stderr.on("data", look);
      void finished.finally(() => {
        look();
        fail("ended");
      });
      look();
    });
  return { child, output: () => ({ stdout, stderr }), says, finished };
}

/** Runs `umbra` to its end. */
export async function umbra(
  args: readonly string[],
  {
    env = {},
    input,
  }: { readonly env?: Readonly<Record<string, string>>; readonly input?: Uint8Array | string } = {},
): Promise<Finished> {
  const { child, finished } = startUmbra(args, env);
  child.stdin.end(input);
  return finished;
}
