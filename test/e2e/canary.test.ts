// Secrets seeded into every place traffic can carry one are found by class, and stand nowhere in Kafka, PostgreSQL, logs, reports or answers.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unitIds } from "../../src/ops/units.ts";
import type { Broker } from "../support/kafka/broker.ts";
import { AI_CLASSES, AI_EXCHANGES, AI_SECRETS, aiCapture, SPLIT_SECRETS } from "../support/canary-ai.ts";
import { brokerMissing, startBroker } from "../support/kafka/broker.ts";
import type { TestPostgres } from "../support/postgres.ts";
import { query, startTestPostgres } from "../support/postgres.ts";
import type { Running } from "../support/umbra.ts";
import { startUmbra, umbra } from "../support/umbra.ts";

/** One secret per place; each stands in traffic once and must stand nowhere after the digest. */
const SECRETS = {
  pathId: "c4n4ry9f8e7d6c5b4a39281706f5e4d3",
  pathUuid: "c0ffee11-2222-4333-8444-555566667777",
  pathEmail: "canary.path@example.org",
  query: "canary-query-41c7aa",
  queryNumber: "918273645546372819",
  header: "canary-header-8842bd",
  bearer: "canary.bearer.token-551f",
  basic: "canary-basic-password-77",
  cookie: "canary-cookie-90ab3f",
  setCookie: "canary-setcookie-6cd1",
  json: "canary json text 3fd1",
  jsonEmail: "canary.json@example.org",
  jsonCard: "4012888888881881",
  jsonKey: "canary.key@example.org",
  jsonNumber: "77441122993388550",
  form: "canary-form-2271fe",
  multipart: "canary-multipart-0e41",
  text: "canary-text-body-91d0",
  xml: "canary-xml-leaf-4410",
  html: "canary-html-text-7731",
  graphql: "canary-graphql-literal-18",
  rpc: "canary-rpc-argument-5c3e",
  sse: "canary-sse-delta-aa18",
  ndjson: "canary-ndjson-line-66d2",
  error: "canary-error-message-3390",
  agent: "canary-agent-detail-1f2e",
  referer: "canary-referer-77ac",
  baggage: "canary-baggage-member",
  subject: "canary-certificate-subject",
  operation: "canary-operation-path",
  declared: "canary-7f31c09ad2-declared",
} as const;

const noBroker = brokerMissing();
if (noBroker !== null) process.stderr.write(`${noBroker}\n`);

let folder = "";
let har = "";
let pcap = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-canary-"));
  har = path.join(folder, "canary.har");
  await writeFile(har, JSON.stringify(canaryHar()));
  pcap = path.join(folder, "canary-ai.pcap");
  await writeFile(pcap, aiCapture());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Names of the secrets that stand in `text`, in any of the ways they may be written. */
function leaked(text: string): readonly string[] {
  return Object.entries({ ...SECRETS, ...AI_SECRETS, ...SPLIT_SECRETS })
    .filter(([, secret]) =>
      [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")].some((form) =>
        text.toLowerCase().includes(form.toLowerCase()),
      ),
    )
    .map(([name]) => name);
}

test("the secrets really are in the input", async () => {
  const own = Object.keys({ ...SECRETS, ...AI_SECRETS });
  const text = (await readFile(har, "utf8")) + (await readFile(pcap, "latin1"));
  // A secret cut between two frames of WebSocket stands in neither.
  expect(leaked(text)).toEqual(own.filter((name) => name !== "frame"));
});

test("no report format shows one, and the classes are found", async () => {
  const formats = await unitIds(new URL("../../src/report/formats/", import.meta.url));
  for (const format of formats) {
    const { code, stdout, stderr } = await umbra(["scan", har, pcap, "--format", format]);
    expect({ format, code, leaked: leaked(stdout + stderr) }).toEqual({ format, code: 0, leaked: [] });
  }
  const { stdout } = await umbra(["scan", har, "--format", "json"]);
  const { endpoints } = JSON.parse(stdout) as { endpoints: { data_classes: { data_class: string }[] }[] };
  const classes = endpoints.flatMap((endpoint) => endpoint.data_classes.map((found) => found.data_class));
  expect(classes).toEqual(expect.arrayContaining(["email", "card-number"]));
});

test("in talk with models and tools each is found by class, whatever it was cut into", async () => {
  const { stdout } = await umbra(["scan", pcap, "--format", "json"]);
  const { endpoints } = JSON.parse(stdout) as {
    endpoints: { path: string; data_classes: { place: string; data_class: string }[] }[];
  };
  const found = endpoints.flatMap(({ path: at, data_classes }) =>
    data_classes.map(({ place, data_class }) => `${at} ${place} ${data_class}`),
  );
  expect(found).toEqual(expect.arrayContaining(AI_CLASSES.map((row) => row.join(" "))));
});

