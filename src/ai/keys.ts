// Looks for key paths in shapes: what a body had, without any value of it.
import type { Shape } from "../model/shape.ts";
import type { BodyFacts, Facts } from "../model/sighting.ts";

/** "verified": an alternative was there; "missing": bodies were read and none was; "unseen": no body was read. */
export type Look = "verified" | "missing" | "unseen";

/** Whether some value at `path` (`a.*.b`, `*` = any item or key) occurred. Where a cap was hit anything may have. */
export function hasKey(shape: Shape, path: string): boolean {
  return walk(shape, path.split("."), 0);
}

function walk(shape: Shape, keys: readonly string[], depth: number): boolean {
  const key = keys[depth];
  if (key === undefined || shape.any === true) return true;
  return next(shape, key).some((inner) => walk(inner, keys, depth + 1));
}

/** As `hasKey`, of what certainly occurred. */
function surelyHasKey(shape: Shape, path: string): boolean {
  let held: readonly Shape[] = [shape];
  for (const key of path.split(".")) held = held.flatMap((one) => next(one, key));
  return held.length > 0;
}

function next(shape: Shape, key: string): readonly Shape[] {
  const fields = shape.object?.fields.kept ?? {};
  const named = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (key !== "*") return named === undefined ? [] : [named];
  const items = shape.array?.items;
  return items === undefined ? Object.values(fields) : [items, ...Object.values(fields)];
}

type Alternatives = readonly (readonly string[])[];

export function lookAtRequest(facts: Facts, alternatives: Alternatives): Look {
  return look(Object.values(facts.requestBodies), alternatives);
}

/** Looks at successful answers only: errors have shapes of their own. */
export function lookAtAnswers(facts: Facts, alternatives: Alternatives, media: string | undefined): Look {
  const bodies = successes(facts).flatMap((response) => Object.entries(response.bodies));
  if (media !== undefined) {
    if (bodies.some(([type]) => type.startsWith(media))) return "verified";
    return bodies.some(([type]) => type !== "") ? "missing" : "unseen";
  }
  const found = look(
    bodies.map(([, body]) => body),
    alternatives,
  );
  // A page where data was promised is another shape, even though pages have none.
  const page = bodies.some(([type]) => /^(?:text\/html|application\/xhtml\+xml|image\/.*)$/.test(type));
  return found === "unseen" && page ? "missing" : found;
}

/** Requests have one of the alternatives, and successful answers one of theirs. */
export function haveFields(facts: Facts, fields: { request: Alternatives; response: Alternatives }): boolean {
  const answers = successes(facts).flatMap((response) => Object.values(response.bodies));
  return areThere(Object.values(facts.requestBodies), fields.request) && areThere(answers, fields.response);
}

function areThere(bodies: readonly BodyFacts[], alternatives: Alternatives): boolean {
  return bodies.some(({ shape }) =>
    alternatives.some((keys) => shape !== null && keys.every((key) => surelyHasKey(shape, key))),
  );
}

export function successes(facts: Facts) {
  return Object.entries(facts.responses).flatMap(([status, response]) =>
    /^2\d\d$/.test(status) ? [response] : [],
  );
}

function look(bodies: readonly BodyFacts[], alternatives: Alternatives): Look {
  const shapes = bodies.flatMap((body) => body.shape ?? []);
  if (shapes.length === 0) return "unseen";
  const found = alternatives.some((keys) => shapes.some((shape) => keys.every((key) => hasKey(shape, key))));
  return found ? "verified" : "missing";
}
