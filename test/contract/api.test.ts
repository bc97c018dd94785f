// The REST API over HTTP: each answer is held against the API's own document by the client of these tests.
import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  ALL_EVENTS,
  aCommit,
  aDataClass,
  anAuth,
  anEndpoint,
  aService,
  MORNING,
  someFacts,
} from "../src/api/an-inventory.ts";
import { anApi } from "../src/api/an-api.ts";
import type { Answer, RunningApi } from "../src/api/an-api.ts";
import { NO_AI } from "../../src/model/inventory.ts";

let api: RunningApi;

const HOUR = 3_600_000;

beforeEach(async () => {
  api = await anApi();
  await api.store.commit(
    aCommit({
      services: [aService(), aService({ authority: "pay.test:8443", requests: 2 })],
      endpoints: [
        anEndpoint(),
        anEndpoint({
          id: "ep_b",
          method: "POST",
          path: "/v1/chat/completions",
          standing: "documented",
          specIds: ["spec_x"],
          ai: { ...NO_AI, verdict: "likely", score: 0.8, kind: "chat-completion", role: "provider" },
          facts: someFacts({
            firstSeen: MORNING + HOUR,
            lastSeen: MORNING + HOUR,
            auth: anAuth({ scheme: "basic" }),
          }),
        }),
        anEndpoint({
          id: "ep_c",
          authority: "pay.test:8443",
          path: "/.env",
          category: "probe",
          confidence: "noise",
          facts: someFacts({ dataClasses: aDataClass({ dataClass: "iban" }) }),
        }),
        anEndpoint({ id: "ep_d", authority: "new.test", path: "/planned", standing: "orphan", facts: null }),
      ],
      events: ALL_EVENTS,
      health: [
        {
          collector: "mirror",
          from: MORNING,
          to: MORNING,
          counters: { packets: 3 },
          weirds: { "tcp.gap": 1 },
        },
      ],
    }),
  );
});

afterEach(async () => api.close());

const ids = ({ json }: Answer): string[] => (json.items as { id: string }[]).map(({ id }) => id);

function problem(answer: Answer) {
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(answer.json.status).toBe(answer.status);
  return [answer.status, String(answer.json.type).replace("urn:umbra:problem:", "")];
}

describe("services", () => {
  test("are listed with their counts", async () => {
    const { json } = await api.ask("/services");
    expect(json.items).toMatchObject([
      { authority: "pay.test:8443", endpoints: 0, shadow: 0, ai: 0 },
      { authority: "shop.test", endpoints: 2, shadow: 1, ai: 1, first_seen: "2026-07-01T09:30:00.000Z" },
    ]);
    expect(json.next_cursor).toBeNull();
  });

  test("are shown one by one, with a port in the name, and when only a document names them", async () => {
    expect((await api.ask("/services/PAY.test:8443")).json).toMatchObject({
      requests: 2,
      by_confidence: { noise: 1 },
    });
    expect((await api.ask("/services/new.test")).json).toMatchObject({
      first_seen: null,
      by_standing: { orphan: 1 },
    });
    expect(problem(await api.ask("/services/nobody.test"))).toEqual([404, "service-unknown"]);
  });
});

