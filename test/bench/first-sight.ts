// Measures the way of a fact from the first packet that shows it to the webhook that tells it: mirror, wire, digest, stream,
// classifier, PostgreSQL, governor, courier, all as they run.
// npm run build && node dist/test/bench/first-sight.js [kafka] [tries]    (kafka: needs Java, or UMBRA_TEST_KAFKA_BROKERS)
import { createSocket } from "node:dgram";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { ExchangeSink } from "../../collectors/input.ts";
import type { Mirror } from "../../collectors/mirror/mirror.ts";
import { startMirror } from "../../collectors/mirror/mirror.ts";
import type { RoleContext } from "../../src/app/backends.ts";
import { openOwnStore, openStream, secretOf } from "../../src/app/backends.ts";
import { startGovernance } from "../../src/app/governance.ts";
import { runLive } from "../../src/app/live.ts";
import { classifyInto } from "../../src/app/roles.ts";
import { readSettings } from "../../src/ops/config.ts";
import { SILENT } from "../../src/ops/log.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { createShutdown } from "../../src/ops/shutdown.ts";
import { brokerOrReason } from "../support/kafka/broker.ts";
import { Conversation } from "../support/packets.ts";

const overKafka = process.argv.includes("kafka");
const TRIES = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 100);
// Told by then: consumers have joined, connections and statements are warm, as in a process that runs for a while.
const WARM_UP = 10;
// Longer than a flush, and never in step with it.
const GAP_MS = 170;

const POLICY = `policies:
  - { id: new, title: New, severity: high, when: { method: GET }, notify: [team] }
`;

/** VXLAN (RFC 7348, section 5) around each frame of one exchange with a service nobody heard before. */
function datagrams(host: string, port: number): readonly Buffer[] {
  const talk = new Conversation({ ports: [20_000 + port, 80] })
    .client(`GET /orders HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    .server("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
  const header = Buffer.from([8, 0, 0, 0, 0, 0, 7, 0]);
  return talk.packets.map(({ bytes }) => Buffer.concat([header, bytes]));
}

/** Takes webhooks; knows when which host was sent and when it was told. */
async function receiver() {
  const sent = new Map<string, number>();
  const waits = new Map<string, number>();
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const { news } = JSON.parse(body) as { news: { endpoint: { authority: string } }[] };
      for (const { endpoint } of news) {
        const at = sent.get(endpoint.authority);
        if (at !== undefined && !waits.has(endpoint.authority))
          waits.set(endpoint.authority, performance.now() - at);
      }
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  return { sent, waits, url, close: () => server.close() };
}

async function measure(context: RoleContext): Promise<void> {
  const hook = await receiver();
  const store = await openOwnStore(context);
  await store.governance.putTeam({
    id: "team",
    name: "Team",
    contacts: [{ kind: "webhook", url: hook.url }],
  });
  const stream = await openStream(context, store);
  const { governor } = await startGovernance(context, store, stream);
  await classifyInto(context, { store, stream, governor });
  const secret = await secretOf(context);
  const port = await new Promise<number>((listening) => {
    const open = async (sink: ExchangeSink): Promise<Mirror> => {
      const listen = { host: "127.0.0.1", port: 0 };
      const mirror = await startMirror({ listen, tunnel: "vxlan" }, sink, { log: SILENT, now: Date.now });
      listening(mirror.port);
      return mirror;
    };
    void runLive(context, { name: "bench", secret, stream, open });
  });
  const socket = createSocket("udp4");
  const send = async (host: string, n: number): Promise<void> => {
    hook.sent.set(host, performance.now());
    for (const one of datagrams(host, n)) socket.send(one, port, "127.0.0.1");
    await pause(GAP_MS);
  };
  for (let n = 0; hook.waits.size < WARM_UP; n += 1) await send(`warm${n}.test`, n);
  while (hook.waits.size < hook.sent.size) await pause(20);
  hook.waits.clear();
  for (let n = 0; n < TRIES; n += 1) await send(`svc${n}.test`, 5_000 + n);
  const until = performance.now() + 30_000;
  while (hook.waits.size < TRIES && performance.now() < until) await pause(20);
  socket.close();
  hook.close();
  tell([...hook.waits.values()].sort((a, b) => a - b));
}

function tell(waits: readonly number[]): void {
  const at = (share: number): string => (waits[Math.floor(share * (waits.length - 1))] ?? 0).toFixed(0);
  const way = overKafka ? "over Kafka" : "embedded";
  console.log(
    `first packet to webhook, ${way}, ${waits.length} of ${TRIES} told: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`,
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const state = await mkdtemp(path.join(os.tmpdir(), "umbra-first-sight-"));
const policies = path.join(state, "policies.yaml");
await writeFile(policies, POLICY);
const broker = overKafka ? await brokerOrReason() : null;
if (typeof broker === "string") throw new Error(broker);
const environment = {
  UMBRA_STATE: path.join(state, "state"),
  UMBRA_POLICIES: policies,
  UMBRA_DELIVERY_ALLOW: "localhost",
  UMBRA_SECRET: "s".repeat(32),
  ...(broker === null ? {} : { UMBRA_KAFKA_BROKERS: broker.brokers }),
};
const context: RoleContext = {
  settings: readSettings({}, environment, state),
  log: SILENT,
  metrics: createMetrics(),
  shutdown: createShutdown({ log: SILENT }),
};
await measure(context);
await context.shutdown.run("done");
await broker?.stop();
await rm(state, { recursive: true, force: true });
process.exit(0);
