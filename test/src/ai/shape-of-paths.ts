// A shape that has the given key paths (`a.*.b`; `*` is an item of an array).
import type { Shape } from "../../../src/model/shape.ts";
import { aShapeOf, anArrayOf } from "../inventory/an-endpoint.ts";
import type { FieldTree } from "../inventory/an-endpoint.ts";

export function shapeOfPaths(paths: readonly string[]): Shape {
  const items = paths.filter((path) => path.startsWith("*.")).map((path) => path.slice(2));
  return items.length > 0 ? anArrayOf(aShapeOf(treeOf(items))) : aShapeOf(treeOf(paths));
}

function treeOf(paths: readonly string[]): FieldTree {
  const tree: Record<string, FieldTree | null> = {};
  for (const path of paths) {
    const [, name = "", star, rest] = /^([^.]+)(\.\*)?(?:\.(.+))?$/.exec(path) ?? [];
    const key = star === undefined ? name : `${name}[]`;
    const deeper = paths.flatMap((other) =>
      other.startsWith(`${name}${star ?? ""}.`) ? [other.slice(name.length + (star?.length ?? 0) + 1)] : [],
    );
    tree[key] = rest === undefined && deeper.length === 0 ? null : treeOf(deeper);
  }
  return tree;
}
