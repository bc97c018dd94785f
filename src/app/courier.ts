// Carries news to contacts: at least once, the same key each time, later again when it failed, given up after a day.
import type { Message, RenderedReport, Send } from "../delivery/sender.ts";
import type { Delivery, ReportRef } from "../model/governance.ts";
import { shortHash } from "../model/identity.ts";
import type { GovernanceStore } from "../store/governance-store.ts";

export interface CourierParts {
  readonly store: GovernanceStore;
  readonly send: Send;
  readonly now: () => number;
  /** The report that a message is about, for contacts that take whole documents; null when it is gone. */
  readonly report?: (ref: ReportRef) => Promise<RenderedReport | null>;
  /** Told of every delivery that is given up. */
  readonly onDead: (delivery: Delivery) => void;
  readonly onFailure: (failure: unknown) => void;
}

// Somebody waits for the news; an empty look is one small query.
const LOOK_MS = 1_000;
// Taken at once, of some KiB each: what one contact gets of them becomes one message.
const ROUND = 2_000;
// Another process may carry what this one took and did not note: senders give up after 10 s.
const TAKEN_MS = 60_000;
// A program reads messages of hundreds of KiB, not of megabytes.
const MOST_IN_ONE = 200;
// Whoever gets a mail every minute reads none: after one message the next comes five minutes later, with all that came.
const DIGEST_MS = 300_000;
// 30 s, 1 min, 2 min, … at most an hour apart: the tries take some 19 hours.
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;
const MOST_ATTEMPTS = 25;

export class Courier {
  readonly #parts: CourierParts;
  /** When contacts that people read were last told of findings. Contacts are entered by hand: there are few. */
  readonly #told = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => void this.round(), LOOK_MS).unref();
  }

  /** Delivers what is due now; rounds follow each other. */
  round(): Promise<void> {
    this.#running = this.#running.then(() => this.#deliver());
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #deliver(): Promise<void> {
    if (this.#isStopped) return;
    const { store, now, onFailure } = this.#parts;
    try {
      const due = await store.takeDeliveries(now(), now() + TAKEN_MS, ROUND);
      await Promise.all(Array.from(byContact(due), ([contact, group]) => this.#tell(contact, group)));
    } catch (failure) {
      onFailure(failure);
    }
  }

  async #tell(contact: string, group: readonly Delivery[]): Promise<void> {
    const { store, now } = this.#parts;
    const { urgent, findings } = sorted(group);
    for (const one of urgent) await this.#carry([one]);
    const until = (this.#told.get(contact) ?? Number.NEGATIVE_INFINITY) + DIGEST_MS;
    if (isForPeople(group) && now() < until && !findings.some(isCritical)) {
      for (const one of findings) await store.putDelivery({ ...one, nextAt: until });
      return;
    }
    const most = isForPeople(group) ? ROUND : MOST_IN_ONE;
    for (let at = 0; at < findings.length; at += most) await this.#carry(findings.slice(at, at + most));
    if (findings.length > 0) this.#told.set(contact, now());
  }

  async #carry(group: readonly Delivery[]): Promise<void> {
    const { store, send, now, onDead } = this.#parts;
    const [first] = group;
    if (first === undefined) return;
    const result = await send(first.contact, await this.#messageOf(group, first));
    for (const delivery of group) {
      const after = outcome(delivery, result, now());
      await store.putDelivery(after);
      if (after.state === "dead") onDead(after);
    }
  }

  async #messageOf(group: readonly Delivery[], first: Delivery): Promise<Message> {
    const ids = group.map(({ id }) => id).sort();
    const ref = first.contact.kind === "email" ? first.report : undefined;
    const report = ref === undefined ? null : ((await this.#parts.report?.(ref)) ?? null);
    return {
      key: ids.length === 1 ? first.id : `de_${shortHash(ids.join("\n"))}`,
      news: group.map(({ news }) => news),
      keys: group.map(({ id }) => id),
      ...(report !== null && { report }),
    };
  }
}

function byContact(due: readonly Delivery[]): ReadonlyMap<string, readonly Delivery[]> {
  const groups = new Map<string, Delivery[]>();
  for (const delivery of due) {
    const key = JSON.stringify(delivery.contact);
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [delivery]);
    else held.push(delivery);
  }
  return groups;
}

/** What somebody asked for goes at once and alone: reports, test messages. */
function sorted(group: readonly Delivery[]) {
  const isAsked = ({ news: { turn } }: Delivery): boolean => turn === "report" || turn === "test";
  return { urgent: group.filter(isAsked), findings: group.filter((one) => !isAsked(one)) };
}

function isForPeople([first]: readonly Delivery[]): boolean {
  return first !== undefined && ["email", "slack", "teams"].includes(first.contact.kind);
}

function isCritical({ news: { turn, finding } }: Delivery): boolean {
  return finding.severity === "critical" && turn !== "resolved";
}

/** The delivery after a try. */
export function outcome(delivery: Delivery, result: Awaited<ReturnType<Send>>, now: number): Delivery {
  const attempts = delivery.attempts + 1;
  if (result.ok) return { ...delivery, state: "delivered", attempts, lastError: null };
  const wait = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
  const state = result.final || attempts >= MOST_ATTEMPTS ? "dead" : "pending";
  return { ...delivery, state, attempts, nextAt: now + wait, lastError: result.error };
}
