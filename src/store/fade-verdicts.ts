// Writes verdicts that faded, each only if its row was not heard meanwhile, together with the news of it.
import { keysOf } from "./endpoint-row.ts";
import { chunksOf, rowsOf } from "./json-rows.ts";
import type { Transaction } from "./prisma-client.ts";
import { writeEvents } from "./prisma-commit.ts";
import { storableRows } from "./storable.ts";
import type { FadedVerdict } from "./store.ts";

const COLUMNS = "id text, ai jsonb, ai_verdict text, last_seen timestamptz";

/** Ids of those that were written. */
export async function fadeVerdicts(
  tx: Transaction,
  faded: readonly FadedVerdict[],
): Promise<readonly string[]> {
  const { endpoints, events } = storableRows({
    ...NO_ROWS,
    endpoints: faded.map(({ endpoint }) => endpoint),
    events: faded.map(({ event }) => event),
  });
  const record = (endpoint: FadedVerdict["endpoint"]): object => {
    const { aiVerdict, lastSeen } = keysOf(endpoint);
    return {
      id: endpoint.id,
      ai: endpoint.ai,
      ai_verdict: aiVerdict,
      last_seen: new Date(lastSeen).toISOString(),
    };
  };
  const written = new Set<string>();
  for (const lines of chunksOf(endpoints, record)) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      update endpoints set ai = r.ai, ai_verdict = r.ai_verdict from ${rowsOf(lines, COLUMNS)}
      where endpoints.id = r.id and endpoints.last_seen = r.last_seen returning endpoints.id`;
    for (const { id } of rows) written.add(id);
  }
  const told = [...events].filter(([, event]) => "endpointId" in event && written.has(event.endpointId));
  await writeEvents(tx, new Map(told));
  return [...written];
}

const NO_ROWS = {
  position: null,
  expectedOffset: null,
  specRevision: null,
  services: [],
  removedEndpointIds: [],
  health: [],
} as const;
