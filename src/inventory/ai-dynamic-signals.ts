// What tells of APIs that machines make or find out for themselves: each sign by itself, as counts and times.
import { counted } from "./counted.ts";

/** What the signs need of an endpoint. */
export interface DynamicRow {
  readonly id: string;
  readonly authority: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly class: string }[];
  /** An API that was heard: no page, no asset, no noise. */
  readonly isApi: boolean;
  /** A model or a tool server itself: that agents call it is what it is for. */
  readonly isAi: boolean;
  readonly requests: number;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly callers: readonly DynamicCaller[];
  /** Calls that a client put right within seconds of a refusal. */
  readonly corrected: number;
}

export interface DynamicCaller {
  readonly address: string;
  readonly agent: string;
  /** Class of AI software; absent for everybody else. */
  readonly actor?: string;
  readonly requests: number;
  readonly firstSeen: number;
}

/** When the inventory began to hear, and what it heard last. */
export interface HeardSpan {
  readonly from: number;
  readonly to: number;
}

/** One sign: what was seen at which endpoints, and since when. */
export interface DynamicSign {
  readonly sign: DynamicSignName;
  readonly text: string;
  readonly at: number;
  readonly endpointIds: readonly string[];
}

export const DYNAMIC_SIGNS = [
  "route-burst",
  "schema-first",
  "machine-named",
  "short-lived",
  "agent-only",
  "trial-and-error",
] as const;

export type DynamicSignName = (typeof DYNAMIC_SIGNS)[number];

/** By code units: the same everywhere. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function sign(name: DynamicSignName, rows: readonly DynamicRow[], text: string, at?: number): DynamicSign {
  const first = rows.reduce((least, { firstSeen }) => Math.min(least, firstSeen), Infinity);
  return { sign: name, text, at: at ?? first, endpointIds: rows.map(({ id }) => id).sort(compareTexts) };
}

const BURST = 8;
const BURST_SPAN = 30 * MINUTE;
/** A release touches routes that were there; what is made at once is called by itself. */
const BURST_SHARE = 0.7;
/** What a service usually adds is learned for so long before. */
const LEARNED = 4 * BURST_SPAN;
/** A host that appears while others are heard since a day is new itself. */
const NEW_HOST = DAY;
const CHANCE = 1e-6;

/** Many routes within half an hour, against what the service added in the later half of the time before. */
export function routeBurst(rows: readonly DynamicRow[], heard: HeardSpan): DynamicSign | null {
  const apis = rows.filter(({ isApi }) => isApi).sort((a, b) => a.firstSeen - b.firstSeen);
  const born = apis[0]?.firstSeen ?? heard.from;
  const isNewHost = born - heard.from >= NEW_HOST;
  for (const [index, { firstSeen: start }] of apis.entries()) {
    const isReady = index === 0 ? isNewHost : start - born >= LEARNED;
    const last = apis[index + BURST - 1]?.firstSeen ?? Infinity;
    if (last > start + BURST_SPAN || !isReady) continue;
    const fresh = apis.slice(index).filter(({ firstSeen }) => firstSeen <= start + BURST_SPAN);
    const found = signOf({ fresh, before: apis.slice(0, index), born, start });
    if (found !== null) return found;
  }
  return null;
}

function signOf(burst: Burst): DynamicSign | null {
  const isNewHost = burst.before.length === 0;
  if (!isNewHost && !isUnusual(burst)) return null;
  const share = shareOf(burst);
  return share < BURST_SHARE ? null : sign("route-burst", burst.fresh, burstText(burst, share), burst.start);
}

interface Burst {
  readonly fresh: readonly DynamicRow[];
  readonly before: readonly DynamicRow[];
  /** When the service was first heard, and when the burst began. */
  readonly born: number;
  readonly start: number;
}

