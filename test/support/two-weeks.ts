// Two weeks of traffic with planted changes, heard, classified and judged as Umbra does it, at the times they happened.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createSightingHandler } from "../../src/app/classifier.ts";
import { createGovernanceDesk } from "../../src/app/governance-desk.ts";
import { Governor } from "../../src/app/governor.ts";
import { readInput } from "../../src/app/inputs.ts";
import { loadInputReaders, loadPipeline } from "../../src/app/parts.ts";
import { loadPolicies, rulebookOf } from "../../src/app/rulebook.ts";
import { createSpecDesk } from "../../src/app/specs.ts";
import { createPlaceFinder } from "../../src/inventory/places.ts";
import { changed, unreviewed } from "../../src/model/governance.ts";
import type { Endpoint } from "../../src/model/inventory.ts";
import type { Sighting } from "../../src/model/sighting.ts";
import type { InventoryStore } from "../../src/store/store.ts";
import { allEndpoints } from "../../src/api/every-page.ts";
import { aPlace } from "./callers.ts";

export const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Monday of 2026-W47, UTC. */
export const MONDAY = Date.UTC(2026, 10, 16);

interface Call {
  readonly at: number;
  readonly url: string;
  readonly from: string;
  readonly method?: string;
  readonly token?: boolean;
  readonly asks?: unknown;
  readonly answers?: unknown;
  /** Service that a header of the answer declares. */
  readonly service?: string;
}

function entryOf({
  at,
  url,
  from,
  method = "GET",
  token = true,
  asks,
  answers = { ok: true },
  service,
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
      headers: [
        header("content-type", "application/json"),
        ...(service === undefined ? [] : [header("x-service-name", service)]),
      ],
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
    at: call.at + hour * HOUR,
  }));
}

function spec(host: string, paths: Readonly<Record<string, object>>, about: object = {}): string {
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: host, version: `${Object.keys(paths).length}.0.0`, ...about },
    servers: [{ url: `https://${host}` }],
    paths: Object.fromEntries(
      Object.entries(paths).map(([at, get]) => [at, { get: { responses: {}, ...get } }]),
    ),
  });
}

