// Connections in order of their last packet: the one silent for longest is first to go.
import type { Flow } from "./flow.ts";

/** Doubly linked through the flows themselves: moving one costs no allocation. */
export class FlowList {
  oldest: Flow | null = null;
  #newest: Flow | null = null;
  size = 0;

  add(flow: Flow): void {
    flow.older = this.#newest;
    flow.newer = null;
    if (this.#newest === null) this.oldest = flow;
    else this.#newest.newer = flow;
    this.#newest = flow;
    this.size++;
  }

  remove(flow: Flow): void {
    if (flow.older === null) this.oldest = flow.newer;
    else flow.older.newer = flow.newer;
    if (flow.newer === null) this.#newest = flow.older;
    else flow.newer.older = flow.older;
    flow.older = flow.newer = null;
    this.size--;
  }

  /** As just heard. */
  touch(flow: Flow): void {
    if (this.#newest === flow) return;
    this.remove(flow);
    this.add(flow);
  }
}