describe("the OpenAPI export", () => {
  const of = (query: string, accept = "*/*") =>
    api.ask(`/services/shop.test/openapi${query}`, { headers: { accept } });

  test("is JSON unless YAML is asked for, by header or by parameter", async () => {
    const plain = await of("");
    expect(plain.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(Object.keys(plain.json.paths)).toEqual(["/orders/{orderId}", "/v1/chat/completions"]);
    const yaml = await of("", "application/yaml");
    expect(yaml.headers.get("content-type")).toBe("application/yaml; charset=utf-8");
    expect(parse(yaml.text)).toEqual(plain.json);
    expect((await of("?format=yaml", "application/json")).text).toBe(yaml.text);
    expect(problem(await of("", "text/html"))).toEqual([406, "not-acceptable"]);
  });

  test("can hold shadow endpoints only", async () => {
    expect(Object.keys((await of("?only=shadow")).json.paths)).toEqual(["/orders/{orderId}"]);
  });

  test("of a service nobody knows is none", async () => {
    expect(problem(await api.ask("/services/nobody.test/openapi"))).toEqual([404, "service-unknown"]);
  });
});

describe("endpoints", () => {
  test.each([
    ["", ["ep_c", "ep_a", "ep_d", "ep_b"]],
    ["?host=SHOP.test", ["ep_a", "ep_b"]],
    ["?host=pay.test:8443", ["ep_c"]],
    ["?method=POST", ["ep_b"]],
    ["?path=ORDER", ["ep_a"]],
    ["?standing=orphan", ["ep_d"]],
    ["?confidence=noise", ["ep_c"]],
    ["?category=probe", ["ep_c"]],
    ["?ai=likely,confirmed", ["ep_b"]],
    ["?ai=likely&ai=none&host=shop.test", ["ep_a", "ep_b"]],
    ["?data_class=iban", ["ep_c"]],
    ["?auth=basic", ["ep_b"]],
    ["?first_seen_from=2026-07-01T10:00:00Z", ["ep_b"]],
    ["?first_seen_to=2026-07-01T12:00:00%2B02:00&host=shop.test", ["ep_a"]],
    ["?last_seen_from=2026-07-01&last_seen_to=2026-07-02&standing=shadow&category=api", ["ep_a"]],
    ["?owner=nobody", []],
  ])("by %s", async (query, expected) => {
    const found = await api.ask(`/endpoints${query}`);
    expect([...ids(found)].sort()).toEqual([...expected].sort());
  });

  test("are sorted as asked", async () => {
    const { json } = await api.ask("/endpoints?sort=-first_seen&host=shop.test");
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual(["ep_b", "ep_a"]);
  });

  test("come in pages without gap or repeat", async () => {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Answer = await api.ask(
        `/endpoints?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...ids(page));
      cursor = page.json.next_cursor as string | null;
    }
    expect(seen).toEqual(ids(await api.ask("/endpoints")));
    expect(seen).toHaveLength(4);
  });

  test("a cursor from elsewhere is refused", async () => {
    const { json } = await api.ask("/endpoints?limit=1&sort=-requests");
    const cursor = encodeURIComponent(json.next_cursor);
    expect(problem(await api.ask(`/endpoints?limit=1&cursor=${cursor}`))).toEqual([400, "bad-cursor"]);
    expect(problem(await api.ask("/endpoints?cursor=none"))).toEqual([400, "bad-cursor"]);
    expect(problem(await api.ask(`/events?cursor=${cursor}`))).toEqual([400, "bad-cursor"]);
  });

  test("everything wrong with a question is named", async () => {
    const answer = await api.ask(
      "/endpoints?standing=shady&ai=maybe&limit=0&first_seen_to=tomorrow&colour=red",
    );
    expect(problem(answer)).toEqual([400, "bad-parameter"]);
    expect(answer.json.errors.map(({ name, detail }: Record<string, string>) => [name, detail])).toEqual([
      ["standing", "standing must be one of documented, shadow, zombie, orphan, unjudged"],
      ["ai", "ai must be any of confirmed, likely, watch, none, repeated or separated by commas"],
      [
        "first_seen_to",
        "first_seen_to must be a time as in RFC 3339, e.g. 2026-07-01T09:30:00Z, or a date, e.g. 2026-07-01",
      ],
      ["limit", "limit must be a whole number from 1 to 500"],
      ["colour", expect.stringContaining("allowed are host, method, path, standing")],
    ]);
  });

  test("one is shown with its evidence, an orphan without", async () => {
    const { json } = await api.ask("/endpoints/ep_a");
    expect(json).toMatchObject({
      standing_reason: "no document was uploaded for shop.test",
      facts: { requests: 5 },
    });
    expect((await api.ask("/endpoints/ep_d")).json.facts).toBeNull();
    expect(problem(await api.ask("/endpoints/ep_z"))).toEqual([404, "endpoint-unknown"]);
  });

  test("asked twice, the bytes are the same", async () => {
    expect((await api.ask("/endpoints/ep_a")).text).toBe((await api.ask("/endpoints/ep_a")).text);
  });
});

describe("owners", () => {
  const patch = (id: string, body: string, type = "application/json") =>
    api.ask(`/endpoints/${id}`, { method: "PATCH", body, headers: { "content-type": type } });

  test("are set, searched for and taken away", async () => {
    expect((await patch("ep_a", '{"owner":"team-orders"}')).json.owner).toBe("team-orders");
    expect(ids(await api.ask("/endpoints?owner=team-orders"))).toEqual(["ep_a"]);
    expect((await patch("ep_a", '{"owner":null}', "application/merge-patch+json")).json.owner).toBeNull();
  });

  test.each([
    "{}",
    '{"owner":""}',
    '{"owner":7}',
    '{"owner":"a\\nb"}',
    '{"owner":"a","id":"x"}',
    "[]",
    "null",
    "x",
  ])("are not %s", async (body) => {
    expect(problem(await patch("ep_a", body))).toEqual([400, "bad-body"]);
  });

  test("need an endpoint, and JSON", async () => {
    expect(problem(await patch("ep_z", '{"owner":"x"}'))).toEqual([404, "endpoint-unknown"]);
    expect(problem(await patch("ep_a", "owner=x", "application/x-www-form-urlencoded"))).toEqual([
      415,
      "wrong-type",
    ]);
  });
});

describe("events", () => {
  test("come newest first, by type, endpoint and time", async () => {
    expect(ids(await api.ask("/events"))).toHaveLength(ALL_EVENTS.length);
    expect(ids(await api.ask("/events?type=status-found"))).toEqual(["ev_7"]);
    expect(ids(await api.ask("/events?endpoint_id=ep_a&host=shop.test&limit=500"))).toHaveLength(
      ALL_EVENTS.length - 1,
    );
    expect(ids(await api.ask("/events?from=2026-07-02"))).toEqual([]);
    expect(problem(await api.ask("/events?type=gossip"))).toEqual([400, "bad-parameter"]);
  });
});

describe("documents", () => {
  const YAML =
    "openapi: 3.1.0\ninfo: {title: Shop, version: '2'}\npaths: {/orders: {get: {responses: {}}}}\n";
  const upload = (body: string, query = "", type = "application/yaml") =>
    api.ask(`/specs${query}`, { method: "POST", body, headers: { "content-type": type } });

  test("are uploaded once, listed, shown and removed", async () => {
    const first = await upload(YAML, "?name=shop.yaml&authority=shop.test,pay.test:8443");
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({
      name: "shop.yaml",
      authorities: ["shop.test", "pay.test:8443"],
      title: "Shop",
      operations: [{ method: "GET", path: "/orders" }],
      summary: "2 shadow become documented",
    });
    const { id } = first.json as { id: string };
    expect(first.headers.get("location")).toBe(`/api/v1/specs/${id}`);
    expect((await upload(YAML)).status).toBe(200);
    expect((await api.ask("/specs")).json).toMatchObject({
      revision: 1,
      items: [{ id, operations_count: 1 }],
    });
    const { changes: _changes, summary: _summary, ...kept } = first.json as Record<string, unknown>;
    expect((await api.ask(`/specs/${id}`)).json).toEqual(kept);
    const source = await api.ask(`/specs/${id}/source`);
    expect([source.headers.get("content-type"), source.text]).toEqual([
      "application/yaml; charset=utf-8",
      YAML,
    ]);
    expect((await api.ask(`/specs/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await api.ask("/specs")).json).toEqual({ revision: 2, items: [] });
  });

  test("in JSON give their source as JSON", async () => {
    const { json } = await upload(JSON.stringify(parse(YAML)), "", "application/json");
    const source = await api.ask(`/specs/${json.id}/source`);
    expect(source.headers.get("content-type")).toBe("application/json; charset=utf-8");
  });

  test("nobody knows are not found", async () => {
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "/source"],
      ["DELETE", ""],
    ] as const) {
      expect(problem(await api.ask(`/specs/spec_none${path}`, { method }))).toEqual([404, "spec-unknown"]);
    }
  });

  test("must be documents, of a type that is none of a form, and not too large", async () => {
    expect(problem(await upload("title: nothing"))).toEqual([422, "spec-unreadable"]);
    expect(problem(await upload(YAML, "", "multipart/form-data; boundary=x"))).toEqual([415, "wrong-type"]);
    expect(problem(await upload(YAML, "", "application/yaml; charset=none"))).toEqual([415, "wrong-type"]);
    expect(problem(await upload("#".repeat(10 * 1024 * 1024 + 1)))).toEqual([413, "too-large"]);
    expect(problem(await api.ask("/specs", { method: "POST" }))).toEqual([400, "bad-body"]);
  });

  test("of some megabytes are taken", async () => {
    const large = `${YAML}# ${"x".repeat(2 * 1024 * 1024)}`;
    expect((await upload(large)).status).toBe(201);
  });
});