describe.skipIf(noBroker !== null)("in the distributed roles", () => {
  let broker: Broker;
  let postgres: TestPostgres;
  let env: Record<string, string> = {};
  const running = new Set<Running>();
  beforeAll(async () => {
    broker = await startBroker();
    postgres = await startTestPostgres();
    env = {
      UMBRA_KAFKA_BROKERS: broker.brokers,
      DATABASE_URL: await postgres.freshDatabase(),
      UMBRA_SECRET: "a secret of the test that is long enough",
      UMBRA_LOG_LEVEL: "debug",
    };
  });
  afterAll(async () => {
    for (const one of running) one.child.kill("SIGKILL");
    await postgres?.stop();
    if (broker?.ours) await broker.stop();
  });
  const started = (...args: readonly string[]): Running => {
    const one = startUmbra(args, env);
    running.add(one);
    return one;
  };

  test("Kafka, PostgreSQL, logs and API answers hold none", { timeout: 180_000 }, async () => {
    const classifier = started("classify");
    await classifier.says(/classifying/);
    for (const collect of [
      ["gateway-log", har],
      ["pcap", pcap],
    ]) {
      const { code, stdout, stderr } = await umbra(["collect", ...collect], { env });
      expect({ code, leaked: leaked(stdout + stderr) }).toEqual({ code: 0, leaked: [] });
    }
    await filled(env["DATABASE_URL"] ?? "");

    const messages = await everyMessage(broker.brokers);
    expect(messages.length).toBeGreaterThan(5);
    expect(leaked(messages.join("\n"))).toEqual([]);
    expect(leaked(await wholeDatabase(env["DATABASE_URL"] ?? ""))).toEqual([]);

    const api = started("api", "--listen", "127.0.0.1:0");
    const [, url = ""] = await api.says(/"url":"(http:[^"]+)"/);
    expect(leaked(await everyAnswer(url))).toEqual([]);
    for (const one of [classifier, api]) one.child.kill("SIGTERM");
    const logs = await Promise.all(
      [classifier, api].map(async (one) => Object.values(await one.finished).join("\n")),
    );
    expect(leaked(logs.join("\n"))).toEqual([]);
  });
});

/** Requests in both inputs. */
const HEARD = canaryHar().log.entries.length + AI_EXCHANGES;

async function filled(databaseUrl: string): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt++) {
    const [row] = (await query(databaseUrl, "select count(*)::int as health from capture_health")) as {
      health: number;
    }[];
    const [sum] = (await query(
      databaseUrl,
      "select coalesce(sum(requests), 0)::int as heard from services",
    )) as { heard: number }[];
    if ((row?.health ?? 0) > 1 && (sum?.heard ?? 0) >= HEARD) return;
    await pause(250);
  }
  throw new Error("the inventory did not fill");
}

