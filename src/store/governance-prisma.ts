// Decisions, teams and owner files in PostgreSQL.
import type { Governance, OwnerFile, Team } from "../model/governance.ts";
import { cleanCopy } from "./clean.ts";
import { createPrismaFindings } from "./findings-prisma.ts";
import type { GovernanceStore } from "./governance-store.ts";
import type { Database, Transaction } from "./prisma-client.ts";
import { guarded } from "./prisma-client.ts";
import { storableKey } from "./storable.ts";

export function createPrismaGovernance(db: Database): GovernanceStore {
  return { ...decisions(db), ...directories(db), ...createPrismaFindings(db) };
}

/** Documents of people, found by kind and id. */
type Kind = "governance" | "team" | "owner-file";

async function put(db: Database | Transaction, kind: Kind, rows: readonly (readonly [string, object])[]) {
  const lines = rows.map(([id, document]) => ({ id: storableKey(id), document: cleanCopy(document) }));
  await db.$executeRaw`
    insert into said (kind, id, document)
    select ${kind}, id, document from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(id text, document jsonb)
    on conflict (kind, id) do update set document = excluded.document`;
}

export async function putDecisions(db: Database | Transaction, rows: readonly Governance[]): Promise<void> {
  await put(
    db,
    "governance",
    rows.map((row) => [row.endpointId, row]),
  );
}

async function all<T>(db: Database, kind: Kind): Promise<readonly T[]> {
  const rows = await db.$queryRaw<
    { document: T }[]
  >`select document from said where kind = ${kind} order by id`;
  return rows.map(({ document }) => document);
}

async function drop(db: Database, kind: Kind, ids: readonly string[]): Promise<number> {
  return db.$executeRaw`delete from said where kind = ${kind} and id = any(${ids.map(storableKey)}::text[])`;
}

function decisions(db: Database): Pick<GovernanceStore, "governance" | "putGovernance" | "putOwners"> {
  return {
    putOwners: (owners) =>
      guarded("owners", async () => {
        const lines = [...owners].map(([id, owner]) => ({
          id: storableKey(id),
          owner: owner === null ? null : storableKey(owner),
        }));
        await db.$executeRaw`
          update endpoints set owner = r.owner
          from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(id text, owner text)
          where endpoints.id = r.id and endpoints.owner is distinct from r.owner`;
      }),
    governance: (ids) =>
      guarded("decisions", async () => {
        const rows = await db.$queryRaw<{ document: Governance }[]>`
          select document from said where kind = 'governance' and id = any(${ids.map(storableKey)}::text[])`;
        return new Map(rows.map(({ document }) => [document.endpointId, document]));
      }),
    putGovernance: (rows) => guarded("decisions", () => putDecisions(db, rows)),
  };
}

function directories(
  db: Database,
): Pick<
  GovernanceStore,
  "teams" | "putTeam" | "removeTeam" | "ownerFiles" | "putOwnerFile" | "removeOwnerFile"
> {
  return {
    teams: () => guarded("teams", () => all<Team>(db, "team")),
    putTeam: (team) => guarded("a team", () => put(db, "team", [[team.id, team]])),
    removeTeam: (id) => guarded("a team", async () => (await drop(db, "team", [id])) > 0),
    ownerFiles: () => guarded("owner files", () => all<OwnerFile>(db, "owner-file")),
    putOwnerFile: (file) => guarded("an owner file", () => put(db, "owner-file", [[file.name, file]])),
    removeOwnerFile: (name) =>
      guarded("an owner file", async () => (await drop(db, "owner-file", [name])) > 0),
  };
}

/** One condition per given field: the compiler finds a filter without its SQL. */
