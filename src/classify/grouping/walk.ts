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
  return walk([root], { segments: path.slice(1).split("/"), wanted }, 0);
}

function walk(chain: Chain, way: Walk, at: number): Chain | null {
  const branch = chain.at(-1) as Branch;
  const segment = way.segments[at];
  if (segment === undefined) return way.wanted(branch) ? chain : null;
  for (const ahead of nextOf(branch, segment)) {
    const found = walk([...chain, ...ahead], way, at + 1);
    if (found !== null) return found;
  }
  return null;
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
  for (const ahead of nextOf(branch, segment)) {
    const rest = farthest(ahead.at(-1) as Branch, segments, at + 1);
    if (rest.length + 1 > best.length) best = [ahead[0] === branch.variable, ...rest];
    if (best.length === segments.length - at) break;
  }
  return best;
}

/** Ways that a segment may lead on, most specific first: to a branch, and behind it to that of its suffix. */
function nextOf(branch: Branch, segment: string): readonly Chain[] {
  const { core, suffix } = tokenOf(segment);
  const found: Chain[] = [];
  const add = (next: Branch | null | undefined, text: string): void => {
    if (next == null) return;
    const behind = text === "" ? undefined : next.words.get(`${SUFFIX_MARK}${text}`);
    const isKnown = found.some((other) => other.at(-1) === (behind ?? next));
    if (!isKnown && (text === "" || behind !== undefined))
      found.push(behind === undefined ? [next] : [next, behind]);
  };
  add(wordAt(branch, core), suffix);
  const { variable, extension } = branch;
  add(variable, suffix);
  if (extension !== "" && !isHardCore(core) && segment.endsWith(extension)) add(variable, extension);
  // What looks like a suffix may be part of the value.
  if (suffix !== "") add(variable, "");
  return found;
}

function wordAt({ words, spellings }: Branch, core: string): Branch | undefined {
  const spelling = spellings.get(core);
  return words.get(core) ?? (spelling === undefined ? undefined : words.get(spelling));
}
