// Who reaches whom, kept up row by row, and told when something else follows.
import { expect, test } from "vitest";
import { NetworkWatch } from "../../../src/app/network-watch.ts";
import { createPlaceFinder } from "../../../src/inventory/places.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import { aCaller, aPlace, calledBy } from "../../support/callers.ts";

const offices = aPlace({ name: "offices", kind: "users", addresses: ["10.9.0.0/16"] });
const CHAT = { ...NO_AI, verdict: "confirmed", kind: "chat-completion", role: "provider" } as const;
const chat = (...addresses: readonly string[]) =>
  calledBy(
    addresses.map((address) => aCaller(address)),
    { path: "/chat", ai: CHAT },
  );
const { id } = chat();

test("nothing is known before a look at everything, then each change of who calls is", () => {
  const watch = new NetworkWatch(createPlaceFinder([offices]));
  watch.note(chat("10.9.0.1"));
  expect([watch.isChanged, watch.look()]).toEqual([false, []]);
  watch.begin(new Map([["shop.test", 7]]));
  watch.note(chat("10.1.0.1"));
  watch.end();
  expect([watch.look(), watch.around(true).lastHeard.get("shop.test")]).toEqual([[], 7]);

  watch.note(chat("10.1.0.1"));
  expect(watch.isChanged).toBe(false);
  watch.note(chat("10.1.0.1", "10.9.0.1"));
  expect([watch.isChanged, watch.look(), watch.isChanged]).toEqual([true, [id], false]);
  expect(watch.around(false).reach.get(id)).toMatchObject([{ rule: "reach.model-from-users" }]);
  expect(watch.look()).toEqual([]);
  watch.remove(id);
  expect([watch.isChanged, watch.look()]).toEqual([true, [id]]);
});

test("what comes during a look at everything is part of it; one that ends early changes nothing", () => {
  const watch = new NetworkWatch(createPlaceFinder([offices]));
  watch.begin(new Map());
  watch.note(chat("10.9.0.1"));
  watch.end();
  expect(watch.look()).toEqual([id]);
  watch.begin(new Map());
  watch.giveUp();
  watch.note(chat("10.9.0.1"));
  expect(watch.look()).toEqual([]);
  watch.begin(new Map());
  watch.note(chat("10.9.0.1"));
  watch.remove(id);
  watch.end();
  expect(watch.look()).toEqual([id]);
});
