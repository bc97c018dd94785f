// Finds the branch a path belongs to: a word before a variable at each segment, with a way back.
import type { Branch } from "./branch.ts";
import { isHardCore, SUFFIX_MARK, tokenOf } from "./token.ts";

export interface Walk {
  readonly segments: readonly string[];
  readonly wanted: (branch: Branch) => boolean;
}

/** The most specific branch that the whole path leads to and that is wanted; null when there is none. */
export function findBranch(root: Branch, path: string, wanted: (branch: Branch) => boolean): Branch | null {
  if (!path.startsWith("/")) return null;
  return walk(root, { segments: path.slice(1).split("/"), wanted }, 0);
}

function walk(branch: Branch, way: Walk, at: number): Branch | null {
  const segment = way.segments[at];
  if (segment === undefined) return way.wanted(branch) ? branch : null;
  for (const next of nextOf(branch, segment)) {
    const found = walk(next, way, at + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Branches that a segment may lead to, most specific first. */
function nextOf(branch: Branch, segment: string): readonly Branch[] {
  const { core, suffix } = tokenOf(segment);
  const found: Branch[] = [];
  const add = (next: Branch | null | undefined): void => {
    if (next != null && !found.includes(next)) found.push(next);
  };
  const behind = (at: Branch | null | undefined, text: string): Branch | null | undefined =>
    text === "" ? at : at?.words.get(`${SUFFIX_MARK}${text}`);
  add(behind(wordAt(branch, core), suffix));
  const { variable, extension } = branch;
  add(behind(variable, suffix));
  if (extension !== "" && !isHardCore(core) && segment.endsWith(extension)) add(behind(variable, extension));
  // What looks like a suffix may be part of the value.
  if (suffix !== "") add(variable);
  return found;
}

function wordAt({ words, spellings }: Branch, core: string): Branch | undefined {
  const spelling = spellings.get(core);
  return words.get(core) ?? (spelling === undefined ? undefined : words.get(spelling));
}
