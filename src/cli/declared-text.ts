// Who answers as declared, in words for a terminal.
import type { DeclaredFacts } from "../model/declared.ts";
import { declaredName } from "../model/declared.ts";

export const DECLARED_HEAD = ["DECLARED", "KIND", "LABELS", "BY", "REQUESTS"];

export function declaredCells(row: DeclaredFacts): readonly string[] {
  const { kind, labels, place, header, requests } = row;
  return [
    declaredName(row),
    kind,
    labels.join(" "),
    header === null ? place : `${place} ${header}`,
    `${requests}`,
  ];
}
