// Writes a branch as a path template: words, and variables named by people, by returned fields or by what stood there.
import type { Returned } from "../../model/grouping-facts.ts";
import { REST } from "../../model/route.ts";
import type { Pin } from "../../model/pin.ts";
import type { PathTemplate, Variable } from "../../model/template.ts";
import { nameTemplate, singular } from "../../model/template.ts";
import type { Branch } from "./branch.ts";
import { chainOf } from "./branch.ts";
import { namesOf } from "./returned.ts";
import { isHardCore, SUFFIX_MARK, tokenClass } from "./token.ts";

export interface NamingTools {
  readonly returned: Returned;
  /** Pinned names by place: `/users/{}`. */
  readonly pinned: ReadonlyMap<string, string>;
}

export function pinnedNames(pins: readonly Pin[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { kind, path, name } of pins) {
    if (kind === "rename" && name !== null) names.set(path.replaceAll(/\{[^{}]*\}/g, "{}"), name);
  }
  return names;
}

export function templateFor(branch: Branch, tools: NamingTools): PathTemplate {
  const variables: Variable[] = [];
  let skeleton = "";
  let before = "";
  for (const at of chainOf(branch)) {
    if (at.label.startsWith(SUFFIX_MARK)) skeleton += at.label.slice(1);
    else skeleton += `/${at.label}`;
    if (at.label === "{}") variables.push(variableOf(at, before, tools));
    else {
      for (const classes of at.place.slots) variables.push({ class: oneClass([...classes]) });
      if (!at.label.startsWith(SUFFIX_MARK)) before = at.label;
    }
  }
  return nameTemplate(skeleton === "" ? "/" : skeleton, variables);
}

function variableOf(branch: Branch, before: string, tools: NamingTools): Variable {
  const classes = branch.values.filter((name) => name !== REST).map(classOfValue);
  const tokenClass = oneClass(classes);
  const pinned = tools.pinned.get(`/${branch.around.join("/")}`);
  if (pinned !== undefined) return { class: tokenClass, named: "person", name: pinned };
  const name = returnedName(branch, before, tools);
  return name === null ? { class: tokenClass } : { class: tokenClass, named: "evidence", name };
}

/** Classes as they are shown: the value's form, not how sure it was. */
function classOfValue(core: string): string {
  if (isHardCore(core)) return core.slice(1, -1);
  const name = tokenClass(core);
  return SHOWN[name] ?? name;
}

const SHOWN: Readonly<Record<string, string>> = {
  "short-hex": "hex",
  letter: "word",
  "code-digits": "code",
  "slug-digits": "slug",
  "snake-digits": "snake",
  "camel-digits": "mixed",
  dotted: "mixed",
};

/** Words of one kind differ in spelling only; numbers and words together are "mixed". */
function oneClass(classes: readonly string[]): string {
  const found = new Set(classes);
  const [only = "mixed"] = found;
  if (found.size <= 1) return only;
  const isText = [...found].every((name) => TEXTS.has(name));
  return isText ? (found.has("slug") ? "slug" : "word") : "mixed";
}

const TEXTS: ReadonlySet<string> = new Set(["word", "slug", "snake", "camel", "language"]);

// A name that few of the values were returned under is chance.
const ENOUGH = 0.5;

/** The field that gave the values away, where it says more than "id" does: `login`, `slug`, `orderNumber`. */
function returnedName({ hashes }: Branch, before: string, { returned }: NamingTools): string | null {
  const counts = new Map<string, number>();
  for (const hash of hashes) {
    for (const name of namesOf(returned, hash)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const [best] = ranked;
  if (best === undefined || best[1] < 2 || best[1] < ENOUGH * Math.min(hashes.length, reachOf(returned)))
    return null;
  return spoken(best[0], before);
}

/** Of the values only those in the sample can be found there. */
function reachOf({ kept }: Returned): number {
  return Object.values(kept).reduce((most, hashes) => Math.max(most, hashes.length), 0);
}

/** `id` and `uuid` alone are the usual name already; `name` and `key` say whose. */
function spoken(field: string, before: string): string | null {
  const words = field
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const camel = words.map((word, index) => (index === 0 ? word.toLowerCase() : capital(word))).join("");
  if (camel === "" || /^\d/.test(camel) || /^(?:ids?|uuid|guid)$/.test(camel)) return null;
  const owner = singular(
    before
      .split(/[^A-Za-z0-9]+/)
      .filter((word) => word !== "")
      .at(-1) ?? "",
  );
  if (/^(?:name|key|code|number|no|ref|reference|version|path|date)$/.test(camel) && /^[A-Za-z]/.test(owner))
    return `${owner.charAt(0).toLowerCase()}${owner.slice(1)}${capital(camel)}`;
  return camel;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
