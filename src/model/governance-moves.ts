// What people decided follows endpoints that are merged and split: handed on where nothing was said, given back by undoing.
import type { AiDecision, Decision, Governance, GovernanceChange } from "./governance.ts";
import { MAX_HISTORY, unreviewed } from "./governance.ts";

/** What regrouping did to endpoints. */
export interface Moves {
  /** Became part of others; what was said of the first counts before what was said of the next. */
  readonly merged: readonly { readonly id: string; readonly target: string }[];
  /** Were part of others, and are endpoints of their own again. */
  readonly returned: readonly { readonly id: string; readonly target: string }[];
  /** Are endpoints of their own for the first time. */
  readonly splits: readonly { readonly id: string; readonly from: string }[];
}

/** All endpoints whose decisions `movedGovernance` looks at. */
export function idsOf({ merged, returned, splits }: Moves): readonly string[] {
  return [
    ...merged.flatMap(({ id, target }) => [id, target]),
    ...returned.map(({ target }) => target),
    ...splits.flatMap(({ id, from }) => [id, from]),
  ];
}

/**
 * Decisions that are new or different afterwards. What was said of an endpoint that is part of another now stays under
 * its id: it is there again when the endpoint is.
 */
export function movedGovernance(
  held: ReadonlyMap<string, Governance>,
  { merged, returned, splits }: Moves,
): readonly Governance[] {
  const moved = new Map<string, Governance>();
  const find = (id: string): Governance | undefined => moved.get(id) ?? held.get(id);
  const put = (id: string, row: Governance | null): void => void (row !== null && moved.set(id, row));
  for (const { id, target } of returned) {
    const heir = find(target);
    if (heir !== undefined) put(target, without(heir, id));
  }
  for (const { id, target } of merged) {
    const said = find(id);
    if (said !== undefined) put(target, inherited(find(target) ?? unreviewed(target), said));
  }
  for (const { id, from } of splits) {
    const said = find(from);
    if (said !== undefined && find(id) === undefined) put(id, inherited(unreviewed(id), said));
  }
  return [...moved.values()];
}

const FIELDS = ["decision", "owner", "ai"] as const;
type Field = (typeof FIELDS)[number];

function isUnsaid(row: Governance, field: Field): boolean {
  return field === "decision" ? row.decision === "unreviewed" : (row[field] ?? null) === null;
}

/** Takes over what was said of the other where nothing was said of this one; null where that is nothing. */
function inherited(heir: Governance, said: Governance): Governance | null {
  const taken = FIELDS.flatMap((field): readonly GovernanceChange[] => {
    if (!isUnsaid(heir, field) || isUnsaid(said, field)) return [];
    const last = said.history.findLast((change) => change.field === field);
    return last === undefined ? [] : [{ ...last, from: heir[field] ?? null, of: last.of ?? said.endpointId }];
  });
  return taken.length === 0 ? null : replayed(heir, [...heir.history, ...taken], taken);
}

/** What was said of `id` goes back to it; what people said of the heir since stays. */
function without(heir: Governance, id: string): Governance | null {
  const gone = heir.history.filter(({ of }) => of === id);
  const left = heir.history.filter(({ of }) => of !== id);
  return gone.length === 0 ? null : replayed(heir, left, gone);
}

/** Of the fields that changed, the last word holds. */
function replayed(
  row: Governance,
  history: readonly GovernanceChange[],
  changes: readonly GovernanceChange[],
): Governance {
  let after: Governance = { ...row, history: history.slice(-MAX_HISTORY) };
  for (const field of FIELDS) {
    if (!changes.some((change) => change.field === field)) continue;
    const last = history.findLast((change) => change.field === field);
    after = { ...after, ...wordOf(field, last) };
  }
  return after;
}

/** Each change holds a word of its field. */
function wordOf(field: Field, last: GovernanceChange | undefined): Partial<Governance> {
  const to = last?.to ?? null;
  if (field === "owner") return { owner: to };
  if (field === "ai") return { ai: to as AiDecision | null };
  return {
    decision: (to ?? "unreviewed") as Decision,
    decidedAt: last?.at ?? null,
    decidedBy: last?.by ?? null,
  };
}
