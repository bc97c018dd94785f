// Tells folders of files from routes: what stands there are names that people gave, however deep.
import type { Place } from "./place.ts";
import { isHardCore, SUFFIX_MARK } from "./token.ts";

// Fewer files may be routes that are called like files: a feed, a manifest, a favicon.
const FILES = 4;
const KINDS = 2;
/** Share of files in all that is asked for there by name. */
const NEARLY_ALL = 0.7;
// Looked at until this many names are known; more tell the same.
const ENOUGH = 200;

/** Behind these, what a path ends with is how a route is written, or a format it answers in. */
const FILE = /^[^.].*\.(?!(?:json|xml|csv|php|html?|aspx?|jsp|do|cgi|action)$)([a-z][a-z0-9]{0,4})$/i;

const known = new WeakMap<Place, boolean>();

/** Nearly all that ends at or below the place is called like a file, of several kinds. */
export function isFileTree(place: Place): boolean {
  const found = known.get(place) ?? isFull(place);
  known.set(place, found);
  return found;
}

function isFull(place: Place): boolean {
  const names = new Map<string, string>();
  gather(place, names);
  const files = [...names.values()].filter((kind) => kind !== "");
  return files.length >= FILES && files.length >= NEARLY_ALL * names.size && new Set(files).size >= KINDS;
}

/** Names that routes end with, to their extensions; "" for none. Values by form tell nothing. */
function gather({ children }: Place, names: Map<string, string>): void {
  for (const [name, child] of children) {
    if (names.size >= ENOUGH) return;
    const isNamed = !isHardCore(name) && !name.startsWith(SUFFIX_MARK);
    if (isNamed && child.ends.size > 0) names.set(name, FILE.exec(name)?.[1]?.toLowerCase() ?? "");
    gather(child, names);
  }
}
