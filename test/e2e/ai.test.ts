// Real software on loopback, recorded by tcpdump: MCP over both transports, a server of model APIs and an SDK that calls it.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { LLMock } from "@copilotkit/aimock";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { scan } from "../../src/app/scan.ts";
import type { ScanReport } from "../../src/report/scan-report.ts";
import { captureMissing, recorded } from "../support/recorded.ts";

const noCapture = captureMissing();
if (noCapture !== null) process.stderr.write(`Recorded AI software was not tested: ${noCapture}\n`);

/** A back end that a tool asks while it answers. */
function backEnd(): http.Server {
  return http.createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end('{"deleted":true}');
  });
}

function aServer(crm: number, description: string): McpServer {
  const server = new McpServer({ name: "crm-tools", version: "1.0.0" });
  server.registerTool(
    "delete_customer",
    { description, inputSchema: { id: z.string() }, annotations: { destructiveHint: true } },
    async ({ id }) => {
      await fetch(`http://127.0.0.1:${crm}/customers/${id}`, { method: "DELETE" });
      return { content: [{ type: "text", text: "gone" }] };
    },
  );
  server.registerTool(
    "find_customer",
    { description: "Finds one.", inputSchema: { name: z.string() } },
    () => ({
      content: [{ type: "text", text: "no such customer" }],
      isError: true,
    }),
  );
  return server;
}

/** Streamable HTTP, a server for each request. */
function streamable(crm: number): http.Server {
  return http.createServer((request, response) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined } as never);
    void aServer(crm, "Deletes a customer.")
      .connect(transport as never)
      .then(() => transport.handleRequest(request, response));
  });
}

/** HTTP with SSE, the transport of 2024-11-05. */
function legacy(crm: number): http.Server {
  const sessions = new Map<string, SSEServerTransport>();
  const open = async (response: ServerResponse): Promise<void> => {
    const transport = new SSEServerTransport("/messages", response);
    sessions.set(transport.sessionId, transport);
    await aServer(crm, "Deletes a customer.").connect(transport);
  };
  const post = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const id = new URL(request.url ?? "", "http://local").searchParams.get("sessionId") ?? "";
    await sessions.get(id)?.handlePostMessage(request, response);
  };
  return http.createServer(
    (request, response) => void (request.method === "GET" ? open(response) : post(request, response)),
  );
}

async function listening(server: http.Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function useTools(transport: SSEClientTransport | StreamableHTTPClientTransport): Promise<void> {
  const client = new Client({ name: "test-agent", version: "1.0.0" });
  await client.connect(transport as never);
  await client.listTools();
  await client.callTool({ name: "delete_customer", arguments: { id: "4711" } });
  await client.callTool({ name: "find_customer", arguments: { name: "Jane" } });
  await client.close();
}

const ANSWER =
  "The refund of your order takes three to five working days, and you will receive a message as soon as it was sent.";

async function useModel(url: string): Promise<void> {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: "not-a-real-key" });
  const messages = [{ role: "user", content: "How long does the refund of my order take?" }] as const;
  await client.chat.completions.create({ model: "gpt-4o-mini", messages: [...messages] });
  const stream = await client.chat.completions.create({
    model: "gpt-4o-mini",
    messages: [...messages],
    stream: true,
  });
  for await (const chunk of stream) if (chunk.object !== "chat.completion.chunk") break;
  await client.embeddings.create({ model: "text-embedding-3-small", input: "How long does a refund take?" });
}

describe.skipIf(noCapture !== null)("recorded AI software", () => {
  let folder = "";
  let report: ScanReport;
  const ports = { crm: 0, streamable: 0, legacy: 0, model: 0 };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "umbra-ai-"));
    const model = new LLMock({ port: 0 });
    model.onMessage(/refund/, { content: ANSWER });
    await model.start();
    const crm = backEnd();
    ports.crm = await listening(crm);
    const servers = [crm, streamable(ports.crm), legacy(ports.crm)] as const;
    ports.streamable = await listening(servers[1]);
    ports.legacy = await listening(servers[2]);
    ports.model = Number(new URL(model.url).port);
    const file = path.join(folder, "ai.pcap");
    await recorded(file, Object.values(ports), async () => {
      await useTools(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${ports.streamable}/mcp`)));
      await useTools(new SSEClientTransport(new URL(`http://127.0.0.1:${ports.legacy}/sse`)));
      await useModel(model.url);
    });
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
    await model.stop();
    report = (await scan({ inputs: [file], specs: [] })).report;
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const serverAt = (port: number) =>
    report.ai.servers.find(({ authority }) => authority === `127.0.0.1:${port}`);

  test.each(["streamable", "legacy"] as const)("MCP over %s HTTP: server, client, tools, calls", (kind) => {
    const server = serverAt(ports[kind]);
    expect(server).toMatchObject({ protocol: "mcp", clients: ["test-agent"] });
    expect(server?.tools).toMatchObject([
      {
        name: "delete_customer",
        declares: "destructive",
        parameters: { id: "string!" },
        calls: 1,
        errors: 0,
        changes: [],
      },
      {
        name: "find_customer",
        effect: "read",
        parameters: { name: "string!" },
        calls: 1,
        errors: 1,
        changes: [],
      },
    ]);
  });

  // Over HTTP with SSE nothing says when a call ended, so no calls elsewhere are joined to it.
  test("what a tool asks elsewhere stands with it", () => {
    const tool = serverAt(ports.streamable)?.tools.find(({ name }) => name === "delete_customer");
    expect(tool?.backends).toEqual([`DELETE 127.0.0.1:${ports.crm}/customers/{}`]);
  });

  test("MCP endpoints are confirmed, whatever their path", () => {
    const own = report.endpoints.filter(({ authority }) => authority === `127.0.0.1:${ports.streamable}`);
    expect(own.filter(({ ai }) => ai.verdict === "confirmed").map(({ ai }) => ai.kind)).toContain(
      "mcp-server",
    );
  });

  test("a model server is recognised, with model, tokens and the SDK that calls", () => {
    const authority = `127.0.0.1:${ports.model}`;
    const own = report.endpoints.filter((endpoint) => endpoint.authority === authority);
    expect(own.find(({ path: at }) => at === "/v1/chat/completions")?.ai).toMatchObject({
      verdict: "confirmed",
      kind: "chat-completion",
    });
    expect(own.find(({ path: at }) => at === "/v1/embeddings")?.ai).toMatchObject({
      verdict: "confirmed",
      kind: "embedding",
    });
    expect(report.ai.assets.find((asset) => asset.authority === authority)?.models).toContain("gpt-4o-mini");
    expect(report.ai.usage.some((row) => row.authority === authority && row.input > 0)).toBe(true);
  });

  test("findings name what a person would ask about", () => {
    const rules = new Set(report.findings.map(({ rule }) => rule));
    expect([...rules]).toEqual(
      expect.arrayContaining(["ai-excessive-agency", "ai-cleartext", "ai-unbounded"]),
    );
  });

  test("nothing that was said is in the report", () => {
    expect(JSON.stringify(report)).not.toMatch(
      /refund of your order|Deletes a customer|not-a-real-key|4711|Jane/,
    );
  });
});
