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
  removeGovernance(endpointIds: readonly string[]): Promise<void>;
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
  /** Records, and what is to be told of them, at one go. A delivery that is there stays as it is. */
  putFindings(records: readonly FindingRecord[], deliveries: readonly Delivery[]): Promise<void>;

  /** Pending ones whose time has come, the longest due first. */
  dueDeliveries(now: number, limit: number): Promise<readonly Delivery[]>;
  putDelivery(delivery: Delivery): Promise<void>;
  /** In order of making, the newest first. */
  deliveries(state: Delivery["state"] | null, page: PageRequest): Promise<Page<Delivery>>;
}