const CHAT = { model: "small-1", messages: [{ role: "user", content: "hello there" }] };
const COMPLETION = {
  id: "chatcmpl-1",
  object: "chat.completion",
  model: "small-1",
  choices: [{ index: 0, message: { role: "assistant", content: "hi" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
};

const OWNER_FILES = [
  { name: "CODEOWNERS", kind: "codeowners" as const, text: "/specs/shop*.json @shop/core\n" },
  {
    name: "catalog-info.yaml",
    kind: "catalog-info" as const,
    text: "kind: Component\nmetadata: { name: stock }\nspec: { owner: group:default/warehouse }\n",
  },
  {
    name: "owners.yaml",
    kind: "rules" as const,
    text: "owners:\n  - { owner: ml-platform, host: llm.internal }\n  - { owner: billing, service: invoices }\n",
  },
];

const offices = aPlace({ name: "offices", kind: "users", addresses: ["10.9.0.0/16"] });

/** One Umbra over `store`; its clock shows what it is told. */
function createUmbra(store: InventoryStore, folder: string) {
  let now = 0;
  let offset = 0n;
  const rules = async () => {
    const [teams, files, { specs }] = await Promise.all([
      store.governance.teams(),
      store.governance.ownerFiles(),
      store.specs(),
    ]);
    return rulebookOf({ teams, files, specs }, await loadPolicies(null));
  };
  const parts = { store, rules, now: () => now };
  const governor = new Governor({
    ...parts,
    placeOf: createPlaceFinder([offices]),
    onNews: () => {},
    onFailure: (failure) => {
      throw failure;
    },
  });
  const handle = createSightingHandler({
    store,
    onCommit: ({ endpoints }) => governor.changed(endpoints),
  });
  const deliver = async (sightings: readonly Sighting[]): Promise<void> => {
    const messages = sightings.map((value) => ({ offset: (offset += 1n), key: value.key.authority, value }));
    const [first] = messages;
    const firstOffset = first?.offset ?? offset;
    await handle({
      topic: "umbra.sightings.v1",
      partition: 0,
      messages,
      firstOffset,
      lastOffset: offset,
    });
  };
  return {
    desk: createGovernanceDesk({ ...parts, rulesChanged: () => governor.all() }),
    specs: createSpecDesk(store, () => now),
    /** Hears the calls as `umbra collect` and `umbra classify` would, some minutes after the last of them. */
    async hear(name: string, calls: readonly Call[]): Promise<void> {
      const file = path.join(folder, `${name}.har`);
      const log = { version: "1.2", creator: { name: "test", version: "1" }, entries: calls.map(entryOf) };
      await writeFile(file, JSON.stringify({ log }));
      const secret = new TextEncoder().encode("a secret of the tests alone");
      const pipeline = await loadPipeline({ name, secret, deliver, windowMs: Number.POSITIVE_INFINITY });
      now = Math.max(...calls.map(({ at }) => at)) + 60_000;
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
    },
    async at(moment: number, work: () => Promise<unknown>): Promise<void> {
      now = moment;
      await work();
    },
    async judge(): Promise<void> {
      governor.all();
      await governor.settle();
      await governor.stop();
    },
  };
}

async function endpointAt(store: InventoryStore, url: string): Promise<Endpoint> {
  const { host, pathname } = new URL(url);
  const found = (await allEndpoints(store, {})).find(
    (one) => one.authority === host && one.path === pathname,
  );
  if (found === undefined) throw new Error(`${url} was not heard`);
  return found;
}

/** Hears both weeks into `store`. Files are written to `folder`. */
export async function twoWeeks(store: InventoryStore, folder: string): Promise<void> {
  const umbra = createUmbra(store, folder);
  const before = MONDAY - 6 * DAY;
  const upload = (name: string, text: string) => umbra.specs.upload(name, text, []);
  const say = async (url: string, owner: string, reason: string): Promise<void> => {
    const endpoint = await endpointAt(store, url);
    const change = { at: umbra.desk.now(), by: "api", reason, field: "owner" as const, to: owner };
    const held = (await store.governance.governance([endpoint.id])).get(endpoint.id);
    await store.governance.putGovernance([changed(held ?? unreviewed(endpoint.id), change)]);
    await umbra.desk.judge([endpoint]);
  };

  // The week before: documents, owner files, and traffic that nobody has to worry about but for one shadow.
  await umbra.at(before, async () => {
    for (const file of OWNER_FILES) await store.governance.putOwnerFile({ ...file, uploadedAt: before });
    await upload("specs/shop.json", spec("shop.test", { "/orders": {}, "/carts": {} }));
    const contact = { contact: { name: "Payments" } };
    await upload("pay.json", spec("pay.test", { "/prices": {}, "/rates": {} }, contact));
    await upload(
      "ship.json",
      spec("ship.test", { "/labels": {}, "/tracks": {} }, { "x-owner": "logistics" }),
    );
    await upload("stock.json", spec("stock", { "/levels": {}, "/shelves": {} }));
  });
  const known = [
    "https://shop.test/orders",
    "https://shop.test/carts",
    "https://shop.test/returns",
    "https://pay.test/prices",
    "https://pay.test/rates",
    "https://ship.test/labels",
    "https://ship.test/tracks",
    "https://stock/levels",
    "https://stock/shelves",
    "https://crm.test/v1/contacts/list",
    "https://crm.test/v1/contacts/merge",
  ];
  await umbra.hear(
    "week-46",
    known.flatMap((url) => busy({ at: before, url })),
  );
  await say("https://crm.test/v1/contacts/list", "crm", "ours since the merger");
  await say("https://crm.test/v1/contacts/merge", "crm", "ours since the merger");
  await say("https://shop.test/returns", "returns", "written by us");

  // Tuesday: returns become documented, prices are deprecated, labels are gone from their document, a plan is written.
  await umbra.at(MONDAY + DAY, async () => {
    await upload(
      "specs/shop-2.json",
      spec("shop.test", { "/orders": {}, "/carts": {}, "/returns": {}, "/planned": {} }),
    );
    const contact = { contact: { name: "Payments" } };
    const retired = { "/prices": { deprecated: true }, "/rates": {}, "/v2/prices": {} };
    await upload("pay.json", spec("pay.test", retired, contact));
    await upload("ship.json", spec("ship.test", { "/tracks": {} }, { "x-owner": "logistics" }));
  });
  const now = MONDAY + 2 * DAY;
  await umbra.hear("week-47", [
    ...known.filter((url) => !/prices|levels/.test(url)).flatMap((url) => busy({ at: now, url })),
    ...busy({ at: now, url: "https://pay.test/prices", from: "10.0.7.7" }),
    ...busy({ at: now, url: "https://pay.test/v2/prices" }),
    ...busy({ at: now, url: "https://stock/levels", token: false }),
    ...busy({ at: now, url: "https://shop.test/export/all", from: "203.0.113.9" }),
    ...busy({ at: now, url: "https://crm.test/v1/contacts/export" }),
    ...busy({ at: now, url: "https://edge.test/bills", service: "invoices" }),
    ...busy({
      at: now,
      url: "https://llm.internal/v1/chat/completions",
      from: "10.9.0.3",
      method: "POST",
      asks: CHAT,
      answers: COMPLETION,
    }),
  ]);
  // Wednesday evening: an inferred owner is accepted. The export stays nobody's.
  const exported = await endpointAt(store, "https://crm.test/v1/contacts/export");
  const stored = await store.endpoint(exported.id);
  const proposals = stored === null ? [] : (await umbra.desk.ownership(stored)).proposals;
  await say("https://crm.test/v1/contacts/export", proposals[0]?.owner ?? "", proposals[0]?.reason ?? "");
  await umbra.judge();
}
