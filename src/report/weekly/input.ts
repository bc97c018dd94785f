// What the weekly report is made from. Everything comes in; the report itself looks nothing up.
import type { Severity } from "../../inventory/findings.ts";
import type { CaptureHealth } from "../../model/health.ts";
import type { InventoryEvent } from "../../model/inventory.ts";
import type { LedgerRow } from "./ledger.ts";
import type { Headline } from "./report.ts";

/** Whose inventory: everything, what one team owns, or one service. */
export type WeeklyScope =
  | { readonly kind: "all" }
  | { readonly kind: "team"; readonly name: string }
  | { readonly kind: "service"; readonly name: string };

export interface WeeklyDocument {
  readonly id: string;
  /** Title and version, or the file's name. */
  readonly title: string;
  readonly uploadedAt: number;
}

/** A change of an endpoint against its own past or its document, as somebody found it. */
export interface DriftRecord {
  readonly endpointId: string;
  readonly at: number;
  readonly severity: Severity;
  /** e.g. "auth-weakened", "field-removed". */
  readonly kind: string;
  readonly text: string;
}

/** A finding with its life, where the inventory keeps it. */
export interface FindingRecord {
  readonly rule: string;
  readonly severity: Severity;
  readonly endpointId: string;
  readonly text: string;
  readonly openedAt: number;
  /** null while it stands. */
  readonly closedAt: number | null;
}

export interface WeeklyInputs {
  readonly rows: readonly LedgerRow[];
  /** Turns of standing, confidence and verdict since the first week of the trend; all others since the week before. */
  readonly events: readonly InventoryEvent[];
  readonly documents: readonly WeeklyDocument[];
  readonly health: readonly CaptureHealth[];
  /** Absent: derived from rows and events. */
  readonly findings?: readonly FindingRecord[];
  /** The last moment of all traffic: findings that came later are dated by their evidence. Absent: dated as given. */
  readonly heardLast?: number;
  readonly drift?: readonly DriftRecord[];
  /** Ids of the events that the closed report of the week before knew; null when there is none. */
  readonly knownBefore?: ReadonlySet<string> | null;
  /** Headlines of closed weeks by name; they go before what can be worked out now. */
  readonly closed?: ReadonlyMap<string, Headline>;
}

export interface WeeklyOptions {
  /** `2026-W47`. */
  readonly week: string;
  /** e.g. `Europe/Berlin`. */
  readonly zone: string;
  readonly scope: WeeklyScope;
  /** Now: whether the week is over. */
  readonly now: number;
  /** Where Umbra answers, for links and commands: `http://127.0.0.1:8080`. */
  readonly base: string;
}
