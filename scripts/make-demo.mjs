// Makes demo/: real servers on loopback, really called, recorded with tcpdump, by a recording client (HAR) and by nginx.
// All people, keys and numbers are invented or published test values. Needs tcpdump, nginx and root: node scripts/make-demo.mjs
import { spawn, spawnSync } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import zlib from "node:zlib";

const out = path.join(path.dirname(import.meta.dirname), "demo");
const work = mkdtempSync(path.join(os.tmpdir(), "umbra-demo-"));
const SHOP = 18080;
const MODEL = 18000;
const TOOLS = 18090;
const GATEWAY = 18088;

// Small deterministic choices, so that making the demo again gives the same story.
let seed = 7;
const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
const pick = (list) => list[Math.floor(random() * list.length)];
const uuid = (text) => {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const base64url = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwt = (user) => {
  const body = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url({ sub: user, scope: "shop" })}`;
  return `${body}.${createHmac("sha256", "demo").update(body).digest("base64url")}`;
};

const NAMES = ["Ada Example", "Ben Example", "Cleo Example", "Dov Example", "Eve Example", "Finn Example"];
const product = (id) => ({
  id,
  name: `Lamp ${id}`,
  price: { amount: 19.5 + id, currency: "EUR" },
  tags: ["light"],
  updated_at: "2026-03-02T08:00:00Z",
});
const customer = (id) => ({
  id,
  name: pick(NAMES),
  email: `${id.slice(0, 8)}@example.org`,
  phone: "+49 30 901820",
  iban: "DE89370400440532013000",
  birthday: "1990-04-01",
});

function json(response, status, value, headers = {}) {
  const text = JSON.stringify(value);
  const gzip = text.length > 600;
  const bytes = gzip ? zlib.gzipSync(text) : Buffer.from(text);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": bytes.length,
    ...(gzip ? { "content-encoding": "gzip" } : {}),
    ...headers,
  });
  response.end(bytes);
}

const shopRoutes = [
  [
    /^GET \/$/,
    (_, res) =>
      res
        .writeHead(200, { "content-type": "text/html" })
        .end("<!doctype html><title>Shop</title><div id=app></div>"),
  ],
  [
    /^GET \/assets\/.*\.js$/,
    (_, res) => res.writeHead(200, { "content-type": "text/javascript" }).end("export const shop = 1;\n"),
  ],
  [
    /^GET \/api\/v1\/products$/,
    (_, res) => json(res, 200, { items: [1, 2, 3, 4, 5, 6, 7, 8].map(product), next: null }),
  ],
  [
    /^GET \/api\/v1\/products\/(\d+)$/,
    (m, res) =>
      Number(m[1]) > 900 ? json(res, 404, { error: "not_found" }) : json(res, 200, product(Number(m[1]))),
  ],
  [
    /^POST \/api\/v1\/orders$/,
    (_, res, body, req) =>
      req.headers.authorization
        ? json(res, 201, { id: 41_000 + body.lines.length, status: "open" })
        : json(res, 401, { error: "unauthorized" }),
  ],
  [
    /^GET \/api\/v1\/orders\/(\d+)$/,
    (m, res) =>
      json(res, 200, {
        id: Number(m[1]),
        status: pick(["open", "paid", "shipped"]),
        lines: [{ sku: "L-1", count: 2 }],
      }),
  ],
  [/^GET \/api\/v1\/customers\/([0-9a-f-]{36})$/, (m, res) => json(res, 200, customer(m[1]))],
  [
    /^GET \/api\/v1\/internal\/export$/,
    (_, res) =>
      json(
        res,
        200,
        NAMES.map((name, i) => ({ name, email: `user${i}@example.org`, card: "4111111111111111" })),
      ),
  ],
  [/^GET \/api\/v0\/prices\/(\d+)$/, (m, res) => json(res, 200, { id: Number(m[1]), price: 19.5 })],
  [
    /^POST \/graphql$/,
    (_, res) => json(res, 200, { data: { viewer: { id: uuid("viewer"), cart: { total: 39 } } } }),
  ],
];

const tools = [
  {
    name: "find_order",
    description: "Finds an order by its number.",
    inputSchema: { type: "object", properties: { order_id: { type: "integer" } }, required: ["order_id"] },
  },
  {
    name: "refund_order",
    description: "Refunds an order.",
    inputSchema: {
      type: "object",
      properties: { order_id: { type: "integer" }, amount: { type: "number" } },
    },
  },
];
const rpc = {
  initialize: () => ({
    protocolVersion: "2025-06-18",
    capabilities: { tools: {} },
    serverInfo: { name: "shop-tools", version: "0.3.0" },
  }),
  "tools/list": () => ({ tools }),
  "tools/call": () => ({ content: [{ type: "text", text: "Order 41002 is shipped." }] }),
};

const ANSWER = "Your order left our warehouse this morning and should arrive within two working days.";

async function completion(request, response, body) {
  const id = `chatcmpl-${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 12)}`;
  const usage = { prompt_tokens: 31, completion_tokens: 17, total_tokens: 48 };
  if (body.stream !== true) {
    const choices = [{ index: 0, message: { role: "assistant", content: ANSWER }, finish_reason: "stop" }];
    return json(response, 200, {
      id,
      object: "chat.completion",
      created: 1_772_000_000,
      model: body.model,
      choices,
      usage,
    });
  }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  for (const word of ANSWER.split(" ")) {
    const choices = [{ index: 0, delta: { content: `${word} ` }, finish_reason: null }];
    response.write(
      `data: ${JSON.stringify({ id, object: "chat.completion.chunk", model: body.model, choices })}\n\n`,
    );
    await pause(12);
  }
  response.end("data: [DONE]\n\n");
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function serve(port, handle) {
  const server = http.createServer(async (request, response) =>
    handle(request, response, await bodyOf(request)),
  );
  server.keepAliveTimeout = 3000;
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

function shop(request, response, body) {
  const line = `${request.method} ${request.url.split("?")[0]}`;
  for (const [pattern, answer] of shopRoutes) {
    const match = pattern.exec(line);
    if (match) return answer(match, response, body, request);
  }
  return json(response, 404, { error: "not_found" });
}

function model(request, response, body) {
  if (request.url === "/v1/chat/completions") return completion(request, response, body);
  if (request.url === "/v1/embeddings") {
    const embedding = Array.from({ length: 16 }, () => random() - 0.5);
    return json(response, 200, {
      object: "list",
      model: body.model,
      data: [{ object: "embedding", index: 0, embedding }],
      usage: { prompt_tokens: 8, total_tokens: 8 },
    });
  }
  if (request.url === "/v1/models")
    return json(response, 200, {
      object: "list",
      data: [{ id: "small-chat-7b", object: "model", owned_by: "vllm" }],
    });
  return json(response, 404, { error: { message: "not found" } });
}

function toolServer(request, response, body) {
  if (request.url !== "/mcp" || rpc[body.method] === undefined)
    return json(response, 404, { error: "not_found" });
  return json(response, 200, { jsonrpc: "2.0", id: body.id, result: rpc[body.method]() });
}

/** One real call; gives what a HAR entry needs. */
async function call({
  port,
  host,
  method = "GET",
  target,
  headers = {},
  body,
  from = "127.0.0.1",
  agent = new http.Agent(),
}) {
  const started = Date.now();
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const sent = {
    host,
    accept: "application/json",
    ...headers,
    ...(text === undefined
      ? {}
      : {
          "content-type": headers["content-type"] ?? "application/json",
          "content-length": Buffer.byteLength(text),
        }),
  };
  const response = await new Promise((resolve, reject) => {
    const request = http.request(
      { host: "127.0.0.1", port, method, path: target, headers: sent, localAddress: from, agent },
      resolve,
    );
    request.on("error", reject);
    request.end(text);
  });
  const waited = Date.now() - started;
  const parts = [];
  for await (const part of response) parts.push(part);
  const raw = Buffer.concat(parts);
  const plain = response.headers["content-encoding"] === "gzip" ? zlib.gunzipSync(raw) : raw;
  return {
    started,
    waited,
    took: Date.now() - started,
    method,
    host,
    target,
    sent,
    text,
    response,
    plain,
    raw,
    from,
  };
}

function harEntry(seen, scheme = "https") {
  const pairs = (object) => Object.entries(object).map(([name, value]) => ({ name, value: String(value) }));
  const url = new URL(`${scheme}://${seen.host}${seen.target}`);
  return {
    startedDateTime: new Date(seen.started).toISOString(),
    time: seen.took,
    request: {
      method: seen.method,
      url: url.href,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(seen.sent),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: seen.text === undefined ? 0 : Buffer.byteLength(seen.text),
      ...(seen.text === undefined
        ? {}
        : { postData: { mimeType: seen.sent["content-type"], text: seen.text } }),
    },
    response: {
      status: seen.response.statusCode,
      statusText: seen.response.statusMessage,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(seen.response.headers),
      content: {
        size: seen.plain.length,
        mimeType: seen.response.headers["content-type"] ?? "",
        text: seen.plain.toString("utf8"),
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: seen.raw.length,
    },
    cache: {},
    timings: { send: 0, wait: seen.waited, receive: seen.took - seen.waited },
    serverIPAddress: "127.0.0.1",
  };
}

