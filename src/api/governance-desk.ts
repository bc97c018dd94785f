// The port for what people decide: who owns what, what is approved, which findings are lived with, what policies would do.
import type { Ownership } from "../model/governance.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { Weird } from "../model/parsed.ts";
import type { FoundEndpoint } from "../store/store.ts";

/** What a set of policies would find now. */
export interface DryRun {
  readonly endpoints: number;
  readonly policies: readonly {
    readonly id: string;
    readonly title: string;
    readonly severity: string;
    /** How many endpoints it would find. */
    readonly hits: number;
    /** The first of them, with the evidence. */
    readonly examples: readonly { readonly endpointId: string; readonly text: string }[];
  }[];
}

export interface GovernanceDesk {
  /** Who owns an endpoint, what else is said, and who is proposed. Rejects only for transient faults, as do all. */
  ownership(found: FoundEndpoint): Promise<Ownership>;
  /** Judges these endpoints by what people said a moment ago, and waits for it. */
  judge(endpoints: readonly Endpoint[]): Promise<void>;
  /** Rules, documents or pins changed: everything is judged, in the background. */
  rulesChanged(): void;
  /** Policies as YAML against the whole inventory; nothing is kept. */
  dryRun(text: string): Promise<DryRun | { readonly unreadable: Weird }>;
  now(): number;
}
