// The kernel's table tells what it dropped, for our sockets alone.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, test } from "vitest";
import { socketDrops, udpRows } from "../../../collectors/mirror/socket-drops.ts";

const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops             
  501: 00000000:12B5 00000000:0000 07 00000000:0003A980 00:00000000 00000000     0        0 48215 2 0000000012345678 4711      
 9000: 0100007F:1AE1 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 777 2 0000000000000000 0        
 a line of another shape
`;

test("rows give port, inode and drops", () => {
  expect(udpRows(TABLE)).toEqual([
    { port: 4789, inode: "48215", drops: 4711 },
    { port: 6881, inode: "777", drops: 0 },
  ]);
  expect(udpRows("")).toEqual([]);
});

test.runIf(process.platform === "linux")("what overflows our own socket is told", async () => {
  const socket = createSocket({ type: "udp4", recvBufferSize: 4_096 });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  expect(await socketDrops(port)).toBe(0);
  const sending = createSocket("udp4");
  sending.connect(port, "127.0.0.1");
  await once(sending, "connect");
  const heard: Buffer[] = [];
  socket.on("message", (bytes) => void heard.push(bytes));
  const all = Array.from(
    { length: 500 },
    () => new Promise((sent) => sending.send(Buffer.alloc(1_000), sent)),
  );
  await Promise.all(all);
  const drops = (await socketDrops(port)) ?? 0;
  // Whatever is heard later, nothing is both heard and dropped, and nothing is forgotten.
  while (heard.length + drops < 500) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(heard.length + drops).toBe(500);
  expect(drops).toBeGreaterThan(0);
  sending.close();
  socket.close();
});

test("a port that is not ours has no answer", async () => {
  expect(await socketDrops(1)).toBeNull();
});
