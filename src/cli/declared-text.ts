// Who answers as declared, in words for a terminal.

/** As the API gives it. */
export interface DeclaredRow {
  readonly kind: string;
  readonly name: string | null;
  readonly namespace: string | null;
  readonly labels: readonly string[];
  readonly place: string;
  readonly header: string | null;
  readonly requests: number;
}

export const DECLARED_HEAD = ["DECLARED", "KIND", "LABELS", "BY", "REQUESTS"];

export function declaredCells(row: DeclaredRow): readonly string[] {
  const { kind, labels, place, header, requests } = row;
  return [
    declaredName(row),
    kind,
    labels.join(" "),
    header === null ? place : `${place} ${header}`,
    `${requests}`,
  ];
}

/** `namespace/name`. */
export function declaredName({ name, namespace }: Pick<DeclaredRow, "name" | "namespace">): string {
  return namespace === null ? (name ?? "") : `${namespace}/${name ?? "*"}`;
}
