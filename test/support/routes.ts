// Routes for tests of grouping: what was heard, in as few words as a test needs.
import { hash32 } from "../../src/model/hash.ts";
import type { Route, RouteEvidence, RouteKind } from "../../src/model/route.ts";

export interface Told {
  readonly method?: string;
  readonly requests?: number;
  readonly kind?: RouteKind;
  readonly status?: string;
  readonly callers?: readonly number[];
  /** Equal texts answer with equal keys; null: the answer was not looked into. */
  readonly shape?: string | null;
  readonly answer?: string;
  readonly listed?: number;
  readonly pages?: Readonly<Record<string, number>>;
}

const CALLERS = [101, 202, 303];

export function anEvidence(path: string, told: Told = {}): RouteEvidence {
  const { requests = 3, kind = "good", callers = CALLERS, shape = "s", listed = 0 } = told;
  const status = told.status ?? (kind === "good" ? "200" : "404");
  const keys = shape === null ? [] : ["id", "name", `${shape}1`, `${shape}2`, `${shape}3`].map(hash32);
  return {
    requests,
    firstSeen: 1000,
    lastSeen: 2000,
    protocol: "http/1.1",
    statuses: { [status]: requests },
    callers,
    authenticated: 0,
    answers: kind === "good" ? { [told.answer ?? "json"]: requests } : {},
    keys: kind === "good" ? [...keys].sort((a, b) => a - b) : [],
    listed,
    pages: told.pages ?? {},
    segments: path
      .split("/")
      .slice(1)
      .map((segment) => (segment.includes("{") ? null : hash32(segment))),
  };
}

export function aRoute(path: string, told: Told = {}): Route {
  const { method = "GET", kind = "good" } = told;
  return {
    kind,
    key: { method, path, declared: false, style: "rest", operation: null },
    evidence: anEvidence(path, told),
  };
}
