// Order, deadline and second signal, with a process that only pretends.
import { expect, test } from "vitest";
import { SILENT } from "../../../src/ops/log.ts";
import { createShutdown, stopOnSignals } from "../../../src/ops/shutdown.ts";

function aProcess() {
  const listeners = new Map<string, () => void>();
  const exits: number[] = [];
  let left: () => void = () => {};
  const exited = new Promise<void>((resolve) => (left = resolve));
  return {
    exits,
    exited,
    send: (signal: string) => listeners.get(signal)?.(),
    on: (signal: string, listener: () => void) => void listeners.set(signal, listener),
    exit: (code: number) => {
      exits.push(code);
      left();
    },
  };
}

test("last started stops first, one after the other, once", async () => {
  const stopped: string[] = [];
  const shutdown = createShutdown({ log: SILENT });
  for (const name of ["store", "stream", "api"]) {
    shutdown.add(name, async () => {
      stopped.push(`${name}…`);
      await Promise.resolve();
      stopped.push(name);
    });
  }
  expect(shutdown.signal.aborted).toBe(false);
  expect(await Promise.all([shutdown.run("done"), shutdown.run("again")])).toEqual([0, 0]);
  expect(shutdown.signal.aborted).toBe(true);
  expect(stopped).toEqual(["api…", "api", "stream…", "stream", "store…", "store"]);
});

test("one part's failure does not keep the others from stopping, but shows in the exit code", async () => {
  const stopped: string[] = [];
  const shutdown = createShutdown({ log: SILENT });
  shutdown.add("store", async () => void stopped.push("store"));
  shutdown.add("api", () => Promise.reject(new Error("stuck")));
  expect(await shutdown.run("done")).toBe(1);
  expect(stopped).toEqual(["store"]);
});

test("the deadline ends the wait", async () => {
  const shutdown = createShutdown({ log: SILENT, deadlineMs: 1 });
  shutdown.add("stuck", () => new Promise(() => {}));
  expect(await shutdown.run("done")).toBe(1);
});

test("first signal stops in order, then exits", async () => {
  const process = aProcess();
  const shutdown = createShutdown({ log: SILENT });
  stopOnSignals(shutdown, process);
  process.send("SIGTERM");
  await process.exited;
  expect(process.exits).toEqual([0]);
});

test("second signal exits at once", () => {
  const process = aProcess();
  const shutdown = createShutdown({ log: SILENT });
  shutdown.add("stuck", () => new Promise(() => {}));
  stopOnSignals(shutdown, process);
  process.send("SIGINT");
  expect(process.exits).toEqual([]);
  process.send("SIGINT");
  expect(process.exits).toEqual([130]);
});
