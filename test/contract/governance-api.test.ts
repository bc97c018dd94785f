// Governance over HTTP: each answer is held against the API's own document by the client of these tests.
import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anApi } from "../src/api/an-api.ts";
import type { RunningApi } from "../src/api/an-api.ts";
import { aCommit, anEndpoint, MORNING } from "../src/api/an-inventory.ts";
import { aFindingRecord } from "../support/governance.ts";

let api: RunningApi;

beforeEach(async () => {
  api = await anApi();
  const endpoints = ["/orders/{id}", "/orders/{id}/items", "/carts"].map((path, index) =>
    anEndpoint({ id: `ep_${index}`, path, standing: "shadow" }),
  );
  await api.store.commit(aCommit({ endpoints }));
});
afterEach(() => api.close());

function send(method: string, path: string, body: string, type = "application/json") {
  return api.ask(path, { method, body, headers: { "content-type": type } });
}

describe("decisions", () => {
  test("owner and decision are set, remembered and judged at once", async () => {
    const said = await send(
      "PATCH",
      "/endpoints/ep_0",
      '{"owner":"orders","decision":"approved","reason":"ours"}',
    );
    expect([said.status, said.json.owner]).toEqual([200, "orders"]);
    const { json } = await api.ask("/endpoints/ep_0/governance");
    expect(json).toMatchObject({
      decision: "approved",
      decided_by: "local",
      owner: { owner: "orders", source: "person" },
      findings: [{ rule: "shadow", state: "open", endpoint_id: "ep_0" }, { rule: "cleartext" }],
    });
    expect(json.axes).toMatchObject({
      documentation: { state: "shadow", evidence: expect.any(String) },
      traffic: { evidence: expect.stringContaining("requests from") },
      governance: { state: "approved", by: "local", evidence: "ours", history: [{ to: "approved" }] },
    });
    expect(json.risk.factors.map(({ id }: { id: string }) => id)).toContain("undocumented");
    expect(json.history.map(({ field, to }: { field: string; to: string }) => [field, to])).toEqual([
      ["owner", "orders"],
      ["decision", "approved"],
    ]);
  });

  test("the AI verdict of a person is shown and remembered until it is taken back", async () => {
    const said = await send("PATCH", "/endpoints/ep_0", '{"ai":"ai","reason":"our assistant"}');
    expect([said.status, said.json.ai.verdict]).toEqual([200, "confirmed"]);
    expect((await api.ask("/endpoints/ep_0")).json.ai.verdict).toBe("confirmed");
    const { json } = await api.ask("/endpoints/ep_0/governance");
    expect([json.ai, json.history.at(-1)]).toMatchObject(["ai", { field: "ai", from: null, to: "ai" }]);
    await send("PATCH", "/endpoints/ep_0", '{"ai":null}');
    expect((await api.ask("/endpoints/ep_0")).json.ai.verdict).toBe("none");
  });

  test("many at once, by host and path; neighbours are proposed, not applied", async () => {
    expect((await send("POST", "/endpoints/assign", '{"path":"/orders/","owner":"orders"}')).json).toEqual({
      endpoints: 2,
    });
    await send("POST", "/endpoints/assign", '{"ids":["ep_2","ep_none"],"decision":"to-be-retired"}');
    const { json } = await api.ask("/endpoints/ep_2/governance");
    expect(json).toMatchObject({ decision: "to-be-retired", owner: null });
    expect((await api.ask("/endpoints?owner=orders")).json.items).toHaveLength(2);
    expect((await send("POST", "/endpoints/assign", '{"owner":"x"}')).status).toBe(400);
    expect((await api.ask("/endpoints/ep_9/governance")).status).toBe(404);
  });
});

describe("whoever decides", () => {
  const tokens = ["ann", "bob"].map((name) => ({
    name,
    hash: createHash("sha256").update(`token-of-${name}`).digest("hex"),
  }));

  test("stands in every decision by the name of the token", async () => {
    const named = await anApi({ store: api.store, tokens: () => tokens });
    const as = (name: string, method: string, path: string, body: string) => {
      const headers = { "content-type": "application/json", authorization: `Bearer token-of-${name}` };
      return named.ask(path, { method, headers, ...(body !== "" && { body }) });
    };
    const ids = '"ids":["ep_0"]';
    await as("ann", "PATCH", "/endpoints/ep_0", '{"ai":"ai"}');
    await as("ann", "POST", "/endpoints/assign", `{${ids},"owner":"orders","reason":"on call"}`);
    await as("bob", "PATCH", "/endpoints/ep_0", '{"decision":"approved"}');
    const { json } = await as("bob", "GET", "/endpoints/ep_0/governance", "");
    expect(json.history.map(({ field, by }: { field: string; by: string }) => [field, by])).toEqual([
      ["ai", "ann"],
      ["owner", "ann"],
      ["decision", "bob"],
    ]);
    expect([json.decided_by, json.axes.governance.by, json.owner.reason]).toEqual([
      "bob",
      "bob",
      "said by ann: on call",
    ]);
    await api.store.governance.putFindings([aFindingRecord()], []);
    const until = '"until":"2027-01-01T00:00:00Z","reason":"lived with"';
    const accepted = await as("ann", "PATCH", "/findings/fi_1", `{"state":"accepted",${until}}`);
    expect([accepted.status, accepted.json.by]).toEqual([200, "ann"]);
    expect((await as("eve", "PATCH", "/endpoints/ep_0", '{"ai":null}')).status).toBe(401);
    await named.close();
  });
});

