// The AI inventory above endpoints takes a walk over the whole inventory: made once for many requests, never long ago.
import { findingsOf } from "../inventory/findings.ts";
import type { AiSection } from "../report/ai-section.ts";
import { createAiGathering } from "../report/ai-section.ts";
import type { InventoryStore } from "../store/store.ts";
import { everyPage } from "./every-page.ts";
import type { Parts } from "./route.ts";

export interface AiView {
  readonly section: AiSection;
  /** Endpoints at which a rule holds, by its id. */
  readonly held: ReadonlyMap<string, number>;
}

interface Made {
  readonly view: Promise<AiView>;
  /** Who is allowed, as text: another list is another view. */
  readonly approvals: string;
  /** Until when it stands, by the process' own clock; not known while it is being made. */
  until: number;
}

const made = new WeakMap<InventoryStore, Made>();

// A walk may take one part in twenty of the time: a small inventory is always current, a large one minutes old at most.
const REST = 20;
const LONGEST = 300_000;

export async function aiView({ store, approvals }: Pick<Parts, "store" | "approvals">): Promise<AiView> {
  const allowed = await approvals();
  const text = JSON.stringify(allowed);
  const known = made.get(store);
  if (known !== undefined && known.approvals === text && performance.now() < known.until) return known.view;
  const began = performance.now();
  const one: Made = { view: walk(store, allowed), approvals: text, until: Infinity };
  made.set(store, one);
  try {
    const view = await one.view;
    const now = performance.now();
    one.until = now + Math.min(LONGEST, REST * (now - began));
    return view;
  } catch (failure) {
    if (made.get(store) === one) made.delete(store);
    throw failure;
  }
}

/** After somebody said something that shows in it. */
export function forgetAiView(store: InventoryStore): void {
  made.delete(store);
}

async function walk(
  store: InventoryStore,
  approvals: Parameters<typeof createAiGathering>[0],
): Promise<AiView> {
  const gathering = createAiGathering(approvals);
  const held = new Map<string, number>();
  await everyPage(
    (page) => store.endpoints({}, "path", page),
    ({ endpoint }) => {
      gathering.add(endpoint);
      for (const { rule } of findingsOf([endpoint])) held.set(rule, (held.get(rule) ?? 0) + 1);
    },
  );
  return { section: gathering.section(), held };
}
