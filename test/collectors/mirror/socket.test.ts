// The socket opens with the largest buffer the kernel grants, says when that is small, and refuses in words.
import { expect, test } from "vitest";
import { WANTED_BUFFER, openSocket } from "../../../collectors/mirror/socket.ts";
import { hasIpv6 } from "./tunnels.ts";
import { createLog } from "../../../src/ops/log.ts";

const ADVICE = `sysctl -w net.core.rmem_max=${WANTED_BUFFER}`;

function logLines() {
  const lines: { level: string; msg: string; granted?: number }[] = [];
  const log = createLog("info", { write: (line) => void lines.push(JSON.parse(line)) });
  return { lines, log };
}

test.each(hasIpv6() ? ["127.0.0.1", "::1"] : ["127.0.0.1"])(
  "listens on %s and warns exactly when it was granted less",
  async (host) => {
    const { lines, log } = logLines();
    const socket = await openSocket({ host, port: 0 }, log);
    const granted = socket.getRecvBufferSize() / (process.platform === "linux" ? 2 : 1);
    socket.close();
    const warnings = lines.filter(({ level, msg }) => level === "warn" && msg.includes(ADVICE));
    expect(warnings.map((line) => line.granted)).toEqual(granted < WANTED_BUFFER ? [granted] : []);
  },
);

test("a port that is taken is named, with what to do", async () => {
  const { log } = logLines();
  const first = await openSocket({ host: "127.0.0.1", port: 0 }, log);
  const { port } = first.address();
  await expect(openSocket({ host: "127.0.0.1", port }, log)).rejects.toMatchObject({
    name: "UnreadableInput",
    message: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port}: the port is taken.*--listen`)),
  });
  first.close();
});

test("an address of another machine is refused", async () => {
  const { log } = logLines();
  await expect(openSocket({ host: "192.0.2.77", port: 0 }, log)).rejects.toThrow(/no such address/);
  await expect(openSocket({ host: "2001:db8::77", port: 0 }, log)).rejects.toThrow(/\[2001:db8::77\]:0/);
});
