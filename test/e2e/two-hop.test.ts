// Two hops on loopback, recorded by tcpdump: an application and a gateway that ask a model while they answer their callers.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scan } from "../../src/app/scan.ts";
import type { ScanReport } from "../../src/report/scan-report.ts";
import { captureMissing, recorded } from "../support/recorded.ts";

const LOOPBACKS = "only Linux has all of 127.0.0.0/8 on loopback";
const noCapture = process.platform === "linux" ? captureMissing() : LOOPBACKS;
if (noCapture !== null) process.stderr.write(`Two hops were not tested: ${noCapture}\n`);

/** One address each, so that it shows who calls whom. */
const MODEL = "127.0.0.3";
const APPLICATION = "127.0.0.2";
const GATEWAY = "127.0.0.5";
const CALLER = "127.0.0.4";

const QUESTIONS = [
  "How long does the refund of my last order take?",
  "Can I change the address of a parcel that is on its way?",
  "Which of the two lamps is brighter, the green or the blue one?",
  "What do I have to do when the parcel was damaged?",
];

interface Ask {
  readonly port: number;
  readonly host: string;
  readonly from: string;
  readonly path: string;
  readonly body?: unknown;
}

async function ask({ port, host, from, path: target, body }: Ask): Promise<string> {
  const request = http.request({
    host,
    port,
    path: target,
    method: body === undefined ? "GET" : "POST",
    localAddress: from,
    agent: false,
    headers: { "content-type": "application/json" },
  });
  request.end(body === undefined ? "" : JSON.stringify(body));
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  return textOf(response);
}

async function textOf(stream: http.IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of stream) text += String(part);
  return text;
}

type Handle = (path: string, body: string) => Promise<object>;

async function serve(host: string, handle: Handle): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const json = JSON.stringify(await handle(request.url ?? "", await textOf(request)));
      response.setHeader("content-type", "application/json");
      response.end(json);
    };
    void answer();
  });
  server.listen(0, host);
  await once(server, "listening");
  return server;
}

const portOf = (server: http.Server) => (server.address() as AddressInfo).port;

/** A model that takes its time. */
const model: Handle = async (_path, body) => {
  const { messages } = JSON.parse(body) as { messages: { content: string }[] };
  const question = messages.at(-1)?.content ?? "";
  await pause(60);
  const content = `Based on what you wrote (${question.slice(4, 20)}), it usually takes three to five working days.`;
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    model: "llama3.1:8b",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 22, completion_tokens: 19, total_tokens: 41 },
  };
};

describe.skipIf(noCapture !== null)("two hops", () => {
  let folder = "";
  let report: ScanReport;
  const ports = { model: 0, application: 0, gateway: 0 };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "umbra-hops-"));
    const servers: http.Server[] = [await serve(MODEL, model)];
    ports.model = portOf(servers[0] as http.Server);
    const askModel = async (from: string, body: unknown) =>
      JSON.parse(await ask({ port: ports.model, host: MODEL, from, path: "/v1/chat/completions", body })) as {
        choices: { message: { content: string } }[];
      };
    const application: Handle = async (target, body) => {
      if (target !== "/assist") return { items: [{ sku: 4, price: 9 }] };
      const { q } = JSON.parse(body) as { q: string };
      const { choices } = await askModel(APPLICATION, {
        model: "llama3.1:8b",
        messages: [{ role: "user", content: q }],
      });
      return { a: choices[0]?.message.content };
    };
    const gateway: Handle = (_target, body) => askModel(GATEWAY, JSON.parse(body));
    servers.push(await serve(APPLICATION, application), await serve(GATEWAY, gateway));
    ports.application = portOf(servers[1] as http.Server);
    ports.gateway = portOf(servers[2] as http.Server);
    const file = path.join(folder, "hops.pcap");
    await recorded(file, Object.values(ports), async () => {
      const shop = { port: ports.application, host: APPLICATION, from: CALLER };
      const door = { port: ports.gateway, host: GATEWAY, from: CALLER };
      for (const q of QUESTIONS) {
        await ask({ ...shop, path: "/catalog" });
        await ask({ ...shop, path: "/assist", body: { q } });
        await ask({ ...shop, path: "/catalog" });
        await ask({
          ...door,
          path: "/v1/chat/completions",
          body: { model: "llama3.1:8b", messages: [{ role: "user", content: q }] },
        });
        await pause(150);
      }
    });
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
    report = (await scan({ inputs: [file], specs: [] })).report;
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const at = (host: string, port: number, target: string) =>
    report.endpoints.find((row) => row.authority === `${host}:${port}` && row.path === target);

  test("the application's own format is told by what it asks while it answers", () => {
    const found = at(APPLICATION, ports.application, "/assist");
    expect(found?.ai).toMatchObject({ role: "provider" });
    expect(["confirmed", "likely"]).toContain(found?.ai.verdict);
    expect(found?.ai.evidence.find(({ group }) => group === "graph")?.count).toBe(QUESTIONS.length);
  });

  test("what the same server answers by itself is no AI", () => {
    expect(at(APPLICATION, ports.application, "/catalog")?.ai.verdict).toBe("none");
  });

  test("who passes a known format on is a gateway; the model behind it is a provider", () => {
    expect(at(GATEWAY, ports.gateway, "/v1/chat/completions")?.ai).toMatchObject({
      verdict: "confirmed",
      role: "gateway",
    });
    expect(at(MODEL, ports.model, "/v1/chat/completions")?.ai).toMatchObject({ role: "provider" });
  });

  test("assets say who serves, who passes on, and who asks models", () => {
    const kinds = report.ai.assets.map(({ authority, kind, asks_models: asks }) => [
      authority.split(":")[0],
      kind,
      asks.map((one) => one.split(":")[0]),
    ]);
    expect(kinds).toEqual([
      [APPLICATION, "application", [MODEL]],
      [MODEL, "model-server", []],
      [GATEWAY, "gateway", [MODEL]],
    ]);
  });
});
