// Remembers what was asked of jobs that answer later: a request that got an id, until somebody fetches the result.
import type { Exchange } from "../../model/exchange.ts";
import type { Ask } from "./ask.ts";
import { readPairs } from "../parameters.ts";
import type { Contents } from "./contents.ts";

export interface Jobs {
  /** What was asked of the job whose result this exchange fetches. */
  find(exchange: Exchange): Ask | null;
  /** A request was answered without a text; its ids may be those of a job. */
  note(exchange: Exchange, ask: Ask, response: Contents): void;
  /** The job was answered. */
  close(exchange: Exchange): void;
}

// People answer later than this, and generators sooner.
const PATIENCE_MS = 120_000;
// Jobs of all services of one collector within two minutes; the oldest go first.
const MAX_JOBS = 4096;
const MAX_IDS = 4;
// Whoever takes a job says little more than its id.
const MAX_LOOKED = 16;
// An id stands among the first parameters.
const MAX_QUERY = 400;
// Question and result are told apart by words; more of a question does not help.
const MAX_ASK = 4000;

interface Job {
  readonly ask: Ask;
  readonly path: string;
  readonly at: number;
}

export function createJobs(): Jobs {
  const jobs = new Map<string, Job>();
  const keyOf = (exchange: Exchange): string | null => {
    if (jobs.size === 0) return null;
    const { authority, path, query } = exchange.request;
    const asked = readPairs(query.slice(0, MAX_QUERY)).map(({ value }) => value);
    const found = [...path.split("/").slice(-3), ...asked.slice(0, MAX_IDS)]
      .map((segment) => `${authority} ${segment}`)
      .find((key) => isResult(jobs.get(key), exchange));
    return found ?? null;
  };
  return {
    find: (exchange) => jobs.get(keyOf(exchange) ?? "")?.ask ?? null,
    note(exchange, ask, response) {
      const { authority, path } = exchange.request;
      const at = exchange.startedAt;
      const job = { ask: { ...ask, text: ask.text.slice(0, MAX_ASK) }, path, at };
      for (const id of idsIn(response, locationOf(exchange))) {
        jobs.delete(`${authority} ${id}`);
        jobs.set(`${authority} ${id}`, job);
      }
      for (const key of jobs.keys()) {
        if (jobs.size <= MAX_JOBS) break;
        jobs.delete(key);
      }
    },
    close(exchange) {
      const key = keyOf(exchange);
      if (key !== null) jobs.delete(key);
    },
  };
}

function locationOf({ outcome }: Exchange): string | undefined {
  if (outcome.kind !== "answered") return undefined;
  return outcome.response.headers.find(([name]) => name === "location")?.[1];
}

/** Fetched soon, from where it was posted to or below. */
function isResult(job: Job | undefined, { request, startedAt }: Exchange): boolean {
  if (job === undefined || startedAt < job.at || startedAt - job.at > PATIENCE_MS) return false;
  const parent = job.path.slice(0, Math.max(1, job.path.lastIndexOf("/")));
  return request.path.startsWith(parent) && (request.path !== job.path || request.query !== "");
}

const ID_NAME =
  /(?:^|_)(?:id|uuid|key|job|task|run|request|ticket|handle|operation|location|url|href|link|token)$/;

/** Named as ids first, then whatever else looks like one: names are in any language. */
function idsIn({ tree }: Contents, location: string | undefined): readonly string[] {
  const texts = tree.texts.slice(0, MAX_LOOKED).filter(({ text }) => text.length <= 400);
  const figures = tree.figures.slice(0, MAX_LOOKED);
  const values = [
    ...texts.map(({ name, text }) => [name, text] as const),
    ...figures.map(({ name, value }) => [name, String(value)] as const),
  ];
  const named = values.filter(([name]) => ID_NAME.test(name)).map(([, value]) => lastSegment(value));
  const others = values.map(([, value]) => lastSegment(value)).filter((id) => /\d/.test(id));
  const ids = [...(location === undefined ? [] : [lastSegment(location)]), ...named, ...others];
  return [...new Set(ids.filter((id) => /^[\w-]{1,80}$/.test(id)))].slice(0, MAX_IDS);
}

function lastSegment(address: string): string {
  const path = address.split(/[?#]/)[0] ?? "";
  return (
    path
      .replace(/\/(?:result|status|output)s?$/, "")
      .split("/")
      .at(-1) ?? ""
  );
}
