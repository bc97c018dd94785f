// One tcpdump process from start to end, in every way it can end.
import { expect, test } from "vitest";
import { launchTcpdump } from "../../../collectors/pcap/live-process.ts";
import { LISTENING, type FakeChild, fakeSpawn } from "./live-child.ts";

function launch() {
  const { children, spawn } = fakeSpawn();
  const counted: unknown[] = [];
  const tcpdump = launchTcpdump({ interface: "eth0", snaplen: 0 }, (...added) => counted.push(added), spawn);
  return { tcpdump, counted, child: children[0] as FakeChild };
}

test("it has started when it says that it listens", async () => {
  const { tcpdump, child } = launch();
  child.says(LISTENING);
  await expect(tcpdump.started).resolves.toBeUndefined();
});

test("an end before that is refused with the reason", async () => {
  const { tcpdump, child } = launch();
  child.says("tcpdump: eth0: No such device exists\n");
  child.exits();
  await expect(tcpdump.started).rejects.toMatchObject({
    name: "UnreadableInput",
    message: expect.stringContaining("there is no network interface eth0"),
  });
});

test("a process that never ran is refused too", async () => {
  const { tcpdump, child } = launch();
  child.fails("ENOENT");
  await expect(tcpdump.started).rejects.toThrow(/tcpdump was not found/);
  await expect(tcpdump.ended).resolves.toMatch(/tcpdump was not found/);
});

test("its last counters are heard although it is gone", async () => {
  const { tcpdump, child, counted } = launch();
  child.says(LISTENING);
  await tcpdump.started;
  child.says("5 packets received by filter\n3 packets dropped by kernel\n");
  child.exits();
  await tcpdump.ended;
  expect(counted).toEqual([
    ["kernel.received", 5],
    ["kernel.dropped", 3],
  ]);
});

test("it is only asked for counters while it captures", async () => {
  const { tcpdump, child } = launch();
  tcpdump.askCounters();
  expect(child.signals).toEqual([]);
  child.says(LISTENING);
  await tcpdump.started;
  tcpdump.askCounters();
  expect(child.signals).toEqual([process.platform === "linux" ? "SIGUSR1" : "SIGINFO"]);
  child.exits();
  await tcpdump.ended;
  tcpdump.askCounters();
  await tcpdump.stop();
  expect(child.signals).toHaveLength(1);
});

test("one that waits for its reader is ended by force, and what it wrote is let go", async () => {
  const { tcpdump, child } = launch();
  child.ignores = ["SIGINT"];
  child.says(LISTENING);
  await tcpdump.started;
  child.stdout.write(Buffer.alloc(100));
  await tcpdump.stop();
  expect(child.signals).toEqual(["SIGINT", "SIGKILL"]);
  expect(child.stdout.destroyed).toBe(true);
});
