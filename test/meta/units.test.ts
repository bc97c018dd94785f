// Adding a unit is adding a file: nobody else keeps a list of them.
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { UNIT_FOLDERS, read, sources, unitIdsOf } from "./repository.ts";

type Literals = readonly string[];

/** The string literals of each array, union type, Set or object with literal keys in a file. */
function literalLists(file: string): readonly Literals[] {
  const lists: Literals[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node))
      lists.push(node.elements.filter(ts.isStringLiteralLike).map(({ text }) => text));
    if (ts.isUnionTypeNode(node)) lists.push(node.types.flatMap(literalOf));
    if (ts.isCaseBlock(node)) lists.push(node.clauses.flatMap(caseOf));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2023));
  return lists;
}

function literalOf(node: ts.TypeNode): Literals {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? [node.literal.text] : [];
}

function caseOf(clause: ts.CaseOrDefaultClause): Literals {
  return ts.isCaseClause(clause) && ts.isStringLiteral(clause.expression) ? [clause.expression.text] : [];
}

describe.each(UNIT_FOLDERS)("%s", (folder) => {
  test("has units", () => {
    expect(unitIdsOf(folder).length).toBeGreaterThan(0);
  });

  test("no list elsewhere names its units", () => {
    const ids = new Set(unitIdsOf(folder));
    const closed = sources("src", "collectors")
      .filter((file) => !file.startsWith(`${folder}/`))
      .flatMap((file) =>
        literalLists(file).map((list) => ({ file, units: list.filter((text) => ids.has(text)), list })),
      )
      // Words in common with another closed set are a coincidence; a list of nothing else, or of most units, is not.
      .filter(
        ({ units, list }) =>
          units.length >= 2 && (units.length === list.length || units.length > ids.size / 2),
      )
      .map(({ file, units }) => `${file}: ${units.join(", ")}`);
    expect(closed).toEqual([]);
  });
});
