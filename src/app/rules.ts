// What people say of services (documents, pins) in the form absorb asks for it: made once for each revision.
import type { Spec } from "../model/document.ts";
import type { Pin, StoredPin } from "../model/pin.ts";
import type { Matcher } from "../openapi/match.ts";
import { bindingOf, createMatcher } from "../openapi/match.ts";
import { basePathsOf } from "../openapi/servers.ts";
import type { AbsorbContext } from "./absorb.ts";

export interface Rules {
  readonly matcher: Matcher;
  /** The same arrays for the same service, time and again: absorb takes others for news. */
  contextOf(authority: string): AbsorbContext;
}

const NOTHING_SAID = { documentTemplates: [] as readonly string[], pins: [] as readonly Pin[] };

export function rulesOf(said: {
  readonly specs: readonly Spec[];
  readonly pins: readonly StoredPin[];
}): Rules {
  const matcher = createMatcher(said.specs);
  const pins = pinsByAuthority(said.pins);
  // By what binds, not by service: how many services there are is up to whoever sends traffic.
  const templates = new Map<string, readonly string[]>([["", NOTHING_SAID.documentTemplates]]);
  return {
    matcher,
    contextOf(authority) {
      const bound = said.specs.filter((spec) => bindingOf(spec, authority) !== null);
      const key = bound.map(({ id }) => id).join(" ");
      const known = templates.get(key) ?? templatesOf(bound);
      templates.set(key, known);
      return { matcher, documentTemplates: known, pins: pins.get(authority) ?? NOTHING_SAID.pins };
    },
  };
}

function pinsByAuthority(pins: readonly StoredPin[]): ReadonlyMap<string, readonly Pin[]> {
  const groups = new Map<string, Pin[]>();
  for (const { authority, pin } of pins) groups.set(authority, [...(groups.get(authority) ?? []), pin]);
  return groups;
}

/** Each path with each base path it may stand behind. */
function templatesOf(specs: readonly Spec[]): readonly string[] {
  const found = specs.flatMap(({ document }) =>
    document.operations.flatMap((operation) =>
      basePathsOf(document, operation).map((base) => `${base}${operation.path}`),
    ),
  );
  return [...new Set(found)].sort();
}
