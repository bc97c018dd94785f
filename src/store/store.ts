// The store's contract: what the classifier writes in one transaction, and what everyone else reads.
import type { Spec } from "../model/document.ts";
import type { AiDecision, Decision } from "../model/governance.ts";
import type { GovernanceStore } from "./governance-store.ts";
import type { Page, PageRequest } from "./page.ts";
import type { ReportArchive } from "./report-archive.ts";
import type { StoredPin } from "../model/pin.ts";
import type { GroupingSketch, Route } from "../model/route.ts";
import type { CaptureHealth } from "../model/health.ts";
import type {
  AiVerdictName,
  Category,
  Confidence,
  Endpoint,
  InventoryEvent,
  Service,
  ServiceGrouping,
  ServiceState,
  Standing,
} from "../model/inventory.ts";

/** Position in a topic up to which messages are part of the inventory. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the last message included. */
  readonly offset: bigint;
}

/** What one batch changed: absolute rows (their owner is the one consumer of the partition) and the offset behind them. */
export interface Commit {
  /** null for changes that no message caused (spec upload, scan). */
  readonly position: Position | null;
  /** Offset the committer believed stored before, null for none: a mismatch means somebody else moved on. */
  readonly expectedOffset: bigint | null;
  /** Revision of the specs the standings were judged by; null when the commit holds nothing that was judged. */
  readonly specRevision: number | null;
  readonly services: readonly Service[];
  readonly endpoints: readonly Endpoint[];
  readonly removedEndpointIds: readonly string[];
  readonly events: readonly InventoryEvent[];
  readonly health: readonly CaptureHealth[];
  readonly grouping?: GroupingChange;
}

/** What grouping keeps, in the same transaction as the rows that follow from it. */
export interface GroupingChange {
  /** New or different. */
  readonly routes: readonly RouteRow[];
  readonly removedRoutes: readonly RouteRef[];
  /** One for each service that was heard. */
  readonly services: readonly GroupingRow[];
  readonly redirects: readonly Redirect[];
  /** Endpoints of this commit that were split off others just now: they inherit owner and decisions. */
  readonly splits: readonly { readonly id: string; readonly from: string }[];
}

export interface RouteRow {
  readonly authority: string;
  readonly route: Route;
}

export interface RouteRef {
  readonly authority: string;
  /** `routeText` of the route. */
  readonly text: string;
}

export interface GroupingRow {
  readonly authority: string;
  /** As in `ServiceGrouping`. */
  readonly answered: boolean;
  readonly sketch: GroupingSketch;
  /** What the last decision left for the next. */
  readonly remembered: readonly string[];
}

/** An endpoint that is part of another now: its id goes on to be found, unless it is there again. */
export interface Redirect {
  readonly id: string;
  readonly authority: string;
  /** Id of the endpoint that took it in. */
  readonly target: string;
  readonly at: number;
  /** As they were. */
  readonly method: string;
  readonly path: string;
}

/** As stored; redirects are never chained. */
export interface StoredRedirect extends Redirect {
  /** Owner of the endpoint that is gone. */
  readonly owner: string | null;
  /** What people said of it; null where they said nothing. */
  readonly decision: Decision | null;
  readonly ai: AiDecision | null;
}

/** The rows of one service as they follow from its routes by other rules. */
export interface Regrouping {
  readonly regrouped: Commit & { readonly specRevision: number };
  /** `ServiceGrouping.version` the regrouping was made from, 0 for a service nobody heard. */
  readonly version: number;
}

/** Pins of one service come or one goes, and its rows follow. */
export interface PinChange extends Regrouping {
  readonly add?: readonly StoredPin[];
  readonly removeId?: string;
}

/** A commit of standings: of rows that are there only the standing changes, never what traffic brought. */
export interface Judged extends Commit {
  readonly specRevision: number;
}

/** "stale-offset" / "stale-specs": nothing was written; reload and judge again. */
export type CommitResult = "committed" | "stale-offset" | "stale-specs";

/** `endpoint` as it was read, but for its verdict. */
export interface FadedVerdict {
  readonly endpoint: Endpoint;
  readonly event: InventoryEvent;
}

/** What people say. Each change raises the revision, which every commit of judged rows compares. */
export interface SpecSet {
  readonly revision: number;
  /** Oldest first, as the pins. */
  readonly specs: readonly Spec[];
  readonly pins: readonly StoredPin[];
}

export type { Page, PageRequest } from "./page.ts";

