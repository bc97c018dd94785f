// Serves the REST API over a store.
import { createHash } from "node:crypto";
import { createApi } from "../api/api.ts";
import { requireTokens } from "../api/guard.ts";
import type { Listening } from "../api/listen.ts";
import { listen } from "../api/listen.ts";
import type { InventoryStore } from "../store/store.ts";
import type { RoleContext } from "./backends.ts";
import { createSpecDesk } from "./specs.ts";

/** Rejects with one clear sentence when it may not or cannot listen there. */
export async function serveApi(context: RoleContext, store: InventoryStore): Promise<Listening> {
  const { settings, log, metrics, shutdown } = context;
  const tokens = settings.apiTokens.map((token) => createHash("sha256").update(token).digest("hex"));
  requireTokens(settings.listen.host, tokens);
  const app = await createApi({
    store,
    specs: createSpecDesk(store, Date.now),
    metrics,
    tokens,
    log,
    dashboard: null,
  });
  const listening = await listen(app, settings.listen.host, settings.listen.port);
  shutdown.add("API", () => listening.close());
  return listening;
}
