// What a type may be called, from the field or the path it stands under.
import { singular } from "../model/template.ts";

/** Words that say how data is wrapped, not what it is: what is in them is called by what is around them. */
const WRAPPERS: ReadonlySet<string> = new Set(
  "data items results result records rows entries list lists values value objects object hits edges node nodes response payload content elements collection embedded".split(
    " ",
  ),
);

/** Segments that say how an API is reached, not what it is about. */
const FRAME = /^(?:api|apis|rest|rpc|service|services|public|internal|v\d[\w.]*|[\d.-]+)$/i;

/** `line-items` and `lineItems` become `LineItem`; "" where no letter is left. */
export function typeName(text: string): string {
  const words = text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const last = words.length - 1;
  const name = words
    .map((word, index) => (index === last ? singular(word) : word))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return /^[A-Za-z]/.test(name) ? name.slice(0, MAX_NAME) : "";
}

// Names of types in public API descriptions are seldom longer.
const MAX_NAME = 64;

/** The name of an object in the field `field` of an object called `owner`. */
export function fieldTypeName(field: string, owner: string): string {
  if (field === "" || WRAPPERS.has(field.toLowerCase().replace(/^_+/, "")))
    return owner.replace(/(?<=.)List$/, "");
  const name = typeName(field);
  if (name === "") return owner;
  return GENERIC.has(name) ? `${owner}${name}`.slice(0, MAX_NAME) : name;
}

/** Say something only together with what they belong to. */
const GENERIC: ReadonlySet<string> = new Set(
  "Attribute Option Config Configuration Setting Detail Info Metadata Meta Property Param Parameter Status State Type Relationship Link Spec Context".split(
    " ",
  ),
);

/** What a body at `path` may be called: `Pet` for `/pets/{id}`, `PetList` for what wraps the list at `/pets`. */
export function bodyTypeName(path: string, isCollection: boolean): string {
  const words = path.split("/").filter((segment) => segment !== "" && !segment.includes("{"));
  const word = words.findLast((held) => !FRAME.test(held)) ?? "";
  const name = typeName(word.replace(/:.*$|\.[a-z]{1,5}$/i, "")) || "Body";
  const isPlural = path.endsWith(word) && word !== "" && typeName(`${word}x`) !== `${name}x`;
  return isCollection && isPlural ? `${name}List` : name;
}

/** The name most uses suggest; the shorter, then the first of the alphabet among equals. */
export function mostUsed(names: ReadonlyMap<string, number>): string {
  const [best] = [...names].sort(([a, x], [b, y]) => y - x || a.length - b.length || (a < b ? -1 : 1));
  return best?.[0] ?? "";
}
