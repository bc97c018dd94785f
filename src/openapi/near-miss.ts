// Says why no document lists what was heard: the nearest operations, and what keeps them from fitting.
import type { DocumentedOperation, Spec } from "../model/document.ts";
import { bindingOf, namedAuthorities } from "./match.ts";
import { basePathsOf } from "./servers.ts";
import { segmentsOf } from "./template-tree.ts";

/** An operation that nearly fits. */
export interface NearMiss {
  readonly specId: string;
  readonly document: string;
  readonly method: string;
  /** With its base path. */
  readonly path: string;
  /** One sentence. */
  readonly reason: string;
  /** 0 to 1: 1 fits but for what the reason says. */
  readonly likeness: number;
}

/** Nearer ones alone help; the others are any operation at all. */
const LEAST = 0.5;
const MAX_MISSES = 3;
/** The largest published document; more are not looked through for one question. */
const MAX_LOOKED_AT = 50_000;
/** Segments of paths in reasons. */
const MAX_ECHO = 40;

/** At most three, nearest first. `path` may be a template: what stands in braces fits any variable. */
export function nearMisses(
  specs: readonly Spec[],
  { authority, method, path }: { readonly authority: string; readonly method: string; readonly path: string },
): readonly NearMiss[] {
  const heard = segmentsOf(path);
  const found: NearMiss[] = [];
  let looked = 0;
  for (const spec of specs) {
    const host = bindingOf(spec, authority) === null ? hostReason(spec, authority) : null;
    for (const operation of spec.document.operations) {
      for (const base of basePathsOf(spec.document, operation)) {
        looked += 1;
        if (looked > MAX_LOOKED_AT) return best(found);
        const miss = compared(heard, method, { spec, operation, base, host });
        if (miss !== null) found.push(miss);
      }
    }
  }
  return best(found);
}

function best(found: readonly NearMiss[]): readonly NearMiss[] {
  const sorted = [...found].sort(
    (a, b) => b.likeness - a.likeness || compare(a.path, b.path) || compare(a.method, b.method),
  );
  // One operation may be listed on several servers.
  const chosen = new Map<string, NearMiss>();
  for (const miss of sorted) {
    const operation = `${miss.specId} ${miss.method} ${miss.path}`;
    if (!chosen.has(operation)) chosen.set(operation, miss);
    if (chosen.size === MAX_MISSES) break;
  }
  return [...chosen.values()];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hostReason(spec: Spec, authority: string): string {
  const hosts = spec.authorities.length > 0 ? spec.authorities : namedAuthorities(spec);
  return `it speaks for ${hosts.slice(0, 3).join(", ")}, not for ${authority}`;
}

interface Listed {
  readonly spec: Spec;
  readonly operation: DocumentedOperation;
  readonly base: string;
  readonly host: string | null;
}

function compared(
  heard: readonly string[],
  method: string,
  { spec, operation, base, host }: Listed,
): NearMiss | null {
  const listed = segmentsOf(`${base}${operation.path}`);
  const { likeness, reason } = difference(heard, listed);
  const isMethod = operation.method === method;
  const reasons = [
    ...(host === null ? [] : [host]),
    ...(reason === null ? [] : [reason]),
    ...(isMethod ? [] : [`it is listed with ${operation.method}, not with ${method}`]),
  ];
  // A wrong host or method is one difference more.
  const whole = likeness * (host === null ? 1 : 0.9) * (isMethod ? 1 : 0.9);
  if (whole < LEAST || reasons.length === 0) return null;
  const { title, version } = spec.document;
  return {
    specId: spec.id,
    document: `${title || spec.name}${version === "" ? "" : ` ${version}`}`,
    method: operation.method,
    path: `${base}${operation.path}`,
    reason: reasons.join("; "),
    likeness: Math.round(whole * 100) / 100,
  };
}

interface Difference {
  readonly likeness: number;
  readonly reason: string | null;
}

/** Segment by segment; a missing or additional beginning is looked for before anything else. */
function difference(heard: readonly string[], listed: readonly string[]): Difference {
  const longer = heard.length - listed.length;
  if (longer > 0 && fits(heard.slice(longer), listed)) {
    return {
      likeness: 0.9,
      reason: `/${heard.slice(0, longer).map(echo).join("/")} stands before it, which no server of the document has`,
    };
  }
  if (longer < 0 && fits(heard, listed.slice(-longer))) {
    return { likeness: 0.9, reason: `it is listed below /${listed.slice(0, -longer).map(echo).join("/")}` };
  }
  const length = Math.max(heard.length, listed.length, 1);
  const wrong = Array.from({ length }, (_, at) => at).filter((at) => !fitsAt(heard[at], listed[at]));
  return { likeness: 1 - wrong.length / length, reason: reasonFor(wrong, heard, listed) };
}

function reasonFor(
  wrong: readonly number[],
  heard: readonly string[],
  listed: readonly string[],
): string | null {
  const [first] = wrong;
  if (first === undefined) return null;
  const [one, other] = [heard[first], listed[first]];
  if (one === undefined) return `it goes on with /${listed.slice(first).map(echo).join("/")}`;
  if (other === undefined) return `it ends before /${heard.slice(first).map(echo).join("/")}`;
  const more = wrong.length > 1 ? `, and ${wrong.length - 1} more` : "";
  return `segment ${first + 1} is ${echo(one)}, listed is ${echo(other)}${more}`;
}

function fits(heard: readonly string[], listed: readonly string[]): boolean {
  const isNamed = listed.some((segment) => !segment.includes("{"));
  return isNamed && listed.length > 0 && listed.every((segment, at) => fitsAt(heard[at], segment));
}

function fitsAt(heard: string | undefined, listed: string | undefined): boolean {
  if (heard === undefined || listed === undefined) return false;
  return heard === listed || (listed.includes("{") && heard !== "");
}

function echo(segment: string): string {
  return segment.length > MAX_ECHO ? `${segment.slice(0, MAX_ECHO)}…` : segment;
}
