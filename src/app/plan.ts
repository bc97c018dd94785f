// What the routes of a service come to: which templates get rows of their own, and what takes in the others.
import type { GroupedTemplate, TemplateSet } from "../classify/grouping/template-set.ts";
import { isScannerPath } from "../classify/scanners.ts";
import { confidenceFrom } from "../inventory/confidence.ts";
import { sumOf } from "../inventory/exact.ts";
import type { Counts } from "../inventory/exact.ts";
import type { Contender, Limits, Taker } from "../inventory/limits.ts";
import { takerRow, withinLimits } from "../inventory/limits.ts";
import type { Identified } from "../model/classified.ts";
import type { DocumentMatch } from "../model/document.ts";
import { identityKey, skeletonOf } from "../model/identity.ts";
import type { Endpoint } from "../model/inventory.ts";
import { isSuccess } from "../model/outcome.ts";
import type { RouteEvidence } from "../model/route.ts";
import { joinEvidence } from "../model/route.ts";
import type { Sighting, SightingKey } from "../model/sighting.ts";
import type { Matcher } from "../openapi/match.ts";

/** A template that traffic follows. */
export interface Planned extends Contender {
  readonly found: Identified;
  readonly evidence: RouteEvidence;
  readonly match: DocumentMatch;
  readonly isProbed: boolean;
}

/** A row that takes in what is beyond a limit, with all its counts. */
export interface Overflow {
  /** As it is before it has taken in anything. */
  readonly row: Endpoint;
  readonly counts: Counts;
}

export class Plan {
  readonly set: TemplateSet;
  readonly own: ReadonlyMap<string, Planned>;
  /** By id of the row. */
  readonly overflows: ReadonlyMap<string, Overflow>;
  readonly #takers: ReadonlyMap<string, Endpoint>;
  readonly #authority: string;

  constructor(set: TemplateSet, authority: string, all: readonly Planned[], limits: Limits) {
    const { own, beyond } = withinLimits(all, limits);
    this.set = set;
    this.#authority = authority;
    this.own = new Map(own.map((one) => [one.identity, one]));
    const takers = beyond.map(({ one, taker }) => ({ one, row: takerRow(one.found, taker) }));
    this.#takers = new Map(takers.map(({ one, row }) => [one.identity, row]));
    this.overflows = overflowsOf(takers);
  }

  /** Where a sighting belongs: the identity of a planned template, or the row that takes it in. */
  placeOf(key: SightingKey): string | Endpoint {
    const { template } = this.set.match(key);
    const identity = identityKey(identityOf({ ...key, ...template }));
    return this.own.has(identity) ? identity : this.takerOf(identity);
  }

  isBeyond(identity: string): boolean {
    return this.#takers.has(identity);
  }

  /** The row that takes in what has none of its own. */
  takerOf(identity: string): Endpoint {
    return this.#takers.get(identity) ?? this.#overflow("noise");
  }

  #overflow(taker: Taker): Endpoint {
    const nothing = { method: "", path: "/", parameters: [], style: "rest" as const };
    return takerRow({ authority: this.#authority, ...nothing }, taker);
  }
}

function overflowsOf(
  takers: readonly { readonly one: Planned; readonly row: Endpoint }[],
): ReadonlyMap<string, Overflow> {
  const rows = new Map<string, { row: Endpoint; counts: Counts[] }>();
  for (const { one, row } of takers) {
    const held = rows.get(row.id) ?? { row, counts: [] };
    held.counts.push(one.evidence);
    rows.set(row.id, held);
  }
  return new Map([...rows].map(([id, { row, counts }]) => [id, { row, counts: sumOf(counts) }]));
}

export interface PlanContext {
  readonly authority: string;
  readonly matcher: Matcher;
  readonly limits: Limits;
}

/** Templates that did not change since are planned as they were. */
export class Planner {
  #known = new Map<GroupedTemplate, Planned>();
  readonly #context: PlanContext;

  constructor(context: PlanContext) {
    this.#context = context;
  }

  plan(set: TemplateSet): Plan {
    const { authority, limits } = this.#context;
    const known = new Map<GroupedTemplate, Planned>();
    const all = new Map<string, Planned>();
    for (const one of set.list()) {
      const planned = this.#known.get(one) ?? plannedOf(one, this.#context);
      known.set(one, planned);
      const same = all.get(planned.identity);
      all.set(planned.identity, same === undefined ? planned : together(same, planned));
    }
    this.#known = known;
    return new Plan(set, authority, [...all.values()], limits);
  }
}

/** Methods and operations are cut where clients made them longer than any real one. */
function together(a: Planned, b: Planned): Planned {
  return { ...a, evidence: joinEvidence(a.evidence, b.evidence) };
}

function plannedOf(one: GroupedTemplate, { authority, matcher }: PlanContext): Planned {
  const { method, template, style, operation, reason, evidence } = one;
  const found = identityOf({ authority, method, style, operation, ...template, protocol: evidence.protocol });
  const match = matcher(authority, found.method, found.path);
  const isListed = match.kind === "operation";
  const isProbed = reason === "probe";
  const isAsked = style === "rest" && isScannerPath(skeletonOf(found.path));
  const category = isProbed || isAsked ? "probe" : "api";
  return {
    found,
    evidence,
    match,
    isProbed,
    identity: identityKey(found),
    method: found.method,
    path: found.path,
    style,
    operation: found.operation,
    confidence: confidenceFrom(evidence, { listed: isListed, category, isProbed }),
    isListed,
    isAnswered: Object.keys(evidence.statuses).some(isSuccess),
  };
}

// Longest method token taken apart; registered ones have at most 17 characters (IANA HTTP Method Registry).
const MAX_METHOD = 32;
// Operation names are chosen by clients; longer ones are cut.
const MAX_OPERATION = 256;

function identityOf({
  authority,
  method,
  path,
  parameters,
  protocol,
  style,
  operation,
}: Identified): Identified {
  return {
    authority,
    method: method.slice(0, MAX_METHOD),
    path,
    parameters,
    protocol,
    style,
    operation: operation === null ? null : operation.slice(0, MAX_OPERATION),
  };
}

/** The one endpoint of connections whose content stayed closed. */
export function closedEndpoint({ key }: Sighting): Identified {
  return identityOf({ ...key, parameters: [] });
}
