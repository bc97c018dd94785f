// What a person decides about a verdict, on the command line: it shows in the list, and is taken back.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import ai from "../../src/cli/commands/ai.ts";
import { UsageError } from "../../src/cli/command.ts";
import { runCommand } from "../support/command.ts";
import type { RunningApi } from "../src/api/an-api.ts";
import { anApi } from "../src/api/an-api.ts";
import { aCommit, anEndpoint } from "../src/api/an-inventory.ts";
import { anAiEndpoint } from "../src/inventory/an-ai-endpoint.ts";

let api: RunningApi;
beforeEach(async () => {
  api = await anApi();
  const chat = anAiEndpoint({ id: "ep_chat", authority: "chat.test" });
  const plain = anEndpoint({ id: "ep_faq", authority: "faq.test", path: "/answers" });
  await api.store.commit(aCommit({ endpoints: [chat, plain] }));
});
afterEach(() => api.close());

const umbra = (...words: readonly string[]) => runCommand(ai, [...words, "--url", api.url]);

/** Ids of the rows, as a person reads them before deciding. */
async function listed(): Promise<readonly string[]> {
  return ((await umbra("endpoints")).match(/\bep_\w+/g) ?? []).toSorted();
}

describe("a decision", () => {
  test("takes an endpoint out of the list until it is taken back", async () => {
    expect(await listed()).toEqual(["ep_chat"]);
    expect(await umbra("decide", "ep_chat", "not-ai")).toBe("POST chat.test/chat is none\n");
    expect(await umbra("endpoints")).toBe("nothing of it was heard\n");
    expect(await umbra("decide", "ep_chat", "evidence")).toBe("POST chat.test/chat is confirmed\n");
    expect(await listed()).toEqual(["ep_chat"]);
  });

  test("brings one in that no evidence speaks for, with its reason, until it is taken back", async () => {
    expect(await umbra("decide", "ep_faq", "ai", "--reason", "asked its team")).toContain(" is confirmed\n");
    expect(await listed()).toEqual(["ep_chat", "ep_faq"]);
    const { json } = await api.ask("/endpoints/ep_faq/governance");
    expect(json.history).toMatchObject([{ field: "ai", to: "ai", reason: "asked its team" }]);
    expect(await umbra("decide", "ep_faq", "evidence")).toContain(" is none\n");
    expect(await listed()).toEqual(["ep_chat"]);
  });
});

describe("what cannot be decided is refused in one sentence, and changes nothing", () => {
  test.each<readonly [string, readonly string[], RegExp]>([
    ["an unknown id", ["ep_nobody", "not-ai"], /answered 404: .*endpoint/i],
    ["an id with a slash", ["ep_chat/../ep_faq", "not-ai"], /answered 40[04]: ./],
    ["an unknown decision", ["ep_chat", "perhaps"], /give an endpoint's id and one of ai, not-ai, evidence/],
    ["no decision", ["ep_chat"], /give an endpoint's id and one of/],
    ["no id", [], /give an endpoint's id and one of/],
  ])("%s", async (_, words, message) => {
    const refusal = await umbra("decide", ...words).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as UsageError).message).toMatch(message);
    expect((refusal as UsageError).message).not.toMatch(/\n|no reason given/);
    expect(await listed()).toEqual(["ep_chat"]);
  });
});
