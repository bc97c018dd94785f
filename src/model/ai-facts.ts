// What exchanges told about the use of language models and about attacks on them: counters and hashes, never a text.
import type { Bound, Bounded } from "./bounded.ts";
import { emptyBounded, emptyRecord, sum } from "./bounded.ts";
import type { ContentFacts } from "./content-facts.ts";
import { growContent } from "./content-facts.ts";
import type { Own } from "./grow.ts";
import { growBounded, growCounters, growRecord, ownCopy } from "./grow.ts";

/** Whose words a text is. */
export type TextDirection = "prompt" | "answer" | "tool-arguments" | "tool-result";

/** An agent protocol, as it was spoken. */
export interface ProtocolFacts {
  readonly exchanges: number;
  /** What told: "method", "headers", "stream", "card", "error", to exchanges. */
  readonly told: Readonly<Record<string, number>>;
  /** Revisions named ("2025-06-18", "0.3"), to exchanges. */
  readonly revisions: Bounded<number>;
  /** Names that clients give themselves, to exchanges. */
  readonly clients: Bounded<number>;
  /** Last pages of listings heard, and when the first and the last of them came. */
  readonly lists: number;
  readonly firstList: number | null;
  readonly lastList: number | null;
  /** Requests that carried an Origin of another host and were answered 2xx. */
  readonly foreignOrigins: number;
}

