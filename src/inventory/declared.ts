// Who answers at an endpoint as traffic declares it: the weightiest first, those that contradict each other told.
import { declaredKey } from "../model/declared.ts";
import type { DeclaredFacts } from "../model/declared.ts";
import type { Endpoint } from "../model/inventory.ts";
import { namespaceOf } from "./ownership.ts";

/** Logs and answers come from those who answer; requests may carry what a client wrote. */
const WEIGHTS: Readonly<Record<DeclaredFacts["place"], number>> = {
  log: 0,
  "response.header": 0,
  "request.header": 1,
};

/** Everything declared, in an order that follows from what was heard alone. */
export function declaredAt({ facts }: Pick<Endpoint, "facts">): readonly DeclaredFacts[] {
  const rows = Object.values(facts?.declared?.kept ?? {});
  return rows.length < 2 ? rows : rows.sort(byWeight);
}

function byWeight(a: DeclaredFacts, b: DeclaredFacts): number {
  return (
    WEIGHTS[a.place] - WEIGHTS[b.place] ||
    b.requests - a.requests ||
    (declaredKey(a) < declaredKey(b) ? -1 : 1)
  );
}

/** Namespaces of who answers: as the authority tells it (`name.NAMESPACE.svc`), then as declared. */
export function namespacesAt(endpoint: Pick<Endpoint, "authority" | "facts">): readonly string[] {
  const told = [namespaceOf(endpoint.authority), ...declaredAt(endpoint).map(({ namespace }) => namespace)];
  return [...new Set(told.filter((one) => one !== null))];
}

/** Two names of one kind, or one name in two namespaces: not both can be who answers. */
export function isContradictory(rows: readonly DeclaredFacts[]): boolean {
  return rows.some((a, index) =>
    rows
      .slice(index + 1)
      .some((b) => a.kind === b.kind && (differ(a.name, b.name) || differ(a.namespace, b.namespace))),
  );
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}