function burstText({ fresh, before, start }: Burst, share: number): string {
  const took = Math.max(...fresh.map(({ firstSeen }) => firstSeen)) - start;
  const host = before.length === 0 ? "on a new host " : "";
  const minutes = Math.max(1, Math.ceil(took / MINUTE));
  return `${fresh.length} new routes ${host}within ${minutes} min, ${Math.round(share * 100)} % of the requests then`;
}

/** Whether so many by chance come less than once in a million half hours (Poisson). */
function isUnusual({ fresh, before, born, start }: Burst): boolean {
  const middle = born + (start - born) / 2;
  const late = before.filter(({ firstSeen }) => firstSeen >= middle).length;
  const expected = ((late + 0.5) / (start - middle)) * BURST_SPAN;
  let below = 0;
  let term = Math.exp(-expected);
  for (let k = 0; k < fresh.length; k++) {
    below += term;
    term *= expected / (k + 1);
  }
  return 1 - below < CHANCE;
}

/** Of the requests of that half hour, if each endpoint was called evenly while it was heard. */
function shareOf({ fresh, before, start }: Burst): number {
  const then = ({ requests, firstSeen, lastSeen }: DynamicRow): number => {
    const overlap = Math.min(lastSeen, start + BURST_SPAN) - Math.max(firstSeen, start);
    if (overlap < 0) return 0;
    return lastSeen === firstSeen ? requests : (requests * overlap) / (lastSeen - firstSeen);
  };
  const sum = (rows: readonly DynamicRow[]) => rows.reduce((all, row) => all + then(row), 0);
  const own = sum(fresh);
  return own === 0 ? 1 : own / (own + sum(before));
}

/*
  Where services describe themselves: OpenAPI and Swagger documents and their pages, plugin manifests, A2A cards,
  llms.txt. MCP clients list tools by protocol before they call: that is no sign.
*/
const DESCRIPTION =
  /(?:^|\/)(?:openapi|swagger|api-docs|asyncapi)(?:\.(?:json|ya?ml))?$|\/(?:docs|redoc|swagger-ui)$|\/\.well-known\/(?:ai-plugin|agent|agent-card)\.json$|\/llms(?:-full)?\.txt$/i;
const FOLLOWED = 3;
const FOLLOWS_WITHIN = 30_000;
const BROWSER = /^(?:Chrome|Firefox|Safari|Edge|Opera|Samsung|Mozilla)/i;

/** A client whose first request was for the description, and who called several endpoints within seconds. */
export function schemaFirst(rows: readonly DynamicRow[]): DynamicSign | null {
  const described = rows.filter(({ path }) => DESCRIPTION.test(path));
  if (described.length === 0) return null;
  for (const { address, agent, firstSeen: at } of described.flatMap(({ callers }) => callers)) {
    if (BROWSER.test(agent)) continue;
    const own = rows.filter(({ callers }) => callers.some((caller) => caller.address === address));
    const firstOf = ({ callers }: DynamicRow) =>
      callers.reduce(
        (least, one) => (one.address === address ? Math.min(least, one.firstSeen) : least),
        Infinity,
      );
    if (own.some((row) => firstOf(row) < at)) continue;
    const called = own.filter(
      (row) => row.isApi && !DESCRIPTION.test(row.path) && firstOf(row) <= at + FOLLOWS_WITHIN,
    );
    if (called.length < FOLLOWED) continue;
    const text = `${address} asked for the description first and called ${called.length} endpoints within ${FOLLOWS_WITHIN / 1000} s`;
    return sign("schema-first", called, text, at);
  }
  return null;
}

const MADE = /^(?:fn|func|tool|action|skill|step|node)[_-][a-z0-9]/i;
const VERB_NOUN =
  /^(?:get|list|create|update|delete|find|search|send|fetch|run|execute|call|add|remove|set|generate|analyze|summarize)(?:[A-Z][a-z0-9]+){1,6}$/;
