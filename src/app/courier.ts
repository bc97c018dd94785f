// Carries news to contacts: at least once, the same key each time, later again when it failed, given up after a day.
import type { Send } from "../delivery/sender.ts";
import type { Delivery } from "../model/governance.ts";
import { shortHash } from "../model/identity.ts";
import type { GovernanceStore } from "../store/governance-store.ts";

export interface CourierParts {
  readonly store: GovernanceStore;
  readonly send: Send;
  readonly now: () => number;
  /** Told of every delivery that is given up. */
  readonly onDead: (delivery: Delivery) => void;
  readonly onFailure: (failure: unknown) => void;
}

// Somebody waits for the news; an empty look is one small query.
const LOOK_MS = 1_000;
// Due at once to one contact: more become one message.
const ROUND = 200;
// 30 s, 1 min, 2 min, … at most an hour apart: the tries take some 19 hours.
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;
const MOST_ATTEMPTS = 25;

export class Courier {
  readonly #parts: CourierParts;
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

  async #deliver(): Promise<void> {
    if (this.#isStopped) return;
    try {
      await deliverDue(this.#parts);
    } catch (failure) {
      this.#parts.onFailure(failure);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}

async function deliverDue({ store, send, now, onDead }: CourierParts): Promise<void> {
  const due = await store.dueDeliveries(now(), ROUND);
  const groups = new Map<string, Delivery[]>();
  for (const delivery of due) {
    const key = JSON.stringify(delivery.contact);
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [delivery]);
    else held.push(delivery);
  }
  await Promise.all(
    Array.from(groups.values(), async (group) => {
      const [first] = group;
      if (first === undefined) return;
      const ids = group.map(({ id }) => id).sort();
      const key = ids.length === 1 ? first.id : `de_${shortHash(ids.join("\n"))}`;
      const message = { key, news: group.map(({ news }) => news), keys: group.map(({ id }) => id) };
      const result = await send(first.contact, message);
      for (const delivery of group) {
        const after = outcome(delivery, result, now());
        await store.putDelivery(after);
        if (after.state === "dead") onDead(after);
      }
    }),
  );
}

/** The delivery after a try. */
export function outcome(delivery: Delivery, result: Awaited<ReturnType<Send>>, now: number): Delivery {
  const attempts = delivery.attempts + 1;
  if (result.ok) return { ...delivery, state: "delivered", attempts, lastError: null };
  const wait = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
  const state = result.final || attempts >= MOST_ATTEMPTS ? "dead" : "pending";
  return { ...delivery, state, attempts, nextAt: now + wait, lastError: result.error };
}
