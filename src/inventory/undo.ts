// Which pins take back what an event of grouping tells.
import { skeletonOf } from "../model/identity.ts";
import type { InventoryEvent } from "../model/inventory.ts";
import type { Pin } from "../model/pin.ts";

/** null for events that tell of something else. */
export function undoPins(event: InventoryEvent): readonly Pin[] | null {
  if (event.type === "endpoint-split") return pinsBetween("merge", event.path, event.fromPath);
  if (event.type !== "endpoints-merged") return null;
  const pins = event.merged.flatMap(({ path }) => pinsBetween("split", path, event.path));
  return [...new Map(pins.map((pin) => [pin.path, pin])).values()];
}

/** One for each route word of `narrow` that is a variable of `wide`. */
function pinsBetween(kind: "merge" | "split", narrow: string, wide: string): readonly Pin[] {
  const [words, variables] = [skeletonOf(narrow).split("/"), skeletonOf(wide).split("/")];
  return words.flatMap((word, at) => {
    if (word.includes("{}") || word === variables[at]) return [];
    const path = [...variables.slice(0, at), word].join("/");
    return [{ kind, path, name: null }];
  });
}
