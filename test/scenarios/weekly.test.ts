// Two weeks of traffic with planted changes, from HAR files to the weekly report in every format: each is named once, and nothing else.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { weeklyOf } from "../../src/api/weekly.ts";
import { createSightingHandler } from "../../src/app/classifier.ts";
import { readInput } from "../../src/app/inputs.ts";
import { loadInputReaders, loadPipeline } from "../../src/app/parts.ts";
import { createSpecDesk } from "../../src/app/specs.ts";
import { hostIndexOf } from "../../src/inventory/host-index.ts";
import { createPlaceFinder } from "../../src/inventory/places.ts";
import { shouldNotReach } from "../../src/inventory/should-not-reach.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import { loadUnits } from "../../src/ops/units.ts";
import type { WeeklyReport } from "../../src/report/weekly/report.ts";
import type { WeeklyFormat } from "../../src/report/weekly/weekly-format.ts";
import { allEndpoints } from "../../src/api/every-page.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { aPlace } from "../support/callers.ts";

const FOLDER = path.resolve(import.meta.dirname, "weekly-report");
const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 16);
const store = createMemoryStore();
let report: WeeklyReport;
let folder = "";

interface Call {
  readonly at: number;
  readonly url: string;
  readonly from: string;
  readonly method?: string;
  readonly token?: boolean;
  readonly asks?: unknown;
  readonly answers?: unknown;
}

function entryOf({
  at,
  url,
  from,
  method = "GET",
  token = true,
  asks,
  answers = { ok: true },
}: Call): object {
  const header = (name: string, value: string) => ({ name, value });
  const text = JSON.stringify(answers);
  return {
    startedDateTime: new Date(at).toISOString(),
    time: 5,
    serverIPAddress: "10.1.0.1",
    request: {
      method,
      url,
      httpVersion: "HTTP/1.1",
      headers: [
        header("x-forwarded-for", from),
        header("user-agent", "okhttp/4.9"),
        ...(token ? [header("authorization", "Bearer k3wVn8QzR5tYp0LmXc7dHa")] : []),
      ],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: -1,
      ...(asks === undefined
        ? {}
        : { postData: { mimeType: "application/json", text: JSON.stringify(asks) } }),
    },
    response: {
      status: 200,
      statusText: "OK",
      httpVersion: "HTTP/1.1",
      headers: [header("content-type", "application/json")],
      cookies: [],
      content: { size: text.length, mimeType: "application/json", text },
      redirectURL: "",
      headersSize: -1,
      bodySize: text.length,
    },
    cache: {},
    timings: { send: 0, wait: 5, receive: 0 },
  };
}

/** Four calls from two callers over a day: enough to be sure that there is an endpoint. */
function busy(call: Omit<Call, "from"> & { readonly from?: string }): readonly Call[] {
  return [0, 1, 2, 3].map((hour) => ({
    from: `10.0.0.${4 + (hour % 2)}`,
    ...call,
    at: call.at + hour * 3_600_000,
  }));
}

let offset = 0n;

/** Hears the calls as `umbra collect` and `umbra classify` would. */
async function hear(name: string, calls: readonly Call[]): Promise<void> {
  const file = path.join(folder, `${name}.har`);
  const log = { version: "1.2", creator: { name: "test", version: "1" }, entries: calls.map(entryOf) };
  await writeFile(file, JSON.stringify({ log }));
  const handle = createSightingHandler({ store });
  const deliver = async (sightings: readonly Sighting[]): Promise<void> => {
    const messages = sightings.map((value) => ({ offset: (offset += 1n), key: value.key.authority, value }));
    await handle({
      topic: "umbra.sightings.v1",
      partition: 0,
      messages,
      firstOffset: messages[0]?.offset ?? offset,
      lastOffset: offset,
    });
  };
  const secret = new TextEncoder().encode("a secret of the tests alone");
  const pipeline = await loadPipeline({ name, secret, deliver, windowMs: Number.POSITIVE_INFINITY });
  await readInput(file, pipeline.sink, { readers: await loadInputReaders() });
  await pipeline.flush();
  await store.commit({
    position: null,
    expectedOffset: null,
    specRevision: null,
    services: [],
    endpoints: [],
    removedEndpointIds: [],
    events: [],
    health: [pipeline.takeHealth()],
  });
}

function spec(version: string, paths: Readonly<Record<string, object>>): string {
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Shop", version },
    servers: [{ url: "https://shop.test" }],
    paths: Object.fromEntries(
      Object.entries(paths).map(([at, get]) => [at, { get: { responses: {}, ...get } }]),
    ),
  });
}

