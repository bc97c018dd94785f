// At least once, with the same keys; later again after a failure; given up in the end.
import { expect, test, vi } from "vitest";
import { Courier, outcome } from "../../../src/app/courier.ts";
import type { Message, Send } from "../../../src/delivery/sender.ts";
import type { Delivery } from "../../../src/model/governance.ts";
import { createMemoryStore } from "../../../src/store/memory-store.ts";
import { NOON } from "../../support/builders.ts";
import { aDelivery, aFindingRecord } from "../../support/governance.ts";

async function courierOf(deliveries: readonly Delivery[], send: Send) {
  const { governance } = createMemoryStore();
  await governance.putFindings([], deliveries);
  const clock = { now: NOON };
  const onDead = vi.fn<(delivery: Delivery) => void>();
  const onFailure = vi.fn<(failure: unknown) => void>();
  const courier = new Courier({ store: governance, send, now: () => clock.now, onDead, onFailure });
  const states = async () => (await governance.deliveries(null, { limit: 100, cursor: null })).items;
  return { courier, governance, clock, onDead, onFailure, states };
}

test("what is due to one contact goes as one message", async () => {
  const sent: Message[] = [];
  const other = { kind: "email" as const, address: "a@b.test" };
  const made = [aDelivery({ id: "a" }), aDelivery({ id: "b" }), aDelivery({ id: "c", contact: other })];
  const { courier, states } = await courierOf(made, async (_contact, message) => {
    sent.push(message);
    return { ok: true };
  });
  await courier.round();
  expect(sent.map(({ keys }) => keys)).toEqual([["a", "b"], ["c"]]);
  expect((await states()).map(({ state }) => state)).toEqual(["delivered", "delivered", "delivered"]);
  await courier.round();
  expect(sent).toHaveLength(2);
  await courier.stop();
});

test("a failure is tried again later, each time longer, with the same key", async () => {
  const keys: string[] = [];
  const { courier, clock, states } = await courierOf([aDelivery({ id: "a" })], async (_contact, message) => {
    keys.push(message.key);
    return keys.length < 3 ? { ok: false, error: "status 500", final: false } : { ok: true };
  });
  await courier.round();
  expect(await states()).toMatchObject([
    { state: "pending", lastError: "status 500", nextAt: NOON + 30_000 },
  ]);
  clock.now += 29_999;
  await courier.round();
  expect(keys).toHaveLength(1);
  clock.now += 1;
  await courier.round();
  clock.now += 60_000;
  await courier.round();
  expect([keys, (await states())[0]?.state]).toEqual([["a", "a", "a"], "delivered"]);
  await courier.stop();
});

test("a crash between sending and noting it sends again, under the same key", async () => {
  const keys: string[] = [];
  const { courier, governance, clock, onFailure } = await courierOf(
    [aDelivery({ id: "a" })],
    async (_contact, message) => {
      keys.push(...message.keys);
      return { ok: true };
    },
  );
  const put = vi.spyOn(governance, "putDelivery").mockRejectedValueOnce(new Error("killed"));
  await courier.round();
  expect(onFailure).toHaveBeenCalledTimes(1);
  put.mockRestore();
  await courier.round();
  expect(keys).toEqual(["a"]);
  clock.now += 60_000;
  await courier.round();
  expect(keys).toEqual(["a", "a"]);
  await courier.stop();
});

test("what cannot succeed is given up and told", async () => {
  const { courier, onDead } = await courierOf([aDelivery()], async () => ({
    ok: false,
    error: "status 410",
    final: true,
  }));
  await courier.round();
  expect(onDead).toHaveBeenCalledWith(expect.objectContaining({ state: "dead", lastError: "status 410" }));
  await courier.stop();
});

test("tries end after about a day", () => {
  let delivery = aDelivery();
  for (let tries = 0; delivery.state === "pending"; tries++) {
    expect(tries).toBeLessThan(30);
    delivery = outcome(delivery, { ok: false, error: "x", final: false }, delivery.nextAt);
  }
  expect(delivery.nextAt - NOON).toBeGreaterThan(12 * 3_600_000);
  expect(delivery.nextAt - NOON).toBeLessThan(36 * 3_600_000);
});

const mail = { kind: "email" as const, address: "a@b.test" };

test("people get one message and then, after a while, one with all that came; what is critical does not wait", async () => {
  const sent: string[][] = [];
  const send: Send = async (_contact, { keys }) => {
    sent.push([...keys]);
    return { ok: true };
  };
  const { courier, governance, clock } = await courierOf([aDelivery({ id: "a", contact: mail })], send);
  await courier.round();
  const more = ["b", "c"].map((id) => aDelivery({ id, contact: mail, nextAt: NOON + 1 }));
  await governance.putFindings([], [...more, aDelivery({ id: "hook", nextAt: NOON + 1 })]);
  clock.now += 10;
  await courier.round();
  expect(sent).toEqual([["a"], ["hook"]]);
  const finding = aFindingRecord({ id: "fi_2", severity: "critical" });
  const news = { ...aDelivery().news, finding };
  await governance.putFindings([], [aDelivery({ id: "d", contact: mail, news, nextAt: NOON + 20 })]);
  clock.now += 20;
  await courier.round();
  expect(sent.slice(2)).toEqual([["d"]]);
  clock.now += 300_000;
  await courier.round();
  expect(sent.slice(3)).toEqual([["b", "c"]]);
  await courier.stop();
});

test("a flood is a few messages", async () => {
  const sent: number[] = [];
  const ids = Array.from({ length: 450 }, (_, n) => `id${n}`);
  const made = ids.flatMap((id) => [aDelivery({ id }), aDelivery({ id: `mail ${id}`, contact: mail })]);
  const { courier, states } = await courierOf(made, async (_contact, { keys }) => {
    sent.push(keys.length);
    return { ok: true };
  });
  await courier.round();
  expect(sent.toSorted((a, b) => a - b)).toEqual([50, 200, 200, 450]);
  expect((await states()).every(({ state }) => state === "delivered")).toBe(true);
  await courier.stop();
});

test("a mail about a report is a message of its own and brings all of it", async () => {
  const ref = { week: "2026-W47", zone: "UTC", team: "shop" };
  const rendered = { name: "report", html: "<p>", text: "words" };
  const sent: Message[] = [];
  const { governance } = createMemoryStore();
  const news = { ...aDelivery().news, turn: "report" as const };
  await governance.putFindings(
    [],
    [
      aDelivery({ id: "r", contact: mail, news, report: ref }),
      aDelivery({ id: "a", contact: mail }),
      aDelivery({ id: "hook", news, report: ref }),
    ],
  );
  const report = vi.fn(async () => rendered);
  const courier = new Courier({
    store: governance,
    send: async (_contact, message) => {
      sent.push(message);
      return { ok: true };
    },
    now: () => NOON,
    report,
    onDead: () => {},
    onFailure: () => {},
  });
  await courier.round();
  expect(new Map(sent.map(({ key, report: one }) => [key, one]))).toEqual(
    new Map([
      ["r", rendered],
      ["a", undefined],
      ["hook", undefined],
    ]),
  );
  expect(report.mock.calls).toEqual([[ref]]);
  await courier.stop();
});
