// Puts governance together for a process: the rules as they are now, the governor that follows them, the desk for people.
import type { GovernanceDesk } from "../api/governance-desk.ts";
import { urlOf } from "../api/listen.ts";
import { createDispatch } from "../delivery/dispatch.ts";
import type { Message } from "../delivery/sender.ts";
import type { ExposureFinder } from "../inventory/exposure.ts";
import type { Delivery } from "../model/governance.ts";
import { secretFromText } from "../ops/secret.ts";
import type { InventoryStore } from "../store/store.ts";
import type { Stream } from "../stream/stream.ts";
import type { RoleContext } from "./backends.ts";
import { secretOf } from "./backends.ts";
import { Courier } from "./courier.ts";
import { createGovernanceDesk } from "./governance-desk.ts";
import { Governor } from "./governor.ts";
import { RuleSource } from "./rulebook.ts";
import { loadPlaces } from "./places.ts";
import { followSchedule, readSchedule } from "./weekly-schedule.ts";
import { renderWeekly } from "./weekly-mail.ts";

const HOUR_MS = 3_600_000;

export interface Governance {
  readonly governor: Governor;
  readonly desk: GovernanceDesk;
}

/**
 * Runs until the shutdown. With a `stream` this process also delivers news; where several do, each message is carried by
 * one of them. Rejects with one sentence when the policy file cannot be used.
 */
export async function startGovernance(
  context: RoleContext,
  store: InventoryStore,
  stream: Stream | null,
): Promise<Governance> {
  const { settings, log } = context;
  const placeOf = await loadPlaces(settings.places);
  const rules = new RuleSource({
    store,
    sinks: sinksOf(context),
    placeOf,
    file: settings.policies,
    aiVendors: settings.aiVendors,
    onChange: () => governor.all(),
    onRefusal: (sentence) => log.warn({ sentence }, "policies stay as they were"),
  });
  const courier = stream === null ? null : await courierOf(context, store, stream);
  const governor = new Governor({
    store,
    rules: () => rules.get(),
    now: Date.now,
    placeOf,
    onNews: () => void courier?.round(),
    onFailure: (error) => log.warn({ error }, "endpoints were not judged; trying again"),
  });
  await rules.start();
  if (courier !== null) beginDelivery(context, { store, courier, exposureAt: placeOf.exposureAt });
  keepGoing(context, { governor, rules, courier });
  const desk = createGovernanceDesk({
    store,
    rules: () => rules.get(),
    now: Date.now,
    // What was just said is taken up at once, not at the next look.
    rulesChanged: () =>
      void rules.look().catch((error: unknown) => log.warn({ error }, "rules were not read")),
  });
  return { governor, desk };
}

interface Parts {
  readonly governor: Governor;
  readonly rules: RuleSource;
  readonly courier: Courier | null;
}

/** Days pass without traffic too: accepted until today, unowned for a week. Until the shutdown. */
function keepGoing({ shutdown }: RoleContext, { governor, rules, courier }: Parts): void {
  const clock = setInterval(() => governor.all(), HOUR_MS).unref();
  shutdown.add("governor", async () => {
    clearInterval(clock);
    rules.stop();
    await governor.stop();
    await courier?.stop();
  });
}

interface Delivering {
  readonly store: InventoryStore;
  readonly courier: Courier;
  readonly exposureAt: ExposureFinder | undefined;
}

/** News as it comes, and the weekly report at its time. */
function beginDelivery(
  { settings, log, shutdown }: RoleContext,
  { store, courier, exposureAt }: Delivering,
): void {
  courier.start();
  if (settings.weekly === null) return;
  const schedule = readSchedule(settings.weekly);
  const stop = followSchedule(schedule, {
    store,
    base: settings.publicUrl ?? urlOf(settings.listen),
    now: Date.now,
    exposureAt,
    onNews: () => void courier.round(),
    onFailure: (error) => log.warn({ error }, "the weekly report was not made"),
  });
  shutdown.add("weekly report", async () => stop());
}

/** Every finding goes there, whoever owns it. In process nobody would read a topic. */
function sinksOf({ settings }: RoleContext): readonly Delivery["contact"][] {
  const { delivery, kafka } = settings;
  return [
    ...(delivery.syslog === null ? [] : [{ kind: "syslog" as const, address: delivery.syslog }]),
    ...(kafka === null ? [] : [{ kind: "kafka" as const }]),
  ];
}

async function courierOf(context: RoleContext, store: InventoryStore, stream: Stream): Promise<Courier> {
  const { settings, log } = context;
  const { webhookSecret, smtpUrl, mailFrom, allowedHosts } = settings.delivery;
  const send = createDispatch({
    secret: webhookSecret === null ? await secretOf(context) : secretFromText(webhookSecret),
    now: Date.now,
    allowedHosts: new Set(allowedHosts),
    smtpUrl,
    from: mailFrom,
    publish: (message) => stream.publish("umbra.inventory-events.v1", published(message)),
  });
  return new Courier({
    store: store.governance,
    send,
    now: Date.now,
    report: (ref) => renderWeekly(store, ref),
    onDead: ({ id, contact, lastError }) =>
      log.warn({ id, kind: contact.kind, lastError }, "news could not be delivered and is given up"),
    onFailure: (error) => log.warn({ error }, "deliveries could not be looked up; trying again"),
  });
}

/** News of one service stays in order: its authority is the key. */
function published({ news, keys }: Message) {
  return news.map((one, index) => ({
    key: one.finding.authority,
    value: { id: keys[index] ?? "", news: one },
  }));
}