describe("findings", () => {
  beforeEach(() => api.store.governance.putFindings([aFindingRecord(), aFindingRecord({ id: "fi_2" })], []));

  test("are found by their id", async () => {
    expect((await api.ask("/findings/fi_1")).json).toMatchObject({ id: "fi_1", state: "open", by: null });
    expect((await api.ask("/findings/fi_none")).status).toBe(404);
  });

  test("are not accepted until a time that is over", async () => {
    const body = '{"state":"accepted","until":"2020-01-01T00:00:00Z","reason":"late"}';
    const { status, json } = await send("PATCH", "/findings/fi_1", body);
    expect([status, json.errors]).toMatchObject([400, [{ name: "until", detail: "must be later than now" }]]);
    expect((await api.ask("/findings?state=accepted")).json.items).toEqual([]);
  });

  test("are listed by condition and decided about", async () => {
    expect((await api.ask("/findings?state=open&severity=high&limit=1")).json.items).toHaveLength(1);
    const accepted = await send(
      "PATCH",
      "/findings/fi_1",
      '{"state":"accepted","until":"2027-01-01T00:00:00Z","reason":"known"}',
    );
    expect(accepted.json).toMatchObject({
      state: "accepted",
      reason: "known",
      accepted_until: "2027-01-01T00:00:00.000Z",
    });
    expect((await api.ask("/findings?state=open")).json.items.map(({ id }: { id: string }) => id)).toEqual([
      "fi_2",
    ]);
    expect((await send("PATCH", "/findings/fi_1", '{"state":"accepted"}')).status).toBe(400);
    expect((await send("PATCH", "/findings/fi_9", '{"state":"open"}')).status).toBe(404);
  });

  test("of what holds no more, nothing can be decided", async () => {
    await api.store.governance.putFindings([aFindingRecord({ state: "resolved", resolvedAt: MORNING })], []);
    expect((await send("PATCH", "/findings/fi_1", '{"state":"acknowledged"}')).status).toBe(409);
  });
});

describe("teams and owner files", () => {
  test("teams come and go", async () => {
    const team = { id: "orders", name: "Orders", contacts: [{ kind: "email", address: "orders@shop.test" }] };
    expect((await send("POST", "/teams", JSON.stringify(team))).json).toEqual(team);
    expect((await api.ask("/teams")).json.items).toEqual([team]);
    expect((await api.ask("/teams/orders", { method: "DELETE" })).status).toBe(204);
    expect((await api.ask("/teams/orders", { method: "DELETE" })).status).toBe(404);
    const bad = { id: "x", name: "X", contacts: [{ kind: "webhook", url: "file:///etc/passwd" }] };
    expect((await send("POST", "/teams", JSON.stringify(bad))).status).toBe(400);
  });

  test("owner files are read when they come, by what they are called", async () => {
    const kept = await send("POST", "/owner-files?name=docs/CODEOWNERS", "* @shop/all", "text/plain");
    expect([kept.status, kept.json.kind]).toEqual([201, "codeowners"]);
    const broken = await send("POST", "/owner-files?name=owners.yaml", "owners: 1", "text/yaml");
    expect(broken.status).toBe(422);
    expect((await api.ask("/owner-files")).json.items).toHaveLength(1);
    expect((await api.ask("/owner-files/docs%2FCODEOWNERS", { method: "DELETE" })).status).toBe(204);
    expect((await api.ask("/owner-files/none", { method: "DELETE" })).status).toBe(404);
  });
});

describe("deliveries", () => {
  test("a test message takes the way of real news; keys in addresses are not shown", async () => {
    const contacts = [
      { kind: "slack", url: "https://hooks.chat.test/services/T0/B0/very-secret" },
      { kind: "email", address: "orders@shop.test" },
    ];
    await send("POST", "/teams", JSON.stringify({ id: "orders", name: "Orders", contacts }));
    expect((await send("POST", "/teams/orders/test", "{}")).json).toEqual({ deliveries: 2 });
    const { json, text } = await api.ask("/deliveries?state=pending");
    expect(json.items.map(({ contact }: { contact: string }) => contact).sort()).toEqual([
      "email orders@shop.test",
      "slack hooks.chat.test",
    ]);
    expect(text).not.toContain("very-secret");
    expect((await send("POST", "/teams/none/test", "{}")).status).toBe(404);
  });
});

describe("policies", () => {
  test("a dry run says how often each would have fired, and keeps nothing", async () => {
    const text =
      "policies: [{ id: nobodys, title: T, severity: low, when: { standing: shadow, owner: none } }]";
    const { json } = await send("POST", "/policies/dry-run", text, "application/yaml");
    expect(json).toMatchObject({ endpoints: 3, policies: [{ id: "nobodys", hits: 3 }] });
    expect(json.policies[0].examples[0]).toMatchObject({ text: "standing shadow; owner none" });
    expect((await api.ask("/findings")).json.items).toEqual([]);
    expect((await send("POST", "/policies/dry-run", "policies: 1", "text/yaml")).status).toBe(422);
  });
});
