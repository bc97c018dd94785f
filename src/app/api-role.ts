// Serves the REST API over a store.
import { createHash } from "node:crypto";
import { createApi } from "../api/api.ts";
import { requireTokens } from "../api/guard.ts";
import type { Listening } from "../api/listen.ts";
import { listen } from "../api/listen.ts";
import type { GovernanceDesk } from "../api/governance-desk.ts";
import type { InventoryStore } from "../store/store.ts";
import type { RoleContext } from "./backends.ts";
import { createGroupingDesk } from "./pins.ts";
import { loadPlaces } from "./places.ts";
import { createSpecDesk } from "./specs.ts";

/** Throws one clear sentence when the API may not listen where it should; call before anything is started. */
export function checkListen({ settings }: RoleContext): void {
  requireTokens(settings.listen.host, settings.apiTokens);
}

/** Rejects with one clear sentence when it cannot listen there. */
export async function serveApi(
  context: RoleContext,
  store: InventoryStore,
  governance: GovernanceDesk,
): Promise<Listening> {
  const { settings, log, metrics, shutdown } = context;
  const tokens = settings.apiTokens.map((token) => createHash("sha256").update(token).digest("hex"));
  let publicUrl = `http://${settings.listen.host}:${settings.listen.port}`;
  const app = await createApi({
    store,
    specs: createSpecDesk(store, Date.now),
    grouping: createGroupingDesk(store, Date.now),
    governance,
    metrics,
    tokens,
    log,
    publicUrl: () => publicUrl,
    places: await loadPlaces(settings.places),
  });
  const listening = await listen(app, settings.listen.host, settings.listen.port);
  publicUrl = listening.url;
  shutdown.add("API", () => listening.close());
  return listening;
}