const browser = {
  "user-agent":
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
};
const mobile = { "user-agent": "okhttp/4.12.0" };
const job = { "user-agent": "python-requests/2.32.3" };

async function shopTraffic() {
  const host = "shop.example";
  const at = { port: SHOP, host };
  const keep = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let i = 0; i < 30; i++) {
    const from = `127.0.1.${10 + (i % 5)}`;
    const user = { ...mobile, authorization: `Bearer ${jwt(`user-${i % 5}`)}` };
    await call({ ...at, target: "/api/v1/products?limit=8", headers: mobile, from });
    await call({
      ...at,
      target: `/api/v1/products/${1 + (i % 9)}`,
      headers: mobile,
      from,
      agent: i < 10 ? keep : new http.Agent(),
    });
    if (i % 3 === 0)
      await call({
        ...at,
        method: "POST",
        target: "/api/v1/orders",
        headers: user,
        from,
        body: { customer_id: uuid(`c${i % 4}`), lines: [{ sku: "L-1", count: 1 + (i % 3) }] },
      });
    if (i % 4 === 0) await call({ ...at, target: `/api/v1/orders/${41_000 + i}`, headers: user, from });
    if (i % 5 === 0)
      await call({ ...at, target: `/api/v1/customers/${uuid(`c${i % 7}`)}`, headers: user, from });
    if (i % 6 === 0) await call({ ...at, target: `/api/v0/prices/${i + 1}`, headers: mobile, from });
    if (i % 7 === 0)
      await call({
        ...at,
        method: "POST",
        target: "/graphql",
        headers: { ...browser, cookie: `sessionid=${uuid(`s${i}`)}` },
        from,
        body: {
          operationName: "Viewer",
          query: "query Viewer { viewer { id cart { total } } }",
          variables: {},
        },
      });
  }
  for (let i = 0; i < 4; i++)
    await call({
      ...at,
      target: `/api/v1/internal/export?api_key=${uuid("export")}`,
      headers: job,
      from: "127.0.2.7",
    });
  await call({
    ...at,
    method: "POST",
    target: "/api/v1/orders",
    headers: mobile,
    body: { lines: [] },
    from: "127.0.1.11",
  });
  await call({ ...at, target: "/api/v1/products/999", headers: mobile, from: "127.0.1.12" });
  await call({ ...at, target: "/", headers: browser, from: "127.0.1.20" });
  await call({ ...at, target: "/assets/app.4f3a9c1e.js", headers: browser, from: "127.0.1.20" });
  for (const probe of ["/.env", "/wp-login.php", "/.git/config", "/phpmyadmin/"])
    await call({ ...at, target: probe, headers: { "user-agent": "zgrab/0.x" }, from: "127.0.9.9" });
  keep.destroy();
}