async function everyMessage(brokers: string): Promise<readonly string[]> {
  const kafka = new Kafka({ brokers: brokers.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith("umbra."));
  const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
  const expected = ends.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  await admin.disconnect();
  const consumer = kafka.consumer({ groupId: "canary" });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  const texts: string[] = [];
  await consumer.run({
    eachMessage: async ({ message }) =>
      void texts.push(
        `${message.key?.toString()} ${message.value?.toString()} ${JSON.stringify(message.headers)}`,
      ),
  });
  // Transaction and control records count as offsets without being messages, so a steady count is enough.
  for (let attempt = 0; attempt < 100 && texts.length < expected; attempt++) await pause(100);
  await consumer.disconnect();
  return texts;
}

async function wholeDatabase(databaseUrl: string): Promise<string> {
  const tables = (await query(
    databaseUrl,
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  )) as { name: string }[];
  const rows = await Promise.all(
    tables.map(({ name }) => query(databaseUrl, `select t::text as row from "${name}" t`)),
  );
  return JSON.stringify(rows);
}

async function everyAnswer(url: string): Promise<string> {
  const texts: string[] = [];
  const get = async (what: string) => {
    const text = await (await fetch(`${url}${what}`)).text();
    texts.push(text);
    return text;
  };
  const { items } = JSON.parse(await get("/api/v1/endpoints?limit=500")) as { items: { id: string }[] };
  for (const { id } of items) {
    await get(`/api/v1/endpoints/${id}`);
    await get(`/api/v1/endpoints/${id}/governance`);
  }
  for (const what of [
    "services",
    "events?limit=500",
    "specs",
    "health/capture",
    "services/canary.test/openapi",
    "services/ai.canary.test/openapi",
    "ai",
    "ai/endpoints?limit=500",
    "ai/risks",
    "ai/servers",
    "findings?limit=500",
  ]) {
    await get(`/api/v1/${what}`);
  }
  await get("/metrics");
  return texts.join("\n");
}

interface Given {
  readonly method?: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly type?: string;
  readonly status?: number;
  readonly answer?: string;
  readonly answerType?: string;
  readonly answerHeaders?: Readonly<Record<string, string>>;
}

function canaryHar() {
  const s = SECRETS;
  const json = "application/json";
  const exchanges: readonly Given[] = [
    { target: `/users/${s.pathId}/keys` },
    { target: `/users/${s.pathUuid}` },
    { target: `/by-mail/${s.pathEmail}` },
    { target: `/search?q=${s.query}&number=${s.queryNumber}&api_key=${s.query}` },
    {
      target: "/headers",
      headers: {
        "x-custom": s.header,
        authorization: `Bearer ${s.bearer}`,
        cookie: `sessionid=${s.cookie}; theme=${s.cookie}`,
        "user-agent": `okhttp/4.12 (${s.agent})`,
        referer: `https://canary.test/?r=${s.referer}`,
      },
      answerHeaders: { "set-cookie": `id=${s.setCookie}; HttpOnly`, "x-trace": s.header },
    },
    {
      target: "/declared",
      headers: {
        baggage: `user=${s.baggage},service.name=front`,
        "x-forwarded-client-cert": `By=spiffe://x/ns/shop/sa/keys;Subject="CN=${s.subject}"`,
        "x-envoy-decorator-operation": `keys.shop.svc.cluster.local:80/${s.operation}`,
      },
      answerHeaders: { "x-service-name": s.declared },
    },
    {
      target: "/basic",
      headers: {
        authorization: `Basic ${Buffer.from(`u:${s.basic}`).toString("base64")}`,
        "x-plain": s.basic,
      },
    },
    {
      method: "POST",
      target: "/json",
      type: json,
      body: JSON.stringify({ note: s.json, email: s.jsonEmail, [s.jsonKey]: { card: s.jsonCard } }),
      answerType: json,
      answer: `{"echo":${JSON.stringify(s.json)},"owner":{"email":"${s.jsonEmail}"},"n":${s.jsonNumber},"${s.jsonKey}":1,"card":"${s.jsonCard}"}`,
    },
    {
      method: "POST",
      target: "/form",
      type: "application/x-www-form-urlencoded",
      body: `a=${s.form}&password=${s.form}`,
    },
    {
      method: "POST",
      target: "/multipart",
      type: "multipart/form-data; boundary=B",
      body: `--B\r\nContent-Disposition: form-data; name="f"; filename="${s.multipart}.txt"\r\n\r\n${s.multipart}\r\n--B--\r\n`,
    },
    {
      method: "POST",
      target: "/text",
      type: "text/plain",
      body: s.text,
      answerType: "text/plain",
      answer: s.text,
    },
    {
      method: "POST",
      target: "/soap",
      type: "text/xml",
      body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetIt id="${s.xml}">${s.xml}</GetIt></s:Body></s:Envelope>`,
      answerType: "application/xml",
      answer: `<r><v>${s.xml}</v></r>`,
    },
    { target: "/page", answerType: "text/html", answer: `<p title="${s.html}">${s.html}</p>` },
    {
      method: "POST",
      target: "/graphql",
      type: json,
      body: JSON.stringify({
        query: `query Find { user(name: "${s.graphql}") { id } }`,
        variables: { v: s.graphql },
      }),
    },
    {
      method: "POST",
      target: "/rpc",
      type: json,
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: s.rpc,
        method: "tools/call",
        params: { name: "f", arguments: { a: s.rpc } },
      }),
    },
    {
      method: "POST",
      target: "/v1/chat/completions",
      type: json,
      body: JSON.stringify({ model: "m", messages: [{ role: "user", content: s.json }], stream: true }),
      answerType: "text/event-stream",
      answer: `data: {"choices":[{"delta":{"content":"${s.sse}"}}]}\n\ndata: [DONE]\n\n`,
    },
    {
      target: "/stream",
      answerType: "application/x-ndjson",
      answer: `{"line":"${s.ndjson}"}\n{"line":"${s.ndjson}"}\n`,
    },
    {
      target: "/fails",
      status: 500,
      answerType: json,
      answer: `{"error":"${s.error}","truncated":"${s.error}`,
    },
  ];
  return { log: { version: "1.2", creator: { name: "t", version: "1" }, entries: exchanges.map(entryOf) } };
}

function entryOf(given: Given, index: number) {
  const pairs = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  const {
    method = "GET",
    target,
    type,
    body,
    status = 200,
    answer = "",
    answerType = "application/json",
  } = given;
  return {
    startedDateTime: new Date(Date.UTC(2026, 10, 2, 12, 0, index)).toISOString(),
    time: 10,
    request: {
      method,
      url: `https://canary.test${target}`,
      httpVersion: "HTTP/1.1",
      headers: pairs({ ...given.headers, ...(type === undefined ? {} : { "content-type": type }) }),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: body?.length ?? 0,
      ...(body === undefined ? {} : { postData: { mimeType: type, text: body } }),
    },
    response: {
      status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      headers: pairs({ "content-type": answerType, ...given.answerHeaders }),
      cookies: [],
      content: { size: answer.length, mimeType: answerType, text: answer },
      redirectURL: "",
      headersSize: -1,
      bodySize: answer.length,
    },
    cache: {},
    timings: { send: 0, wait: 8, receive: 2 },
    serverIPAddress: "10.0.0.1",
    _clientIp: "10.0.0.9",
  };
}
