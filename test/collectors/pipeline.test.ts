// Exchanges become sightings in bounded portions, and everything odd is counted once.
import { expect, test } from "vitest";
import { createPipeline } from "../../collectors/pipeline.ts";
import type { EncryptedFlow } from "../../src/model/encrypted-flow.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { NO_BODY } from "../../src/model/exchange.ts";
import type { Sighting } from "../../src/model/sighting.ts";

const exchange: Exchange = {
  startedAt: 1000,
  answeredAt: null,
  endedAt: null,
  source: "capture",
  protocol: "http/1.1",
  client: { address: "10.0.0.1", port: 1 },
  server: { address: "10.0.0.2", port: 80 },
  request: {
    method: "GET",
    authority: "shop.test",
    scheme: "http",
    path: "/",
    query: "",
    headers: [],
    body: NO_BODY,
  },
  outcome: { kind: "unknown", why: "one-way" },
  flags: [],
};

function aPipeline(deliver: (portion: readonly Sighting[]) => Promise<void>) {
  const held: Sighting[] = [];
  return createPipeline({
    name: "a.pcap",
    digest: (seen) => ({ key: { path: String(seen.startedAt) } }) as unknown as Sighting,
    digestFlow: (flow) => ({ key: { path: `flow ${flow.startedAt}` } }) as unknown as Sighting,
    digestStream: ({ at }) =>
      at < 0 ? undefined : ({ key: { path: `stream ${at}` } } as unknown as Sighting),
    combiner: {
      add: (sighting) => held.push(sighting),
      drain: () => held.splice(0),
      due: () => held.length >= 3,
    },
    deliver,
  });
}

test("delivers what it holds and counts what it saw", async () => {
  const portions: number[] = [];
  const { sink, flush, takeHealth } = aPipeline(async (portion) => void portions.push(portion.length));
  sink.exchange(exchange);
  sink.exchange({ ...exchange, startedAt: 500 });
  sink.weird({ name: "tcp.gap" });
  sink.count("packets", 7);
  await flush();
  expect(portions).toEqual([2]);
  expect(takeHealth()).toEqual({
    collector: "a.pcap",
    from: 500,
    to: 1000,
    counters: { exchanges: 2, "exchanges.unknown": 2, packets: 7, sightings: 2 },
    weirds: { "tcp.gap": 1 },
  });
  expect(takeHealth().counters).toEqual({});
});

test("connections that stay closed travel with the exchanges", async () => {
  const paths: string[] = [];
  const { sink, flush, takeHealth } = aPipeline(
    async (portion) => void paths.push(...portion.map(({ key }) => key.path)),
  );
  sink.exchange(exchange);
  sink.flow?.({ startedAt: 2000 } as EncryptedFlow);
  await flush();
  expect(paths).toEqual(["1000", "flow 2000"]);
  expect(takeHealth()).toMatchObject({ to: 2000, counters: { exchanges: 1, "flows.encrypted": 1 } });
});

test("what comes of a stream later travels, too, and is no exchange", async () => {
  const paths: string[] = [];
  const { sink, flush, takeHealth } = aPipeline(
    async (portion) => void paths.push(...portion.map(({ key }) => key.path)),
  );
  sink.stream?.({ of: { kinds: {} }, at: 9000, more: { kinds: {} } });
  sink.stream?.({ of: { kinds: {} }, at: -1, more: { kinds: {} } });
  await flush();
  expect(paths).toEqual(["stream 9000"]);
  expect(takeHealth().counters).toEqual({ sightings: 1 });
});

test("asks readers to wait while a full window is being delivered", async () => {
  let release = () => {};
  const { sink } = aPipeline(() => new Promise<void>((resolve) => (release = resolve)));
  for (let i = 0; i < 3; i++) sink.exchange(exchange);
  const wait = sink.ready();
  expect(wait).toBeInstanceOf(Promise);
  expect(sink.ready()).toBeInstanceOf(Promise);
  await Promise.resolve();
  release();
  await wait;
  await sink.ready();
  expect(sink.ready()).toBeUndefined();
});

test("a failed delivery reaches whoever waits", async () => {
  const { sink, flush } = aPipeline(() => Promise.reject(new Error("away")));
  sink.exchange(exchange);
  await expect(flush()).rejects.toThrow("away");
});
