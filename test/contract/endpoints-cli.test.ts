// The inventory on the command line: by every condition, one endpoint with its evidence, decisions about many.
import { afterEach, beforeEach, expect, test } from "vitest";
import endpoints from "../../src/cli/commands/endpoints.ts";
import { UsageError } from "../../src/cli/command.ts";
import type { RunningApi } from "../src/api/an-api.ts";
import { anApi } from "../src/api/an-api.ts";
import { aCommit, anAuth, anEndpoint, MORNING, someFacts } from "../src/api/an-inventory.ts";
import { runCommand } from "../support/command.ts";

const DAY = 86_400_000;
let api: RunningApi;
beforeEach(async () => {
  api = await anApi();
  const heard = (days: number) =>
    someFacts({ lastSeen: MORNING - days * DAY, auth: anAuth({ scheme: "basic" }) });
  await api.store.commit(
    aCommit({
      endpoints: [
        anEndpoint({ id: "ep_now", path: "/orders", facts: heard(0), standing: "documented" }),
        anEndpoint({ id: "ep_new", path: "/carts", facts: heard(29), confidence: "candidate" }),
        anEndpoint({ id: "ep_old", path: "/v0/orders", facts: heard(30) }),
        anEndpoint({ id: "ep_bad", path: "/.env", facts: heard(90), confidence: "noise" }),
        anEndpoint({ id: "ep_not", path: "/planned", facts: null, standing: "orphan" }),
      ],
    }),
  );
});
afterEach(() => api.close());

const umbra = (...words: readonly string[]) => runCommand(endpoints, [...words, "--url", api.url]);
const listed = async (...words: readonly string[]) =>
  ((await umbra("list", ...words)).match(/\bep_\w+/g) ?? []).toSorted();

test.each([
  ["--traffic=quiet", ["ep_old"]],
  ["--traffic=confirmed", ["ep_not", "ep_now"]],
  ["--traffic=candidate", ["ep_new"]],
  ["--traffic=noise", ["ep_bad"]],
  ["--standing=orphan", ["ep_not"]],
  ["--path=orders", ["ep_now", "ep_old"]],
  ["--decision=approved", []],
])("%s", async (condition, ids) => {
  expect(await listed(condition)).toEqual(ids);
});

test("conditions of one axis that exclude each other give nothing, a word nobody knows is refused", async () => {
  expect((await api.ask("/endpoints?traffic=candidate&confidence=noise")).json.items).toEqual([]);
  expect((await api.ask("/endpoints?traffic=quiet&confidence=confirmed")).json.items).toHaveLength(1);
  await expect(umbra("list", "--traffic", "loud")).rejects.toThrow(UsageError);
});

test("what is decided is found by it, and taken back", async () => {
  expect(await umbra("decide", "to-be-retired", "--path", "/v0/", "--reason", "old")).toBe(
    "Said of 1 endpoint.\n",
  );
  expect(await listed("--decision", "to-be-retired")).toEqual(["ep_old"]);
  expect(await listed("--decision", "unreviewed", "--traffic", "quiet")).toEqual([]);
  await umbra("decide", "unreviewed", "--id", "ep_old");
  expect(await listed("--decision", "unreviewed", "--traffic", "quiet")).toEqual(["ep_old"]);
  await expect(umbra("decide", "approved")).rejects.toThrow("say which endpoints");
});

test("who owns something is told apart from what nobody owns", async () => {
  await api.store.governance.putOwners(new Map([["ep_now", "orders"]]));
  expect(await listed("--owned", "true")).toEqual(["ep_now"]);
  expect(await listed("--owned", "false", "--standing", "shadow")).toEqual(["ep_bad", "ep_new", "ep_old"]);
});

test("one is shown with its evidence, escaped for a terminal", async () => {
  await api.store.commit(aCommit({ endpoints: [anEndpoint({ id: "ep_esc", path: "/\u001b[2J" })] }));
  expect(await umbra("show", "ep_esc")).toContain("/\\u001b[2J\n");
  const shown = await umbra("show", "ep_now");
  expect(shown).toMatch(
    /^GET shop\.test\/orders\ndocumented: .+\ntraffic: confirmed, .+\ndecision: unreviewed\nowner: nobody\ncredentials: basic/,
  );
  await umbra("decide", "ignored", "--id", "ep_old");
  expect(await umbra("show", "ep_old")).toMatch(/\ntraffic: quiet, .+\ndecision: ignored by local\n/);
  expect(JSON.parse(await umbra("show", "ep_now", "--json"))).toMatchObject({ id: "ep_now" });
});
