// Pins as people make them: over REST, held against the API's own document, and on the command line.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSightingHandler } from "../../src/app/classifier.ts";
import pins from "../../src/cli/commands/pins.ts";
import { aSighting } from "../src/classify/a-sighting.ts";
import { runCommand } from "../support/command.ts";
import type { RunningApi } from "../src/api/an-api.ts";
import { anApi } from "../src/api/an-api.ts";

let api: RunningApi;
beforeEach(async () => {
  api = await anApi();
  const values = ["search", "export"].map((word, at) => aSighting(`GET /teams/${word}`, { at }));
  await createSightingHandler({ store: api.store })({
    topic: "umbra.sightings.v1",
    partition: 0,
    firstOffset: 0n,
    lastOffset: 1n,
    messages: values.map((value, at) => ({ offset: BigInt(at), key: "shop.test", value })),
  });
});
afterEach(() => api.close());

const json = (method: string, body?: unknown): RequestInit => ({
  method,
  ...(body !== undefined && {
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }),
});

async function paths(): Promise<string[]> {
  const { json: page } = await api.ask("/endpoints");
  return page.items.map((item: { path: string }) => item.path);
}

const PINS = "/services/Shop.Test/pins";
const MERGE = { kind: "merge", path: "/teams/{anything}" };

describe("over REST", () => {
  test("a pin is made, listed, followed, and removed", async () => {
    expect(await paths()).toEqual(["/teams/export", "/teams/search"]);
    const made = await api.ask(PINS, json("POST", MERGE));
    expect([made.status, made.json.path]).toEqual([201, "/teams/{}"]);
    expect(await paths()).toEqual(["/teams/{teamName}"]);
    expect((await api.ask(PINS, json("POST", MERGE))).status).toBe(200);
    expect((await api.ask(PINS)).json.items).toEqual([made.json]);
    expect((await api.ask(`${PINS}/${made.json.id}`, json("DELETE"))).status).toBe(204);
    expect(await paths()).toEqual(["/teams/export", "/teams/search"]);
    expect((await api.ask(`${PINS}/${made.json.id}`, json("DELETE"))).status).toBe(404);
  });
  test("an old id leads to the endpoint, which says what it took in and why", async () => {
    const [, second] = (await api.ask("/endpoints")).json.items;
    const [first] = (await api.ask("/endpoints")).json.items;
    await api.ask(PINS, json("POST", MERGE));
    const old = (await api.ask(`/endpoints/${first.id}`)).json;
    expect(old).toMatchObject({
      id: second.id,
      redirected_from: first.id,
      merged: [{ path: "/teams/export" }],
    });
    expect(old.grouping[1]).toMatchObject({ segment: 1, decided: "variable", by: "pin" });
  });
  test("what evidence or a pin merged is undone by its event", async () => {
    await api.ask(PINS, json("POST", MERGE));
    const [event] = (await api.ask("/events?type=endpoints-merged")).json.items;
    const undone = await api.ask(`/events/${event.id}/undo`, json("POST"));
    expect(undone.json.pins.map(({ kind }: { kind: string }) => kind)).toEqual(["split", "split"]);
    expect(undone.json.pins[0].by).toBe("local");
    expect(await paths()).toEqual(["/teams/export", "/teams/search"]);
    const [discovered] = (await api.ask("/events?type=endpoint-discovered")).json.items;
    expect((await api.ask(`/events/${discovered.id}/undo`, json("POST"))).status).toBe(409);
    expect((await api.ask("/events/none/undo", json("POST"))).status).toBe(404);
  });
  test("decisions go along and come back", async () => {
    const rows = (await api.ask("/endpoints")).json.items;
    const byPath = new Map<string, string>(
      rows.map(({ path, id }: { path: string; id: string }) => [path, id]),
    );
    const [exported, search] = ["/teams/export", "/teams/search"].map((path) => byPath.get(path) ?? "");
    await api.ask(
      `/endpoints/${exported}`,
      json("PATCH", { decision: "approved", owner: "team-a", ai: "ai" }),
    );
    const told = async (id = "") => {
      const { decision, ai, owner, history } = (await api.ask(`/endpoints/${id}/governance`)).json;
      return [decision, ai, owner?.owner ?? null, history.map(({ of }: { of: string | null }) => of)];
    };
    await api.ask(PINS, json("POST", MERGE));
    const [both] = (await api.ask("/endpoints")).json.items;
    const from = both.id === exported ? null : exported;
    expect(await told(both.id)).toEqual(["approved", "ai", "team-a", [from, from, from]]);
    const [event] = (await api.ask("/events?type=endpoints-merged")).json.items;
    await api.ask(`/events/${event.id}/undo`, json("POST"));
    expect(await told(exported)).toEqual(["approved", "ai", "team-a", [null, null, null]]);
    expect(await told(search)).toEqual(["unreviewed", null, null, []]);
  });
  test("services nobody heard and pins that say nothing are refused", async () => {
    expect((await api.ask("/services/none.test/pins", json("POST", MERGE))).status).toBe(404);
    expect((await api.ask(PINS, json("POST", { kind: "split", path: "/teams/{id}" }))).status).toBe(400);
    expect((await api.ask("/host-groups")).json).toEqual({ items: [] });
  });
});

describe("on the command line", () => {
  const umbra = (...words: readonly string[]) => runCommand(pins, [...words, "--url", api.url]);
  test("merge, list, why, remove", async () => {
    const made = await umbra("merge", "shop.test", "/teams/{id}");
    expect(made).toMatch(/^pin_\w{16} {2}merge {2}\/teams\/\{\} {2}by local\n$/);
    expect(await umbra("list", "shop.test")).toBe(made);
    const [row] = (await api.ask("/endpoints")).json.items;
    expect(await umbra("why", row.id)).toMatch(
      /^GET \/teams\/\{teamName\}\nsegment 1: literal[^]*segment 2: variable by pin/,
    );
    await umbra("remove", "shop.test", made.split(" ")[0] ?? "");
    expect(await paths()).toEqual(["/teams/export", "/teams/search"]);
  });
  test("rename, undo, and a refusal in words", async () => {
    await umbra("merge", "shop.test", "/teams/{id}");
    await umbra("rename", "shop.test", "/teams/{id}", "squad");
    expect(await paths()).toEqual(["/teams/{squad}"]);
    const [event] = (await api.ask("/events?type=endpoints-merged")).json.items;
    expect((await umbra("undo", event.id)).split("\n")).toHaveLength(3);
    await expect(umbra("split", "none.test", "/teams/x")).rejects.toThrow(/answered 404: Nothing was heard/);
  });
});
