// The port for what people do with paths: pins that merge, split and rename, undoing, and asking why.
import type { GroupingReason } from "../model/inventory.ts";
import type { Pin, StoredPin } from "../model/pin.ts";

/**
 * added: kept, and the service regrouped by it. known: it was there, nothing changed. too-many: the service has as many
 * as it may. conflict: the service was heard faster than it was regrouped.
 */
export type PinResult =
  | { readonly kind: "added" | "known"; readonly pin: StoredPin }
  | { readonly kind: "service-unknown" | "too-many" | "conflict" };

export type UnpinResult = "removed" | "unknown" | "conflict";

/** done: by these pins. not-undoable: the event is none of grouping. too-late: it is more than 30 days ago. */
export type UndoResult =
  | { readonly kind: "done"; readonly pins: readonly StoredPin[] }
  | { readonly kind: "unknown" | "not-undoable" | "too-late" | "too-many" | "conflict" };

/** Why one segment of a path is what it is. */
export interface SegmentReason {
  /** 0 at the root. */
  readonly segment: number;
  readonly decided: "variable" | "literal";
  /** A rule that always wins, or "evidence". */
  readonly by: string;
  /** Log-odds, mean over the values heard there; null where a rule settled it. */
  readonly score: number | null;
  /** Above it, a segment is a variable. */
  readonly threshold: number;
  readonly contributions: readonly GroupingReason[];
  /** Distinct values heard, as far as known. */
  readonly values: number;
  /** What would have to be heard, or done, to decide otherwise. */
  readonly otherwise: string;
}

/** Hosts whose names differ in one label and that answer alike. */
export interface HostGroupView {
  /** With `{variable}` in place of the label: `{tenant}.api.example.com`. */
  readonly pattern: string;
  readonly variable: string;
  readonly members: readonly { readonly authority: string; readonly value: string }[];
}

export interface GroupingDesk {
  /** Oldest first. */
  pins(authority: string): Promise<readonly StoredPin[]>;
  /** Regroups at once. Rejects only for transient faults. */
  pin(authority: string, pin: Pin, by: string): Promise<PinResult>;
  unpin(authority: string, id: string): Promise<UnpinResult>;
  /** Pins the opposite of what an event of grouping tells. */
  undo(eventId: string, by: string): Promise<UndoResult>;
  hosts(): Promise<readonly HostGroupView[]>;
  /** In order of segment; none for a path that grouping did not decide. */
  explain(of: { readonly authority: string; readonly path: string }): Promise<readonly SegmentReason[]>;
}
