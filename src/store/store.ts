// The store's contract: what the classifier writes in one transaction, and what everyone else reads.
import type { Spec } from "../model/document.ts";
import type { CaptureHealth } from "../model/health.ts";
import type {
  AiVerdictName,
  Category,
  Confidence,
  Endpoint,
  InventoryEvent,
  Service,
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
}

/** A commit of standings: of rows that are there only the standing changes, never what traffic brought. */
export interface Judged extends Commit {
  readonly specRevision: number;
}

/** "stale-offset" / "stale-specs": nothing was written; reload and judge again. */
export type CommitResult = "committed" | "stale-offset" | "stale-specs";

export interface SpecSet {
  readonly revision: number;
  readonly specs: readonly Spec[];
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export interface PageRequest {
  /** 1..500. */
  readonly limit: number;
  readonly cursor: string | null;
}

/** All given conditions must hold. Times are milliseconds since the epoch. */
export interface EndpointFilter {
  readonly authority?: string;
  readonly method?: string;
  /** Substring of the template, case-insensitive. */
  readonly pathText?: string;
  readonly standing?: Standing;
  readonly confidence?: Confidence;
  readonly category?: Category;
  /** Any of these verdicts; none of an empty list. */
  readonly ai?: readonly AiVerdictName[];
  readonly dataClass?: string;
  readonly auth?: string;
  readonly owner?: string;
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
  specSource(id: string): Promise<string | null>;

  services(page: PageRequest): Promise<Page<ServiceSummary>>;
  endpoints(filter: EndpointFilter, sort: EndpointSort, page: PageRequest): Promise<Page<StoredEndpoint>>;
  endpoint(id: string): Promise<StoredEndpoint | null>;
  setOwner(endpointId: string, owner: string | null): Promise<boolean>;
  /** Newest first. */
  events(filter: EventFilter, page: PageRequest): Promise<Page<InventoryEvent>>;
  health(): Promise<readonly CaptureHealth[]>;
  /** Rejects when the store cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
