// A tcpdump of our own making: the test writes its output and decides how it ends.
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import type { TcpdumpChild } from "../../../collectors/pcap/live-process.ts";

export interface FakeChild {
  readonly child: TcpdumpChild;
  readonly args: readonly string[];
  readonly signals: (string | number | undefined)[];
  readonly stdout: PassThrough;
  says(text: string): void;
  exits(): void;
  fails(code: string): void;
  /** Signals that do not end it. */
  ignores: readonly string[];
}

export function fakeChild(args: readonly string[]): FakeChild {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const events = new EventEmitter();
  const signals: (string | number | undefined)[] = [];
  const fake: FakeChild = {
    args,
    signals,
    stdout,
    ignores: ["SIGUSR1", "SIGINFO"],
    says: (text) => void stderr.write(text),
    exits() {
      events.emit("exit", 0, null);
      stdout.end();
      stderr.end();
    },
    fails: (code) => void events.emit("error", Object.assign(new Error(code), { code })),
    child: Object.assign(events, {
      stdout,
      stderr,
      kill(signal?: NodeJS.Signals | number) {
        signals.push(signal);
        if (!fake.ignores.includes(String(signal))) fake.exits();
        return true;
      },
    }) as unknown as TcpdumpChild,
  };
  return fake;
}

/** Hands out fakes, and tells which. */
export function fakeSpawn() {
  const children: FakeChild[] = [];
  return {
    children,
    spawn: (args: readonly string[]): TcpdumpChild => {
      const fake = fakeChild(args);
      children.push(fake);
      return fake.child;
    },
  };
}

export const LISTENING =
  "tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n";