const SHOP = "https://shop.test";
const CHAT = { model: "small-1", messages: [{ role: "user", content: "hello there" }] };
const COMPLETION = {
  id: "chatcmpl-1",
  object: "chat.completion",
  model: "small-1",
  choices: [{ index: 0, message: { role: "assistant", content: "hi" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "umbra-weekly-"));
  const documents = (at: number) => createSpecDesk(store, () => at);
  const before = MONDAY - 6 * DAY;
  await documents(before).upload(
    "shop.json",
    spec("1.0.0", { "/orders": {}, "/prices": {}, "/stock": {} }),
    [],
  );
  await hear("week-46", [
    ...busy({ at: before, url: `${SHOP}/orders` }),
    ...busy({ at: before, url: `${SHOP}/prices` }),
    ...busy({ at: before, url: `${SHOP}/stock` }),
    ...busy({ at: before, url: `${SHOP}/returns` }),
  ]);
  for (const endpoint of await allEndpoints(store, {}))
    await store.governance.putOwners(new Map([[endpoint.id, "team-shop"]]));
  // Tuesday: returns become documented, prices are retired, a plan is written down.
  const newer = {
    "/orders": {},
    "/prices": { deprecated: true },
    "/stock": {},
    "/returns": {},
    "/planned": {},
  };
  await documents(MONDAY + DAY).upload("shop-2.json", spec("2.0.0", newer), []);
  const now = MONDAY + 2 * DAY;
  await hear("week-47", [
    ...busy({ at: now, url: `${SHOP}/stock` }),
    ...busy({ at: now, url: `${SHOP}/returns` }),
    ...busy({ at: now, url: `${SHOP}/prices`, from: "10.0.7.7" }),
    ...busy({ at: now, url: `${SHOP}/orders`, token: false }),
    ...busy({ at: now, url: `${SHOP}/export/all`, from: "203.0.113.9" }),
    ...busy({
      at: now,
      url: "https://llm.internal/v1/chat/completions",
      from: "10.9.0.3",
      method: "POST",
      asks: CHAT,
      answers: COMPLETION,
    }),
  ]);
  const ask = { week: "2026-W47", zone: "UTC", scope: { kind: "all" } } as const;
  const made = await weeklyOf(store, ask, { now: MONDAY + 8 * DAY, base: "http://127.0.0.1:8080" });
  if (made === null) throw new Error("the week exists");
  report = made;
});
afterAll(() => rm(folder, { recursive: true }));

const names = (
  notes: readonly { readonly method: string; readonly authority: string; readonly path: string }[],
) => notes.map(({ method, authority, path: at }) => `${method} ${authority}${at}`);

describe("each planted change is named once, and nothing else", () => {
  test("two new shadow endpoints, with who called and what to do", () => {
    expect(names(report.new_shadow)).toEqual([
      "POST llm.internal/v1/chat/completions",
      "GET shop.test/export/all",
    ]);
    const [chat, leak] = report.new_shadow;
    expect([chat?.ai?.kind, chat?.decision.kind, chat?.owner]).toEqual(["chat-completion", "review", null]);
    expect([leak?.exposure, leak?.first_caller?.address, leak?.decision.kind]).toEqual([
      "external",
      "203.0.113.9",
      "document",
    ]);
  });
  test("one became documented, one is retired and still called by one caller", () => {
    expect(names(report.documented)).toEqual(["GET shop.test/returns"]);
    expect(report.retired).toEqual([]);
    expect(names(report.zombies)).toEqual(["GET shop.test/prices"]);
    expect(report.zombies[0]).toMatchObject({ new: true, more_callers: 0 });
    expect(report.zombies[0]?.callers.map(({ address }) => address)).toEqual(["10.0.7.7"]);
  });
  test("one lost its authentication", () => {
    expect(report.drift.items.map(({ path: at, kind }) => [at, kind])).toEqual([
      ["/orders", "auth-weakened"],
    ]);
  });
  test("one is planned, two have no owner", () => {
    expect(report.orphans.map(({ path: at, new: isNew }) => [at, isNew])).toEqual([["/planned", true]]);
    expect(report.unowned.by_service.map(({ authority }) => authority)).toEqual([
      "llm.internal",
      "shop.test",
    ]);
  });
  test("AI and late news are told where they stand, and only there", () => {
    expect([report.ai.among_new_shadow, report.ai.found, report.ai.new_vendors, report.late]).toEqual([
      1,
      [],
      [],
      [],
    ]);
  });
  test("the numbers are those of the two weeks", () => {
    expect(report.headline).toEqual({
      now: { endpoints: 6, documented: 3, shadow: 2, zombie: 1, orphan: 1, ai: 1, unowned: 2, services: 2 },
      before: {
        endpoints: 4,
        documented: 3,
        shadow: 1,
        zombie: 0,
        orphan: 0,
        ai: 0,
        unowned: 0,
        services: 1,
      },
    });
  });
});

test("the caller that should not reach the model is found", async () => {
  const offices = aPlace({ name: "offices", kind: "users", addresses: ["10.9.0.0/16"] });
  const index = hostIndexOf(await allEndpoints(store, {}), createPlaceFinder([offices]));
  expect(shouldNotReach(index).map(({ rule, caller }) => [rule, caller])).toEqual([
    ["model-from-users", "workload:offices"],
  ]);
});

const formats = await loadUnits<WeeklyFormat>(new URL("../../src/report/weekly/formats/", import.meta.url));

test.each([...formats.values()].map((format) => [format.id, format] as const))(
  "as %s, byte for byte",
  async (_, format) => {
    const file = path.join(FOLDER, `expect.${format.extension}`);
    const text = format.render(report);
    if (process.env["UMBRA_WRITE_DOCS"] === "1") await writeFile(file, text);
    expect(
      text === (await readFile(file, "utf8")),
      `${file} is another; look at the difference, then write it anew with UMBRA_WRITE_DOCS=1`,
    ).toBe(true);
  },
);
