// Puts governance together for a process: the rules as they are now, the governor that follows them, the desk for people.
import type { GovernanceDesk } from "../api/governance-desk.ts";
import type { InventoryStore } from "../store/store.ts";
import type { RoleContext } from "./backends.ts";
import { createGovernanceDesk } from "./governance-desk.ts";
import { Governor } from "./governor.ts";
import { RuleSource } from "./rulebook.ts";

export interface Governance {
  readonly governor: Governor;
  readonly desk: GovernanceDesk;
}

/** Runs until the shutdown. Rejects with one sentence when the policy file cannot be used. */
export async function startGovernance(context: RoleContext, store: InventoryStore): Promise<Governance> {
  const { settings, log, shutdown } = context;
  const rules = new RuleSource({
    store,
    file: settings.policies,
    onChange: () => governor.all(),
    onRefusal: (sentence) => log.warn({ sentence }, "policies stay as they were"),
  });
  const governor = new Governor({
    store,
    rules: () => rules.get(),
    now: Date.now,
    onNews: (deliveries) => log.debug({ deliveries }, "news to deliver"),
    onFailure: (error) => log.warn({ error }, "endpoints were not judged; trying again"),
  });
  await rules.start();
  shutdown.add("governor", async () => {
    rules.stop();
    await governor.stop();
  });
  const desk = createGovernanceDesk({
    store,
    rules: () => rules.get(),
    now: Date.now,
    // What was just said is taken up at once, not at the next look.
    rulesChanged: () =>
      void rules.look().catch((error: unknown) => log.warn({ error }, "rules were not read")),
  });
  return { governor, desk };
}