async function aiTraffic() {
  const from = "127.0.2.15";
  const client = { "user-agent": "OpenAI/Python 1.99.1", authorization: `Bearer ${uuid("model-key")}` };
  const at = { port: MODEL, host: "models.internal.example", method: "POST", headers: client, from };
  for (let i = 0; i < 4; i++) {
    const messages = [
      { role: "system", content: "You help customers of a shop." },
      { role: "user", content: `Where is my order number ${41_000 + i}? I am waiting since Monday.` },
    ];
    await call({
      ...at,
      target: "/v1/chat/completions",
      body: { model: "small-chat-7b", messages, stream: i % 2 === 0, temperature: 0.2 },
    });
  }
  await call({
    ...at,
    target: "/v1/embeddings",
    body: { model: "small-embed", input: "lamps for small rooms" },
  });
  await call({ ...at, method: "GET", target: "/v1/models" });
  const agent = {
    port: TOOLS,
    host: "tools.internal.example",
    method: "POST",
    target: "/mcp",
    from,
    headers: {
      "user-agent": "node",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-06-18",
    },
  };
  await call({
    ...agent,
    body: {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: "2025-06-18",
        capabilities: {},
        clientInfo: { name: "shop-agent", version: "1.0.0" },
      },
    },
  });
  await call({ ...agent, body: { jsonrpc: "2.0", id: 2, method: "tools/list" } });
  await call({
    ...agent,
    body: {
      jsonrpc: "2.0",
      id: 3,
      method: "tools/call",
      params: { name: "find_order", arguments: { order_id: 41_002 } },
    },
  });
}

