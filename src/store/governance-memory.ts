// Decisions, teams, findings and deliveries in memory, by the same contract as in PostgreSQL.
import type { Delivery, FindingRecord, Governance, OwnerFile, Team } from "../model/governance.ts";
import { cleanCopy } from "./clean.ts";
import { decodeCursor, encodeCursor, limitOf, pageOf } from "./cursor.ts";
import type { FindingFilter, GovernanceStore } from "./governance-store.ts";
import { isAsRead } from "./governance-store.ts";
import { compareText } from "./keys.ts";
import type { Page, PageRequest } from "./page.ts";

/** The rows beside which governance lies. */
export interface Rows {
  /** Decisions by endpoint. */
  readonly decisions: Map<string, Governance>;
  isThere(endpointId: string): boolean;
  /** Of an endpoint that is there. */
  setOwner(endpointId: string, owner: string | null): void;
}

/** Rows are copied on the way in. */
export function createMemoryGovernance(rows: Rows): GovernanceStore {
  const deliveries = new Map<string, Delivery>();
  return {
    ...decisions(rows),
    ...directory(),
    ...findingsAnd(deliveries, rows),
    ...outbox(deliveries),
  };
}

function decisions({
  decisions: held,
  setOwner,
}: Rows): Pick<GovernanceStore, "governance" | "putGovernance" | "putOwners"> {
  return {
    governance: async (ids) => new Map(ids.flatMap((id) => entry(id, held.get(id)))),
    async putGovernance(rows) {
      for (const row of rows) held.set(row.endpointId, cleanCopy(row));
    },
    async putOwners(owners) {
      for (const [id, owner] of owners) setOwner(id, owner);
    },
  };
}

type Directory = "teams" | "putTeam" | "removeTeam" | "ownerFiles" | "putOwnerFile" | "removeOwnerFile";

function directory(): Pick<GovernanceStore, Directory> {
  const teams = new Map<string, Team>();
  const files = new Map<string, OwnerFile>();
  return {
    teams: async () => ordered(teams),
    putTeam: async (team) => void teams.set(team.id, cleanCopy(team)),
    removeTeam: async (id) => teams.delete(id),
    ownerFiles: async () => ordered(files),
    putOwnerFile: async (file) => void files.set(file.name, cleanCopy(file)),
    removeOwnerFile: async (name) => files.delete(name),
  };
}

type OfFindings = Pick<GovernanceStore, "findings" | "finding" | "findingsOf" | "strays" | "putFindings">;

function findingsAnd(deliveries: Map<string, Delivery>, { isThere }: Rows): OfFindings {
  const findings = new Map<string, FindingRecord>();
  return {
    findings: async (filter, page) =>
      pageByTime(
        [...findings.values()].filter((one) => fits(one, filter)),
        page,
        FINDINGS,
      ),
    finding: async (id) => findings.get(id) ?? null,
    async findingsOf(ids) {
      const wanted = new Set(ids);
      return [...findings.values()].filter(({ endpointId }) => wanted.has(endpointId));
    },
    async strays(limit) {
      const held = [...findings.values()].filter(({ state }) => state !== "resolved");
      const ids = new Set(held.map(({ endpointId }) => endpointId).filter((id) => !isThere(id)));
      return [...ids].sort(compareText).slice(0, limit);
    },
    async putFindings(records, made, read) {
      const before = new Map(read?.map((record) => [record.id, record]));
      const isOvertaken = ({ id }: FindingRecord): boolean =>
        read !== undefined && !isAsRead(findings.get(id), before.get(id));
      const overtaken = new Set(records.filter(isOvertaken).map(({ id }) => id));
      for (const record of records) if (!overtaken.has(record.id)) findings.set(record.id, cleanCopy(record));
      for (const one of made) {
        if (deliveries.has(one.id) || overtaken.has(one.news.finding.id)) continue;
        deliveries.set(one.id, cleanCopy(one));
      }
      return [...overtaken];
    },
  };
}

type Outbox = Pick<GovernanceStore, "takeDeliveries" | "putDelivery" | "deliveries">;

function outbox(deliveries: Map<string, Delivery>): Outbox {
  /** Until when nobody else gets them. */
  const taken = new Map<string, number>();
  const dueAt = ({ id, nextAt }: Delivery): number => taken.get(id) ?? nextAt;
  return {
    async takeDeliveries(now, until, limit) {
      const due = [...deliveries.values()]
        .filter((one) => one.state === "pending" && dueAt(one) <= now)
        .sort((a, b) => dueAt(a) - dueAt(b) || compareText(a.id, b.id))
        .slice(0, limit);
      for (const { id } of due) taken.set(id, until);
      return due;
    },
    async putDelivery(delivery) {
      taken.delete(delivery.id);
      deliveries.set(delivery.id, cleanCopy(delivery));
    },
    deliveries: async (state, page) =>
      pageByTime(
        [...deliveries.values()].filter((one) => state === null || one.state === state),
        page,
        DELIVERIES,
      ),
  };
}

const FINDINGS = { list: "findings", at: ({ changedAt }: FindingRecord) => changedAt };
const DELIVERIES = { list: "deliveries", at: ({ createdAt }: Delivery) => createdAt };

function entry<V>(id: string, value: V | undefined): readonly (readonly [string, V])[] {
  return value === undefined ? [] : [[id, value]];
}

function ordered<V>(rows: ReadonlyMap<string, V>): readonly V[] {
  return [...rows].sort(([a], [b]) => compareText(a, b)).map(([, row]) => row);
}

function fits(record: FindingRecord, filter: FindingFilter): boolean {
  const fields = ["authority", "endpointId", "rule", "severity", "state"] as const;
  return fields.every((field) => filter[field] === undefined || record[field] === filter[field]);
}

function pageByTime<R extends { readonly id: string }>(
  rows: readonly R[],
  page: PageRequest,
  { list, at }: { readonly list: string; readonly at: (row: R) => number },
): Page<R> {
  const from = decodeCursor<number>(list, "number", page.cursor);
  const behind = (a: R, key: number, id: string): boolean => at(a) < key || (at(a) === key && a.id < id);
  const found = rows
    .filter((row) => from === null || behind(row, from.key, from.id))
    .sort((a, b) => at(b) - at(a) || compareText(b.id, a.id))
    .slice(0, limitOf(page) + 1);
  return pageOf(found, page, {
    cursor: (last) => encodeCursor(list, { key: at(last), id: last.id }),
    item: (row) => row,
  });
}
