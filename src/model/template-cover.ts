// Whether everything that fits one path template fits another one too.
import { skeletonOf } from "./identity.ts";

/** `/users/{id}` covers `/users/me` and `/users/{name}`, not `/users` and not `/users/{id}/orders`. */
export function covers(wide: string, narrow: string): boolean {
  const [outer, inner] = [skeletonOf(wide).split("/"), skeletonOf(narrow).split("/")];
  return (
    outer.length === inner.length && outer.every((segment, at) => coversSegment(segment, inner[at] ?? ""))
  );
}

function coversSegment(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === "{}") return true;
  const [before, after, ...more] = wide.split("{}");
  if (before === undefined || after === undefined || more.length > 0) return false;
  return narrow.length > before.length + after.length && narrow.startsWith(before) && narrow.endsWith(after);
}
