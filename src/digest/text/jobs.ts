// Remembers what was asked of jobs that answer later: a request that got an id, until somebody fetches the result.
import type { Exchange } from "../../model/exchange.ts";
import type { Ask } from "./ask.ts";
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
    const { authority, path } = exchange.request;
    const found = path
      .split("/")
      .slice(-3)
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
      for (const id of idsIn(response)) {
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

/** Fetched soon, from where it was posted to or below. */
function isResult(job: Job | undefined, { request, startedAt }: Exchange): boolean {
  if (job === undefined || startedAt < job.at || startedAt - job.at > PATIENCE_MS) return false;
  const parent = job.path.slice(0, Math.max(1, job.path.lastIndexOf("/")));
  return request.path.startsWith(parent) && request.path !== job.path;
}

const ID_NAME =
  /(?:^|_)(?:id|uuid|key|job|task|run|request|ticket|handle|operation|location|url|href|link|token)$/;

function idsIn({ tree }: Contents): readonly string[] {
  const texts = tree.texts
    .filter(({ name, text }) => ID_NAME.test(name) && text.length <= 400)
    .map(
      ({ text }) =>
        text
          .split(/[?#]/)[0]
          ?.replace(/\/(?:result|status|output)s?$/, "")
          .split("/")
          .at(-1) ?? "",
    );
  const numbers = tree.figures.filter(({ name }) => ID_NAME.test(name)).map(({ value }) => String(value));
  return [...texts, ...numbers].filter((id) => /^[\w-]{1,80}$/.test(id)).slice(0, MAX_IDS);
}
