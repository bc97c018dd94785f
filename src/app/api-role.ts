// Serves the REST API over a store.
import { createApi } from "../api/api.ts";
import { approvalsFrom } from "../api/approvals.ts";
import { requireTokens } from "../api/guard.ts";
import type { Listening } from "../api/listen.ts";
import { listen, urlOf } from "../api/listen.ts";
import type { GovernanceDesk } from "../api/governance-desk.ts";
import type { Approvals } from "../inventory/ai-approvals.ts";
import type { InventoryStore } from "../store/store.ts";
import type { RoleContext } from "./backends.ts";
import { createGroupingDesk } from "./pins.ts";
import { loadPlaces } from "./places.ts";
import { createSpecDesk } from "./specs.ts";
import { followTokens, loadTokens } from "./tokens.ts";

/** Throws one clear sentence when the API may not listen where it should; call before anything is started. */
export async function checkListen({ settings }: RoleContext): Promise<void> {
  requireTokens(settings.listen.host, await loadTokens(settings));
}

/** Rejects with one clear sentence when it cannot listen there. */
export async function serveApi(
  context: RoleContext,
  store: InventoryStore,
  governance: GovernanceDesk,
): Promise<Listening> {
  const { settings, log, metrics, shutdown } = context;
  const source = await followTokens(settings, (sentence) =>
    log.warn({ sentence }, "API tokens stay as they were"),
  );
  shutdown.add("API tokens", async () => source.stop());
  const isSecured = settings.apiTokenFile !== null || settings.apiTokens.length > 0;
  let publicUrl = settings.publicUrl ?? urlOf(settings.listen);
  const app = await createApi({
    store,
    specs: createSpecDesk(store, Date.now),
    grouping: createGroupingDesk(store, Date.now),
    governance,
    metrics,
    tokens: isSecured ? source.tokens : null,
    log,
    publicUrl: () => publicUrl,
    places: await loadPlaces(settings.places),
    approvals: await approvalsOf(settings.aiVendors),
  });
  const listening = await listen(app, settings.listen.host, settings.listen.port);
  publicUrl = settings.publicUrl ?? listening.url;
  shutdown.add("API", () => listening.close());
  return listening;
}

/** Read once at the start, so that a mistake in the file stops it, and then for each answer. */
async function approvalsOf(file: string | null): Promise<() => Promise<Approvals>> {
  const read = () => approvalsFrom(file ?? undefined);
  await read();
  return read;
}