export interface SignatureFacts {
  readonly attempt: number;
  readonly reached: number;
  readonly effect: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export interface PatternFacts {
  /** Texts in which patterns of the group stood, and in how many all patterns together weighed enough to be flagged. */
  readonly texts: number;
  readonly flagged: number;
}

export interface LeakFacts {
  /** Answers that carried the class, and of those the ones whose value had not been in the request. */
  readonly answers: number;
  readonly unasked: number;
}

export interface SpendFacts {
  readonly caller: string;
  readonly model: string;
  readonly exchanges: number;
  readonly input: number;
  readonly output: number;
}

export interface CredentialFacts {
  readonly requests: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export interface ActorFacts {
  readonly requests: number;
  /** Of those, how many brought headers that belong to the claim. */
  readonly supported: number;
}

/** All parts are absent while there is nothing to tell. */
export interface AiFacts {
  /** By protocol: "mcp", "a2a". */
  readonly protocols?: Readonly<Record<string, ProtocolFacts>>;
  /** By class of actor. */
  readonly actors?: Readonly<Record<string, ActorFacts>>;
  /** By id of an exploit signature. */
  readonly signatures?: Readonly<Record<string, SignatureFacts>>;
  /** Key: `${direction} ${group}`. */
  readonly patterns?: Readonly<Record<string, PatternFacts>>;
  /** Texts by content class: `${direction} ${class}`. */
  readonly content?: Readonly<Record<string, number>>;
  /** The same by day, of exchanges that asked in words, so that a shift shows. */
  readonly contentDays?: ContentFacts;
  /** By data class. */
  readonly leaks?: Readonly<Record<string, LeakFacts>>;
  /** By keyed hash of the credential; only for hosts of model vendors. */
  readonly credentials?: Bounded<CredentialFacts>;
  /** Key: `${caller} ${model}`. */
  readonly spend?: Bounded<SpendFacts>;
  /** Further things worth knowing, by name from a fixed set, to exchanges. */
  readonly marks?: Readonly<Record<string, number>>;
}

/*
  Keys are few per host; callers times models of one endpoint are dozens; revisions and clients are named by whoever calls.
*/
export const AI_CAPS = { credentials: 16, spend: 64, revisions: 8, clients: 16 } as const;

const REVISIONS: Bound<number> = { cap: AI_CAPS.revisions, join: sum };
const CLIENTS: Bound<number> = { cap: AI_CAPS.clients, join: sum };
const CREDENTIALS = bound(AI_CAPS.credentials, growCredential);
const SPEND = bound(AI_CAPS.spend, growSpend);

function bound<V>(cap: number, grow: (into: Own<V>, from: V) => V): Bound<V> {
  return { cap, grow, join: (a, b) => grow(ownCopy(a), b) };
}

type Grow<K extends keyof AiFacts> = (into: Own<AiFacts>, from: NonNullable<AiFacts[K]>) => void;

/** How each part grows; the compiler finds a part without its row. */
const PARTS: { readonly [K in keyof AiFacts]-?: Grow<K> } = {
  protocols: (into, from) => growRecord((into.protocols ??= emptyRecord()), from, growProtocol),
  actors: (into, from) => growRecord((into.actors ??= emptyRecord()), from, growNumbers),
  signatures: (into, from) => growRecord((into.signatures ??= emptyRecord()), from, growSignature),
  patterns: (into, from) => growRecord((into.patterns ??= emptyRecord()), from, growNumbers),
  content: (into, from) => growCounters((into.content ??= emptyRecord()), from),
  contentDays(into, from) {
    if (into.contentDays === undefined) into.contentDays = ownCopy(from);
    else growContent(into.contentDays, from);
  },
  leaks: (into, from) => growRecord((into.leaks ??= emptyRecord()), from, growNumbers),
  credentials: (into, from) => growBounded((into.credentials ??= emptyBounded()), from, CREDENTIALS),
  spend: (into, from) => growBounded((into.spend ??= emptyBounded()), from, SPEND),
  marks: (into, from) => growCounters((into.marks ??= emptyRecord()), from),
};

/** `from` joined into `into`; commutative and associative. */
export function growAi(into: Own<AiFacts>, from: AiFacts): AiFacts {
  for (const name in from) growPart(into, from, name as keyof AiFacts);
  return into;
}

function growPart<K extends keyof AiFacts>(into: Own<AiFacts>, from: AiFacts, name: K): void {
  const part = from[name];
  // The table's rows are of their own names; the compiler follows that only one name at a time.
  if (part !== undefined) (PARTS[name] as unknown as Grow<K>)(into, part);
}

/** Records of nothing but counts. */
function growNumbers<V extends object>(into: V, from: V): V {
  const counts = into as Record<string, number>;
  for (const [name, count] of Object.entries(from as Record<string, number>)) {
    counts[name] = (counts[name] ?? 0) + count;
  }
  return into;
}

function growSignature(into: Own<SignatureFacts>, from: SignatureFacts): SignatureFacts {
  into.attempt += from.attempt;
  into.reached += from.reached;
  into.effect += from.effect;
  return growTimes(into, from);
}

function growCredential(into: Own<CredentialFacts>, from: CredentialFacts): CredentialFacts {
  into.requests += from.requests;
  return growTimes(into, from);
}

function growTimes<V extends { firstSeen: number; lastSeen: number }>(
  into: V,
  from: Readonly<Pick<V, "firstSeen" | "lastSeen">>,
): V {
  into.firstSeen = Math.min(into.firstSeen, from.firstSeen);
  into.lastSeen = Math.max(into.lastSeen, from.lastSeen);
  return into;
}

function growSpend(into: Own<SpendFacts>, from: SpendFacts): SpendFacts {
  if (into.caller !== from.caller) into.caller = "*";
  if (into.model !== from.model) into.model = "*";
  into.exchanges += from.exchanges;
  into.input += from.input;
  into.output += from.output;
  return into;
}

function growProtocol(into: Own<ProtocolFacts>, from: ProtocolFacts): ProtocolFacts {
  into.exchanges += from.exchanges;
  growCounters(into.told, from.told);
  growBounded(into.revisions, from.revisions, REVISIONS);
  growBounded(into.clients, from.clients, CLIENTS);
  into.lists += from.lists;
  into.firstList = earlier(into.firstList, from.firstList);
  into.lastList = later(into.lastList, from.lastList);
  into.foreignOrigins += from.foreignOrigins;
  return into;
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
