// What people decided and what findings became: the part of the store that no classifier writes.
import type { Delivery, FindingRecord, Governance, OwnerFile, Team } from "../model/governance.ts";
import type { Page, PageRequest } from "./page.ts";

/** All given conditions must hold. */
export interface FindingFilter {
  readonly authority?: string;
  readonly endpointId?: string;
  readonly rule?: string;
  readonly severity?: FindingRecord["severity"];
  readonly state?: FindingRecord["state"];
}

/** Kept by every store; one contract suite runs on all of them. Faults as in `InventoryStore`. */
export interface GovernanceStore {
  /** Decisions about these endpoints; about those nobody decided, none. */
  governance(endpointIds: readonly string[]): Promise<ReadonlyMap<string, Governance>>;
  putGovernance(rows: readonly Governance[]): Promise<void>;
  /** Owners of endpoints as settled; of endpoints that are not there, nothing. */
  putOwners(owners: ReadonlyMap<string, string | null>): Promise<void>;

  /** In order of id. */
  teams(): Promise<readonly Team[]>;
  putTeam(team: Team): Promise<void>;
  removeTeam(id: string): Promise<boolean>;

  /** In order of name. */
  ownerFiles(): Promise<readonly OwnerFile[]>;
  putOwnerFile(file: OwnerFile): Promise<void>;
  removeOwnerFile(name: string): Promise<boolean>;

  /** The newest change first. */
  findings(filter: FindingFilter, page: PageRequest): Promise<Page<FindingRecord>>;
  finding(id: string): Promise<FindingRecord | null>;
  findingsOf(endpointIds: readonly string[]): Promise<readonly FindingRecord[]>;
  /** Endpoints that are no more, of which something is still said to hold; at most `limit`, in order of id. */
  strays(limit: number): Promise<readonly string[]>;
  /**
   * Records, and what is to be told of them, at one go. A delivery that is there stays as it is. `read`: the records as
   * they were read before; one that somebody else wrote since is not written, nor what is told of it, and its id is given
   * back. Without `read` the last one counts.
   */
  putFindings(
    records: readonly FindingRecord[],
    deliveries: readonly Delivery[],
    read?: readonly FindingRecord[],
  ): Promise<readonly string[]>;

  /** Takes pending ones whose time has come, the longest due first: nobody else gets them before `until`. */
  takeDeliveries(now: number, until: number, limit: number): Promise<readonly Delivery[]>;
  putDelivery(delivery: Delivery): Promise<void>;
  /** In order of making, the newest first. */
  deliveries(state: Delivery["state"] | null, page: PageRequest): Promise<Page<Delivery>>;
}

/** Whether a record is still as it was read: no two changes of one are made within a millisecond to the same state. */
export function isAsRead(held: FindingRecord | undefined, read: FindingRecord | undefined): boolean {
  if (held === undefined || read === undefined) return held === read;
  return held.changedAt === read.changedAt && held.state === read.state;
}
