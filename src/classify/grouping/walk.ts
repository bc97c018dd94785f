// Finds the branch a path belongs to: a word before a variable at each segment, with a way back.
import type { Branch, Chain } from "./branch.ts";
import { isHardCore, SUFFIX_MARK, tokenOf } from "./token.ts";

export interface Walk {
  readonly segments: readonly string[];
  readonly wanted: (branch: Branch) => boolean;
}

/** From the root to the most specific branch that the whole path leads to and that is wanted; null for none. */
export function findBranch(root: Branch, path: string, wanted: (branch: Branch) => boolean): Chain | null {
  if (!path.startsWith("/")) return null;
  const chain = [root];
  return walk(chain, { segments: path.slice(1).split("/"), wanted }, 0) ? chain : null;
}

/** Adds the rest of the way to the chain. */
function walk(chain: Branch[], way: Walk, at: number): boolean {
  const branch = chain.at(-1) as Branch;
  const segment = way.segments[at];
  if (segment === undefined) return way.wanted(branch);
  const above = chain.length;
  return findWay(branch, segment, (next, behind) => {
    chain.push(next);
    if (behind !== null) chain.push(behind);
    const isFound = walk(chain, way, at + 1);
    if (!isFound) chain.length = above;
    return isFound;
  });
}

/** Of the path's segments, as far as any branch leads, whether each is a value. */
export function valuesAlong(root: Branch, path: string): readonly boolean[] {
  return path.startsWith("/") ? farthest(root, path.slice(1).split("/"), 0) : [];
}

/** Of several ways equally far, the most specific. */
function farthest(branch: Branch, segments: readonly string[], at: number): readonly boolean[] {
  const segment = segments[at];
  let best: readonly boolean[] = [];
  if (segment === undefined) return best;
  findWay(branch, segment, (next, behind) => {
    const rest = farthest(behind ?? next, segments, at + 1);
    if (rest.length + 1 > best.length) best = [next === branch.variable, ...rest];
    return best.length === segments.length - at;
  });
  return best;
}

type Take = (next: Branch, behind: Branch | null) => boolean;

/** Offers where a segment may lead, most specific first, and behind it the branch of its suffix, until one is taken. */
function findWay(branch: Branch, segment: string, take: Take): boolean {
  const { core, suffix } = tokenOf(segment);
  const { extension } = branch;
  // What "/" ends with is nobody's value.
  const variable = segment === "" ? null : branch.variable;
  const isExtended =
    extension !== "" && extension !== suffix && !isHardCore(core) && segment.endsWith(extension);
  return (
    takeWith(wordAt(branch, core), suffix, take) ||
    takeWith(variable, suffix, take) ||
    (isExtended && takeWith(variable, extension, take)) ||
    // What looks like a suffix may be part of the value.
    (suffix !== "" && takeWith(variable, "", take))
  );
}

function takeWith(next: Branch | null | undefined, suffix: string, take: Take): boolean {
  if (next == null) return false;
  if (suffix === "") return take(next, null);
  const behind = next.words.get(`${SUFFIX_MARK}${suffix}`);
  return behind !== undefined && take(next, behind);
}

function wordAt({ words, spellings }: Branch, core: string): Branch | undefined {
  const word = words.get(core);
  if (word !== undefined || spellings.size === 0) return word;
  const spelling = spellings.get(core);
  return spelling === undefined ? undefined : words.get(spelling);
}