test("capture health is shown", async () => {
  expect((await api.ask("/health/capture")).json.collectors).toMatchObject([
    { collector: "mirror", counters: { packets: 3 }, weirds: { "tcp.gap": 1 } },
  ]);
});

test("the document is served, and says what the tests read", async () => {
  const { json } = await api.ask("/openapi.json");
  expect(json.openapi).toBe("3.1.0");
  expect(Object.keys(json.paths)).toContain("/services/{authority}/openapi");
});

describe("names from traffic", () => {
  test("stay data, whatever they say", async () => {
    const name = '</script><img src=x onerror=alert(1)>"\u0000\u2028__proto__';
    await api.store.commit(
      aCommit({ endpoints: [anEndpoint({ id: "ep_evil", authority: "__proto__", path: `/${name}` })] }),
    );
    const row = (await api.ask("/endpoints?host=__proto__")).json.items[0];
    expect(row.path).toContain("</script>");
    const { headers } = await api.ask("/endpoints/ep_evil", { headers: { accept: "text/html" } });
    expect([headers.get("content-type"), headers.get("x-content-type-options")]).toEqual([
      "application/json; charset=utf-8",
      "nosniff",
    ]);
    const yaml = await api.ask("/services/__proto__/openapi?format=yaml");
    expect(Object.keys(parse(yaml.text).paths)).toHaveLength(1);
  });
});