/** All given conditions must hold. Times are milliseconds since the epoch. */
export interface EndpointFilter {
  readonly authority?: string;
  readonly method?: string;
  /** Substring of the template, case-insensitive. */
  readonly pathText?: string;
  readonly standing?: Standing;
  readonly confidence?: Confidence;
  readonly category?: Category;
  /** Any of these verdicts, as decided by people where they did; none of an empty list. */
  readonly ai?: readonly AiVerdictName[];
  readonly dataClass?: string;
  readonly auth?: string;
  readonly owner?: string;
  /** Whether anybody owns it. */
  readonly owned?: boolean;
  readonly decision?: Decision;
  /** Whether it is quiet: real, heard, and not after this moment. Orphans and noise are not. */
  readonly quiet?: { readonly since: number; readonly is: boolean };
  readonly firstSeenFrom?: number;
  readonly firstSeenTo?: number;
  readonly lastSeenFrom?: number;
  readonly lastSeenTo?: number;
}

export type EndpointSort = "path" | "-first_seen" | "-last_seen" | "-requests";

/** An endpoint with what people said about it, which no classifier writes. */
export interface StoredEndpoint {
  readonly endpoint: Endpoint;
  readonly owner: string | null;
  /** In lists: a person decided about the AI verdict, and `endpoint` carries the decision. Absent: the evidence decides. */
  readonly aiDecision?: AiDecision;
}

/** An endpoint found by an id: perhaps by one of an endpoint it took in. */
export interface FoundEndpoint extends StoredEndpoint {
  readonly redirectedFrom: string | null;
  /** Endpoints that became part of it, in order of id. */
  readonly merged: readonly StoredRedirect[];
}

export interface EventFilter {
  readonly authority?: string;
  readonly endpointId?: string;
  readonly type?: InventoryEvent["type"];
  readonly from?: number;
  readonly to?: number;
}

export interface ServiceSummary extends Service {
  /** APIs heard; pages, assets and noise left out. */
  readonly endpoints: number;
  /** APIs in no document, noise left out. */
  readonly shadow: number;
  /** AI verdict confirmed or likely. */
  readonly ai: number;
}

/**
 * Kept by every store; one contract suite runs on all of them. Methods reject with `TransientStoreError`, and pages with
 * `BadCursor`. Texts come back without NUL and lone surrogates; those that identify (ids, authority, method, collector,
 * owner) are cut behind 300 characters and end in their hash.
 */
export interface InventoryStore {
  commit(commit: Commit): Promise<CommitResult>;
  position(topic: string, partition: number): Promise<bigint | null>;
  serviceState(authority: string): Promise<ServiceState>;

  specs(): Promise<SpecSet>;
  /**
   * Adds a spec and writes the standings judged with it, at one go; `judged.specRevision` is the revision before, and
   * grows by one. A spec that is there (or, below, one that is not) changes nothing, and that is "committed".
   */
  addSpec(spec: Spec, source: string, judged: Judged): Promise<CommitResult>;
  removeSpec(id: string, judged: Judged): Promise<CommitResult>;
  /** Writes standings judged by the specs as they are, for rows that came while a change was being judged. */
  rejudge(judged: Judged): Promise<CommitResult>;
  /**
   * Writes AI verdicts of rows that were not heard since they were read, with the events about them; gives the ids of
   * those it wrote. Of other rows neither verdict nor event is written.
   */
  fadeVerdicts(faded: readonly FadedVerdict[]): Promise<readonly string[]>;
  specSource(id: string): Promise<string | null>;
  /**
   * Adds pins or removes one and writes the regrouped rows, at one go; "stale-offset" when the service was heard
   * meanwhile. Pins that are there (or, to be removed, are not) change nothing, and that is "committed".
   */
  changePins(change: PinChange): Promise<CommitResult>;
  /** Rows regrouped by documents that changed; raises the revision, for who knew the rows knows them no more. */
  regroup(change: Regrouping): Promise<CommitResult>;
  /** What templates of a service are decided from; "same" while its version is `known`, null when there is nothing. */
  grouping(authority: string, known: number | null): Promise<ServiceGrouping | "same" | null>;
  /** Authorities of services that nothing proved, in order, at most `limit`. */
  unanswered(limit: number): Promise<readonly string[]>;

  services(page: PageRequest): Promise<Page<ServiceSummary>>;
  endpoints(filter: EndpointFilter, sort: EndpointSort, page: PageRequest): Promise<Page<StoredEndpoint>>;
  endpoint(id: string): Promise<FoundEndpoint | null>;
  /** Newest first; those of endpoints that became part of the one asked for are among its own. */
  events(filter: EventFilter, page: PageRequest): Promise<Page<InventoryEvent>>;
  event(id: string): Promise<InventoryEvent | null>;
  health(): Promise<readonly CaptureHealth[]>;
  /** What people decided and what findings became, in the same database. */
  readonly governance: GovernanceStore;
  /** Weekly reports of weeks that are over. */
  readonly reports: ReportArchive;
  /** Rejects when the store cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
