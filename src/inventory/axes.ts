// The three axes of an endpoint, each with since when it stands so, by whom or by which evidence, and what it was before.
import { counted } from "./counted.ts";
import type { Governance } from "../model/governance.ts";
import type { Confidence, Endpoint, InventoryEvent } from "../model/inventory.ts";
import type { Facts } from "../model/sighting.ts";

export interface AxisTurn {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: string | null;
  readonly to: string;
}

export interface Axis<State extends string> {
  readonly state: State;
  /** Milliseconds since the epoch; null where nobody kept it. */
  readonly since: number | null;
  /** Who said it; null for traffic and documents. */
  readonly by: string | null;
  /** One sentence; null where no reason was given. */
  readonly evidence: string | null;
  /** Oldest first. */
  readonly history: readonly AxisTurn[];
}

/** What was real, and nobody has called for `QUIET_DAYS` although other traffic was heard. */
export type TrafficState = Confidence | "quiet";

export interface Axes {
  readonly documentation: Axis<Endpoint["standing"]>;
  readonly traffic: Axis<TrafficState>;
  readonly governance: Axis<Governance["decision"]>;
}

export interface AxesKnown {
  /** Of the endpoint, in any order. */
  readonly events: readonly InventoryEvent[];
  readonly said: Governance;
  /** When anything was heard last: the clock of the traffic; null when nothing ever was. */
  readonly heardLast: number | null;
}

const DAY_MS = 86_400_000;
// A month sees monthly jobs once.
export const QUIET_DAYS = 30;

export function axesOf(endpoint: Endpoint, { events, said, heardLast }: AxesKnown): Axes {
  const sorted = [...events].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return {
    documentation: documentationOf(endpoint, sorted),
    traffic: trafficOf(endpoint, sorted, heardLast),
    governance: governanceOf(said),
  };
}

function documentationOf(
  { standing, standingReason, facts }: Endpoint,
  events: readonly InventoryEvent[],
): Axes["documentation"] {
  const history = events.flatMap((event): readonly AxisTurn[] => {
    if (event.type === "standing-changed") return [{ at: event.at, from: event.from, to: event.to }];
    return event.type === "endpoint-discovered" ? [{ at: event.at, from: null, to: event.standing }] : [];
  });
  return {
    state: standing,
    since: sinceIn(history, standing) ?? facts?.firstSeen ?? null,
    by: null,
    evidence: standingReason,
    history,
  };
}

function trafficOf(
  { confidence, facts }: Endpoint,
  events: readonly InventoryEvent[],
  heardLast: number | null,
): Axes["traffic"] {
  const turns = events.flatMap((event): readonly AxisTurn[] =>
    event.type === "confidence-changed" ? [{ at: event.at, from: event.from, to: event.to }] : [],
  );
  const quietSince = quietFrom(confidence, facts, heardLast);
  const state: TrafficState = quietSince === null ? confidence : "quiet";
  const history = quietSince === null ? turns : [...turns, { at: quietSince, from: confidence, to: state }];
  return {
    state,
    since: quietSince ?? sinceIn(turns, confidence) ?? facts?.firstSeen ?? null,
    by: null,
    evidence: facts === null ? "never heard" : heardText(facts),
    history,
  };
}

/** What was last heard then or before is quiet; null where nothing was heard that could tell. */
export function quietSince(heardLast: number | null): number | null {
  return heardLast === null ? null : heardLast - QUIET_DAYS * DAY_MS;
}

function quietFrom(confidence: Confidence, facts: Facts | null, heardLast: number | null): number | null {
  const since = quietSince(heardLast);
  if (facts === null || since === null || confidence === "noise" || facts.lastSeen > since) return null;
  return facts.lastSeen + QUIET_DAYS * DAY_MS;
}

function heardText({ requests, lastSeen, callers }: Facts): string {
  const known = Object.keys(callers.kept).length;
  const from = callers.rest === null ? counted(known, "caller") : `${known} or more callers`;
  return `${counted(requests, "request")} from ${from}, last on ${new Date(lastSeen).toISOString().slice(0, 10)}`;
}

function governanceOf({ decision, decidedAt, decidedBy, history }: Governance): Axes["governance"] {
  const turns = history.filter(({ field }) => field === "decision");
  return {
    state: decision,
    since: decidedAt,
    by: decidedBy,
    evidence: turns.at(-1)?.reason ?? null,
    history: turns.map(({ at, from, to }) => ({ at, from, to: to ?? "unreviewed" })),
  };
}

/** The last turn, if it leads to what holds now. */
function sinceIn(history: readonly AxisTurn[], state: string): number | null {
  const last = history.at(-1);
  return last?.to === state ? last.at : null;
}