const SLUG = /^[a-z0-9]+(?:[-_][a-z0-9]+){3,}$/;
const LONG_SLUG = 24;
/** Routes minted for one flow, chain or function each. */
const MINTED =
  /\/(?:run|runs|webhook|webhooks|hook|hooks|flow|flows|workflow|workflows|prediction|predictions|function|functions|fn|chain|chains|invoke|agents?|tools?)\/\{(\w+)\}/i;
const MINTED_CLASSES = new Set(["uuid", "hex", "hash", "ulid", "objectid", "token", "random"]);
const ALIKE = 3;

/** Names as generators give them. Never a reason alone. */
export function machineNamed(rows: readonly DynamicRow[]): DynamicSign | null {
  const verbs = new Set(
    rows.filter(({ path }) => path.split("/").some((segment) => VERB_NOUN.test(segment))),
  );
  const named = rows.filter((row) => row.isApi && (isMade(row) || (verbs.size >= ALIKE && verbs.has(row))));
  return named.length === 0
    ? null
    : sign("machine-named", named, `names as generators make them at ${counted(named.length, "endpoint")}`);
}

function isMade({ path, parameters }: DynamicRow): boolean {
  const isNamed = path
    .split("/")
    .some((segment) => MADE.test(segment) || (segment.length >= LONG_SLUG && SLUG.test(segment)));
  const minted = MINTED.exec(path)?.[1];
  return isNamed || parameters.some((one) => one.name === minted && MINTED_CLASSES.has(one.class));
}

const SHORT_CALLS = 20;

/** Busy for less than a day, and silent since one, while other traffic was heard before and after. */
export function shortLived(rows: readonly DynamicRow[], heard: HeardSpan): DynamicSign | null {
  const gone = rows.filter(({ isApi, requests, firstSeen, lastSeen }) => {
    const life = lastSeen - firstSeen;
    const isHeardAround = heard.to - lastSeen >= DAY && firstSeen - heard.from >= Math.max(HOUR, life);
    return isApi && requests >= SHORT_CALLS && life < DAY && isHeardAround;
  });
  if (gone.length === 0) return null;
  const calls = gone.reduce((all, { requests }) => all + requests, 0);
  return sign(
    "short-lived",
    gone,
    `${counted(gone.length, "endpoint")} lived less than a day, with ${counted(calls, "request")}`,
  );
}

/** Software that acts for a model; crawlers read for one, which is another matter. */
const AGENTS = new Set([
  "llm-sdk",
  "agent-framework",
  "coding-agent",
  "mcp-client",
  "user-fetcher",
  "browser-agent",
  "ai-app-server",
  "signed-agent",
]);
const AGENT_CALLS = 10;
const AGENT_SHARE = 0.95;

export function isAgentOnly({ isApi, isAi, requests, callers }: DynamicRow): boolean {
  if (!isApi || isAi || requests < AGENT_CALLS) return false;
  const own = callers.filter(({ actor }) => actor !== undefined && AGENTS.has(actor));
  const calls = own.reduce((all, one) => all + one.requests, 0);
  return (
    calls >= requests * AGENT_SHARE && callers.every((one) => own.includes(one) || !BROWSER.test(one.agent))
  );
}

export function agentOnly(rows: readonly DynamicRow[]): DynamicSign | null {
  const used = rows.filter(isAgentOnly);
  return used.length === 0
    ? null
    : sign("agent-only", used, `only agents and AI software call ${counted(used.length, "endpoint")}`);
}

/** Once may be a slip; who learns from refusals does it again and again. */
export const TRIALS = 3;

export function trialAndError(rows: readonly DynamicRow[]): DynamicSign | null {
  const tried = rows.filter(({ corrected, isApi, isAi }) => isApi && !isAi && corrected >= TRIALS);
  const times = tried.reduce((all, { corrected }) => all + corrected, 0);
  return tried.length === 0
    ? null
    : sign("trial-and-error", tried, `refused calls were put right within seconds, ${times} times`);
}
