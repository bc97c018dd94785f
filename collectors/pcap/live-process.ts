// One tcpdump process: its bytes, its words, its end.
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { pause } from "../../src/ops/retry.ts";
import { UnreadableInput } from "../input.ts";
import type { LiveCounter } from "./live-source.ts";
import { readStderr } from "./live-stderr.ts";
import type { CaptureRequest } from "./live-tcpdump.ts";
import { launchProblem, startProblem, tcpdumpArguments } from "./live-tcpdump.ts";

export type TcpdumpChild = ChildProcessByStdio<null, Readable, Readable>;
/** Starts tcpdump with these arguments, without a shell. */
export type SpawnTcpdump = (args: readonly string[]) => TcpdumpChild;

export interface Tcpdump {
  /** The capture it writes; ends when the process does, and never rejects. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Resolves when capturing has begun; rejects with `UnreadableInput` when the process ended before that. */
  readonly started: Promise<void>;
  /** Resolves to its last words, in a sentence, when the process is gone. */
  readonly ended: Promise<string>;
  /** Makes it tell the kernel's counters. */
  askCounters(): void;
  stop(): Promise<void>;
}

// An interrupted tcpdump ends within milliseconds, unless it waits for us to take what it wrote.
const STOP_MS = 1_000;
/** Linux has no SIGINFO; elsewhere SIGUSR1 would end the process. */
const ASK_SIGNAL = process.platform === "linux" ? "SIGUSR1" : "SIGINFO";

export function launchTcpdump(request: CaptureRequest, count: LiveCounter, spawn: SpawnTcpdump): Tcpdump {
  const child = spawn(tcpdumpArguments(request));
  let listening = false;
  const begun = signal();
  const stderr = readStderr(count, () => {
    listening = true;
    begun.ring();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
  let isGone = false;
  const ended = gone(child).then((failure) => {
    isGone = true;
    begun.ring();
    return failure ?? startProblem(request, stderr.said());
  });
  return {
    bytes: quietly(child.stdout),
    started: (async () => {
      await begun.rung;
      if (!listening) throw new UnreadableInput(await ended);
    })(),
    ended,
    askCounters: () => {
      if (listening && !isGone) child.kill(ASK_SIGNAL);
    },
    stop: async () => {
      if (isGone) return;
      child.kill("SIGINT");
      const patience = new AbortController();
      await Promise.race([ended, pause(STOP_MS, patience.signal)]);
      patience.abort();
      if (isGone) return;
      child.kill("SIGKILL");
      child.stdout.destroy();
      await ended;
    },
  };
}

/** Resolves when the process is gone and all it said is read: to a sentence when it never ran, else to null. */
async function gone(child: TcpdumpChild): Promise<string | null> {
  // Not "close": that waits for stdout, which may be paused for as long as the stages behind are full.
  const end = new Promise<string | null>((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => resolve(launchProblem(error.code)));
    child.once("exit", () => resolve(null));
  });
  const failure = await end;
  if (failure === null && !child.stderr.closed) await once(child.stderr, "close");
  return failure;
}

/** A pipe that breaks ends: why, the process's end tells. */
async function* quietly(stdout: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stdout) yield chunk as Buffer;
  } catch {
    // nothing more will come
  }
}

function signal(): { readonly rung: Promise<void>; ring(): void } {
  let ring = (): void => {};
  const rung = new Promise<void>((resolve) => {
    ring = resolve;
  });
  return { rung, ring };
}
