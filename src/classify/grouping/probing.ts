// Tells probing from use: clients that ask for what is not there, and pages that answer whatever is asked.
import type { Route, RouteEvidence, RouteKey } from "../../model/route.ts";
import { isScannerPath } from "../scanners.ts";

export interface Probing {
  /** A client that does not probe, as far as known, was told more than that there is no such thing. */
  isUsed(evidence: RouteEvidence): boolean;
  /** Success that proves nothing: the answer to everything, or a client's that probes. */
  provesNothing(route: Route): boolean;
}

/** Paths that were never there for a client before it is said to probe; people mistype less. */
const NOVEL = 8;
/** Their share in all paths it asked for. Clients of real traffic stay below a tenth. */
const NOVEL_SHARE = 0.6;

export function probingIn(routes: readonly Route[]): Probing {
  const probing = probingCallers(routes);
  const catchAll = catchAllAnswers(routes);
  const isProbed = ({ callers }: RouteEvidence) =>
    callers.length > 0 && callers.every((caller) => probing.has(caller));
  return {
    isUsed: (evidence) => !isProbed(evidence) && !isNeverThere(evidence),
    provesNothing: ({ evidence }) => {
      const answer = catchAll.size === 0 ? null : signatureOf(evidence);
      if (answer !== null && catchAll.has(answer)) return true;
      return evidence.authenticated === 0 && isProbed(evidence);
    },
  };
}

const NOT_THERE: ReadonlySet<string> = new Set(["400", "404", "405", "410", "414", "421", "501"]);
/** Callers kept per route: a client with a larger hash may be one of those left out. */
const FULL = 16;

/** Questions that only scanners ask: with so many of them, refusals count as much as "no such thing". */
const SCANNED = 3;

function probingCallers(routes: readonly Route[]): ReadonlySet<number> {
  const scanning = scanningCallers(routes);
  const proven = new Set(routes.filter(({ kind }) => kind === "good").map(({ key }) => key.path));
  const novel = new Map<number, number>();
  const known = new Map<number, number>();
  const reaches: number[] = [];
  for (const { kind, key, evidence } of routes) {
    if (kind === "good") {
      addTo(known, evidence.callers);
      if (evidence.callers.length >= FULL) reaches.push(evidence.callers[FULL - 1] as number);
    } else if (!proven.has(key.path)) {
      const never = isNeverThere(evidence);
      addTo(novel, never ? evidence.callers : evidence.callers.filter((caller) => scanning.has(caller)));
    }
  }
  reaches.sort((a, b) => a - b);
  const found = [...novel].filter(([caller, count]) => {
    const used = (known.get(caller) ?? 0) + below(reaches, caller);
    return count >= NOVEL && count >= NOVEL_SHARE * (count + used);
  });
  return new Set(found.map(([caller]) => caller));
}

function addTo(counts: Map<number, number>, callers: readonly number[]): void {
  for (const caller of callers) counts.set(caller, (counts.get(caller) ?? 0) + 1);
}

function scanningCallers(routes: readonly Route[]): ReadonlySet<number> {
  const scanned = new Map<number, number>();
  for (const { kind, key, evidence } of routes) {
    if (kind === "bad" && isScanned(key)) addTo(scanned, evidence.callers);
  }
  return new Set([...scanned].filter(([, count]) => count >= SCANNED).map(([caller]) => caller));
}

/** How many of ascending numbers are smaller. */
function below(sorted: readonly number[], number: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isNeverThere({ statuses }: RouteEvidence): boolean {
  return Object.keys(statuses).every((status) => NOT_THERE.has(status));
}

/** An answer to so many questions of scanners is none: they ask for what is nowhere. */
const SCANNER_PATHS = 3;
/** A page that so many unrelated first segments get is the application's shell. */
const UNRELATED = 20;

function catchAllAnswers(routes: readonly Route[]): ReadonlySet<string> {
  const scanned = new Map<string, number>();
  const sections = new Map<string, Set<string>>();
  for (const { key, evidence } of routes.filter(isTelling)) {
    const answer = signatureOf(evidence);
    if (answer === null) continue;
    if (isScanned(key)) scanned.set(answer, (scanned.get(answer) ?? 0) + 1);
    if (!isPage(evidence)) continue;
    const held = sections.get(answer) ?? new Set<string>();
    sections.set(answer, held.add(key.path.split("/", 2)[1] ?? ""));
  }
  const wide = [...sections].filter(([, found]) => found.size >= UNRELATED).map(([answer]) => answer);
  return new Set([
    ...[...scanned].filter(([, count]) => count >= SCANNER_PATHS).map(([answer]) => answer),
    ...wide,
  ]);
}

function isTelling({ kind, key, evidence }: Route): boolean {
  return kind === "good" && (isScanned(key) || isPage(evidence));
}

function isPage({ answers }: RouteEvidence): boolean {
  return answers["html"] !== undefined;
}

/** Keys stay from one decision to the next. */
const scannedKeys = new WeakMap<RouteKey, boolean>();

function isScanned(key: RouteKey): boolean {
  const known = scannedKeys.get(key) ?? isScannerPath(key.path);
  scannedKeys.set(key, known);
  return known;
}

/** So does what is known of routes that were not heard again. */
const signatures = new WeakMap<RouteEvidence, { readonly text: string | null }>();

function signatureOf(evidence: RouteEvidence): string | null {
  const known = signatures.get(evidence) ?? { text: signatureAnew(evidence) };
  signatures.set(evidence, known);
  return known.text;
}

/** What all successes of a route had in common; null where they differ. Not for what was only ever empty with 2xx. */
function signatureAnew({ answers, keys, pages, statuses }: RouteEvidence): string | null {
  const kinds = Object.keys(answers);
  const sizes = Object.keys(pages);
  const [kind = "none"] = kinds;
  if (kinds.length > 1 || sizes.length > 1) return null;
  const codes = Object.keys(statuses).map((status) => status.slice(0, 1));
  if (new Set(codes).size > 1) return null;
  if (kind === "none" && codes[0] !== "3") return null;
  return `${codes[0]} ${kind} ${sizes.join()} ${keys.join()}`;
}