async function harTraffic() {
  const entries = [];
  const chat = {
    port: MODEL,
    host: "assistant.example",
    method: "POST",
    target: "/v1/chat/completions",
    headers: { ...browser, cookie: `session=${uuid("web")}` },
  };
  for (let i = 0; i < 3; i++)
    entries.push(
      harEntry(
        await call({
          ...chat,
          body: {
            model: "small-chat-7b",
            messages: [{ role: "user", content: "What is your return policy for lamps?" }],
          },
        }),
      ),
    );
  for (let i = 0; i < 3; i++)
    entries.push(
      harEntry(
        await call({
          port: SHOP,
          host: "shop.example",
          target: `/api/v1/products/${i + 1}`,
          headers: browser,
        }),
      ),
    );
  return {
    log: { version: "1.2", creator: { name: "umbra demo recorder", version: "1" }, pages: [], entries },
  };
}

async function gatewayTraffic() {
  const at = { port: GATEWAY, host: "partners.example" };
  for (let i = 0; i < 12; i++) {
    const from = `127.0.3.${1 + (i % 3)}`;
    await call({ ...at, target: `/api/v1/products/${1 + (i % 9)}?expand=price`, headers: job, from });
    if (i % 4 === 0) await call({ ...at, target: `/api/v1/customers/${uuid(`c${i}`)}`, headers: job, from });
  }
}

const nginxConf = `
daemon off; worker_processes 1; pid ${work}/nginx.pid; error_log ${work}/error.log;
events { worker_connections 64; }
http {
  log_format vhost '$host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';
  access_log ${work}/access.log vhost;
  client_body_temp_path ${work}/b; proxy_temp_path ${work}/p; fastcgi_temp_path ${work}/f; uwsgi_temp_path ${work}/u; scgi_temp_path ${work}/s;
  server { listen 127.0.0.1:${GATEWAY}; location / { proxy_pass http://127.0.0.1:${SHOP}; proxy_set_header Host shop.example; } }
}
`;

const servers = [await serve(SHOP, shop), await serve(MODEL, model), await serve(TOOLS, toolServer)];
writeFileSync(path.join(work, "nginx.conf"), nginxConf);
const nginx = spawn("nginx", ["-c", path.join(work, "nginx.conf")], { stdio: "inherit" });
const pcap = path.join(work, "mirror.pcap");
const filter = `tcp and (port ${SHOP} or port ${MODEL} or port ${TOOLS})`;
const tcpdump = spawn("tcpdump", ["-i", "lo", "-n", "-U", "-s", "0", "-w", pcap, filter], {
  stdio: "ignore",
});
await pause(1500);
await shopTraffic();
await aiTraffic();
await pause(500);
tcpdump.kill("SIGINT");
await new Promise((resolve) => tcpdump.on("close", resolve));
writeFileSync(path.join(out, "mirror.pcap"), readFileSync(pcap));
writeFileSync(path.join(out, "browser.har"), `${JSON.stringify(await harTraffic(), null, 1)}\n`);
await gatewayTraffic();
await pause(200);
nginx.kill();
writeFileSync(path.join(out, "gateway.log"), readFileSync(path.join(work, "access.log")));
for (const server of servers) server.close();
spawnSync("rm", ["-rf", work]);
process.exit(0);
