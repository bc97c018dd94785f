// All connections being followed: found by their five-tuple, forgotten when silent or too many.
import type { Side } from "../flow.ts";
import type { Cursor } from "../link/cursor.ts";
import { FlowList } from "./flow-list.ts";
import { Flow, type Stage } from "./flow.ts";
import type { TcpHeader } from "./header.ts";

export interface FlowLimits {
  /** Connections followed at once. */
  readonly flows: number;
  /** Of those, connections that have not carried payload: what a SYN flood fills. */
  readonly halfOpen: number;
  /** Silence after which a connection is forgotten, per stage, in ms of capture time. */
  readonly idleMs: Readonly<Record<Stage, number>>;
  /** The same while more than 80 % of `flows` are in use. */
  readonly emergencyMs: Readonly<Record<Stage, number>>;
}

// An HTTP/1 connection in the middle of a message costs 5 KB, so 30,000 of them 150 MB; Zeek and Suricata wait 5 to 10 minutes for silent ones.
// "closing" lingers so that late repeats do not look like new connections.
export const FLOW_LIMITS: FlowLimits = {
  flows: 30_000,
  halfOpen: 10_000,
  idleMs: { "half-open": 60_000, open: 300_000, closing: 5_000 },
  emergencyMs: { "half-open": 10_000, open: 60_000, closing: 1_000 },
};

/** Longer chains only come from crafted addresses. */
const MAX_CHAIN = 64;
/** Flows forgotten per packet at most, so that a jump in time does not stall. */
const SWEEP = 64;

export type Forget = (flow: Flow, why: "idle" | "evicted") => void;

export class FlowTable {
  readonly #buckets = new Map<number, Flow>();
  readonly #lists: Readonly<Record<Stage, FlowList>> = {
    "half-open": new FlowList(),
    open: new FlowList(),
    closing: new FlowList(),
  };
  readonly #limits: FlowLimits;
  readonly #forget: Forget;
  #ids = 0;

  constructor(limits: FlowLimits, forget: Forget) {
    this.#limits = limits;
    this.#forget = forget;
  }

  get size(): number {
    return this.#lists["half-open"].size + this.#lists.open.size + this.#lists.closing.size;
  }

  /**
   * The two directions of a connection may carry different VLAN ids or VNIs, and a mirror of both ends shows each packet
   * under two of them; but different networks also use the same addresses. A packet of another network belongs to a
   * connection only where its sequence numbers fit.
   */
  find(cursor: Cursor, header: TcpHeader): Flow | null {
    const { scope } = cursor;
    let fitting: Flow | null = null;
    let flow = this.#buckets.get(hashOf(cursor, header)) ?? null;
    while (flow !== null) {
      const side = flow.sideOf(cursor, header);
      if (side >= 0 && (flow.scope === scope || flow.otherScope === scope)) return flow;
      if (side >= 0 && fitting === null && flow.fits(side as Side, header)) fitting = flow;
      flow = flow.chain;
    }
    if (fitting !== null) fitting.otherScope = scope;
    return fitting;
  }

  open(cursor: Cursor, header: TcpHeader, now: number): Flow {
    this.#makeRoom();
    const hash = hashOf(cursor, header);
    const flow = new Flow(this.#ids++, hash, cursor, header);
    flow.lastAt = now;
    flow.chain = this.#buckets.get(hash) ?? null;
    this.#buckets.set(hash, flow);
    this.#lists["half-open"].add(flow);
    this.#trimChain(flow);
    return flow;
  }

  touch(flow: Flow, now: number): void {
    flow.lastAt = now;
    this.#lists[flow.stage].touch(flow);
  }

  stage(flow: Flow, stage: Stage): void {
    if (flow.stage === stage) return;
    this.#lists[flow.stage].remove(flow);
    flow.stage = stage;
    this.#lists[stage].add(flow);
  }

  remove(flow: Flow): void {
    this.#lists[flow.stage].remove(flow);
    const first = this.#buckets.get(flow.hash) ?? null;
    if (first === flow) {
      if (flow.chain === null) this.#buckets.delete(flow.hash);
      else this.#buckets.set(flow.hash, flow.chain);
      return;
    }
    for (let before = first; before !== null; before = before.chain) {
      if (before.chain === flow) before.chain = flow.chain;
    }
  }

  /** Forgets what has been silent for too long. */
  sweep(now: number): void {
    const isCrowded = this.size > this.#limits.flows * 0.8;
    const idle = isCrowded ? this.#limits.emergencyMs : this.#limits.idleMs;
    let left = SWEEP;
    for (const stage of ["closing", "half-open", "open"] as const) {
      const list = this.#lists[stage];
      while (list.oldest !== null && now - list.oldest.lastAt > idle[stage] && left-- > 0) {
        this.#forget(list.oldest, "idle");
      }
    }
  }

  /** Every flow, the longest silent first within its stage. */
  *all(): Generator<Flow> {
    for (const list of Object.values(this.#lists)) while (list.oldest !== null) yield list.oldest;
  }

  /** Forgets the connection that matters least; false when there is none. */
  evictOldest(): boolean {
    const { "half-open": halfOpen, closing, open } = this.#lists;
    const victim = closing.oldest ?? open.oldest ?? halfOpen.oldest;
    if (victim !== null) this.#forget(victim, "evicted");
    return victim !== null;
  }

  #makeRoom(): void {
    const { "half-open": halfOpen, closing, open } = this.#lists;
    if (halfOpen.size >= this.#limits.halfOpen && halfOpen.oldest !== null) {
      return this.#forget(halfOpen.oldest, "evicted");
    }
    if (this.size < this.#limits.flows) return;
    const victim = closing.oldest ?? halfOpen.oldest ?? open.oldest;
    if (victim !== null) this.#forget(victim, "evicted");
  }

  #trimChain(flow: Flow): void {
    let length = 1;
    let last = flow;
    while (last.chain !== null) {
      last = last.chain;
      length++;
    }
    if (length > MAX_CHAIN) this.#forget(last, "evicted");
  }
}

/** Same for both directions. */
function hashOf(cursor: Cursor, header: TcpHeader): number {
  const source = mix(cursor.src3 ^ Math.imul(cursor.src0 ^ cursor.src1 ^ cursor.src2, 31), header.srcPort);
  const destination = mix(
    cursor.dst3 ^ Math.imul(cursor.dst0 ^ cursor.dst1 ^ cursor.dst2, 31),
    header.dstPort,
  );
  return (source + destination) | 0;
}

function mix(address: number, port: number): number {
  let hash = Math.imul(address ^ Math.imul(port, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
