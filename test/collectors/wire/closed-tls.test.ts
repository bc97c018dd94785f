// A TLS connection that stays closed is told as one; what is opened is told by its exchanges alone.
import { expect, test } from "vitest";
import { createWire } from "../../../collectors/wire/wire.ts";
import type { EncryptedFlow } from "../../../src/model/encrypted-flow.ts";
import { Conversation, listener, T0 } from "../../support/packets.ts";
import { knownIdentity, talk } from "./tls/talk.ts";

const REQUEST = "GET /a HTTP/1.1\r\nHost: shop.test\r\n\r\n";
const RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

async function encrypted(ports: [number, number] = [40_000, 443], certificates = false) {
  const { heard, keylog } = await talk({
    client: {
      minVersion: "TLSv1.3",
      ALPNProtocols: ["http/1.1"],
      ...(certificates ? knownIdentity("ec") : {}),
    },
    server: { ALPNProtocols: ["http/1.1"], requestCert: certificates, rejectUnauthorized: false },
    turns: [REQUEST, RESPONSE],
  });
  const conversation = new Conversation({ ports });
  for (const { side, bytes } of heard) conversation[side === 0 ? "client" : "server"](Buffer.from(bytes));
  return { packets: conversation.close().packets, heard, keylog };
}

function flowsOf(packets: Conversation["packets"], keylog?: string) {
  const sink = listener();
  const flows: EncryptedFlow[] = [];
  const keys = keylog === undefined ? {} : { keylog };
  const wire = createWire({ ...sink, flow: (flow) => void flows.push(flow) }, { source: "mirror", ...keys });
  for (const packet of packets) wire.packet(packet);
  wire.end();
  return { flows, exchanges: sink.exchanges };
}

test("without keys", async () => {
  const { packets, heard } = await encrypted();
  const bytes = [0, 1].map((side) =>
    heard.reduce((sum, one) => sum + (one.side === side ? one.bytes.length : 0), 0),
  );
  expect(flowsOf(packets)).toEqual({
    exchanges: [],
    flows: [
      {
        source: "mirror",
        client: { address: "10.0.0.1", port: 40_000 },
        server: { address: "10.0.0.2", port: 443 },
        sni: "shop.test",
        ech: false,
        alpn: null,
        version: 0x0304,
        ja4: expect.stringMatching(/^t13d/),
        bytes,
        startedAt: T0 + 3,
        endedAt: T0 + 2 + heard.length,
      },
    ],
  });
});

test("with keys", async () => {
  const { packets, keylog } = await encrypted();
  const { flows, exchanges } = flowsOf(packets, keylog);
  expect([flows, exchanges.length]).toEqual([[], 1]);
});

test("what was asked behind a certificate of the client says so", async () => {
  const [bare, certified] = [await encrypted(), await encrypted([40_000, 443], true)];
  const told = [bare, certified].map(
    ({ packets, keylog }) => flowsOf(packets, keylog).exchanges[0]?.mutualTls,
  );
  expect(told).toEqual([undefined, true]);
});

test("a sink that does not ask is not told", async () => {
  const { packets } = await encrypted();
  const wire = createWire(listener(), { source: "capture" });
  for (const packet of packets) wire.packet(packet);
  expect(() => wire.end()).not.toThrow();
});

test("one that runs on is told before its end, and no byte twice", async () => {
  const { heard } = await encrypted();
  const conversation = new Conversation({ ports: [40_000, 443] });
  for (const { side, bytes } of heard) conversation[side === 0 ? "client" : "server"](Buffer.from(bytes));
  const record = Buffer.from([23, 3, 3, 0, 3, 1, 2, 3]);
  for (const ms of [6_000, 30_000, 40_000]) conversation.wait(ms).server(record);
  const flows: EncryptedFlow[] = [];
  const wire = createWire(
    { ...listener(), flow: (flow) => void flows.push(flow) },
    { source: "mirror", patienceMs: 5_000 },
  );
  for (const packet of conversation.packets) wire.packet(packet);
  expect(flows.map(({ sni, isFurther = false }) => [sni, isFurther])).toEqual([
    ["shop.test", false],
    ["shop.test", true],
  ]);
  wire.end();
  const bytes = heard.reduce((sum, one) => sum + (one.side === 1 ? one.bytes.length : 0), 0);
  const told = flows.reduce((sum, flow) => sum + flow.bytes[1], 0);
  expect([told, flows.filter(({ isFurther }) => isFurther !== true).length]).toEqual([
    bytes + 3 * record.length,
    1,
  ]);
});