describe("what is not there", () => {
  test("is not found, or not with this method", async () => {
    expect(problem(await api.ask("/nothing"))).toEqual([404, "route-unknown"]);
    const put = await api.ask("/endpoints", { method: "PUT" });
    expect([...problem(put), put.headers.get("allow")]).toEqual([
      405,
      "method-unknown",
      "GET, HEAD, OPTIONS",
    ]);
    expect(problem(await api.ask("/endpoints/%E0%A4%A"))).toEqual([400, "bad-path"]);
  });
});

describe("without a token", () => {
  test("a page of another site gets nothing, and changes nothing", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    expect((await api.raw("/api/v1/endpoints", headers)).status).toBe(403);
    expect((await api.raw("/api/v1/endpoints", { origin: "https://evil.example" })).status).toBe(403);
    const change = await api.ask("/endpoints/ep_a", {
      method: "PATCH",
      body: '{"owner":"me"}',
      headers: { "content-type": "application/json", origin: "https://evil.example" },
    });
    expect(problem(change)).toEqual([403, "cross-site"]);
    expect((await api.ask("/endpoints/ep_a")).json.owner).toBeNull();
  });

  test("a foreign name for this machine gets nothing", async () => {
    expect((await api.raw("/api/v1/endpoints", { host: "rebind.example" })).status).toBe(421);
  });
});

describe("with tokens", () => {
  const TOKEN = "umbra_0123456789";

  test("every route needs one, the document too", async () => {
    const guarded = await anApi({
      tokens: () => [{ name: "ann", hash: createHash("sha256").update(TOKEN).digest("hex") }],
    });
    const document = await guarded.ask("/openapi.json", { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(document.status).toBe(200);
    for (const path of Object.keys(document.json.paths)) {
      const refused = await guarded.ask(path.replaceAll(/\{\w+\}/g, "x"));
      expect([...problem(refused), refused.headers.get("www-authenticate")]).toEqual([
        401,
        "unauthorised",
        'Bearer realm="umbra"',
      ]);
    }
    const named = { host: "umbra.example", authorization: `Bearer ${TOKEN}` };
    expect((await guarded.raw("/api/v1/services", named)).status).toBe(200);
    await guarded.close();
  });
});
