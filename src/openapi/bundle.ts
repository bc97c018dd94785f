// Makes one document of several files: path items and operations that stand in files beside it are brought in.
import { parsed, weird } from "../model/parsed.ts";
import type { Parsed, Weird } from "../model/parsed.ts";
import { readText } from "./import.ts";
import type { JsonObject } from "./reference.ts";
import { isObject, own, pointed, text } from "./reference.ts";

/** The whole text; or names of files to give along, relative to the folder of the first; or why it cannot be. */
export type Bundled =
  | { readonly kind: "whole"; readonly text: string }
  | { readonly kind: "needs"; readonly files: readonly string[] }
  | { readonly kind: "refused"; readonly weird: Weird };

/** Chains in published documents are at most three long; more is a loop. */
const MAX_HOPS = 16;
/** Names of places and files in reasons. */
const MAX_ECHO = 120;

interface Bundling {
  readonly root: JsonObject;
  readonly files: ReadonlyMap<string, string>;
  readonly read: Map<string, unknown>;
  readonly missing: Set<string>;
  weird: Weird | null;
  /** Something stood in another file. */
  isSpread: boolean;
}

/** `files` by name relative to the folder of `source`. A document in one file is given back as it is. */
export function bundle(source: string, files: ReadonlyMap<string, string>): Bundled {
  const root = readText(source);
  // Why it cannot be read is told when it is imported.
  if (!root.ok || !isObject(root.value)) return { kind: "whole", text: source };
  const work: Bundling = {
    root: root.value,
    files,
    read: new Map(),
    missing: new Set(),
    weird: null,
    isSpread: false,
  };
  const paths = inlined(work, own(root.value, "paths"), "paths");
  const items = isObject(paths.value) ? Object.entries(paths.value) : [];
  const whole = items.map(([path, item]) => [path, pathItem(work, item, { file: paths.file, place: path })]);
  if (work.weird !== null) return { kind: "refused", weird: work.weird };
  if (work.missing.size > 0) return { kind: "needs", files: [...work.missing].sort() };
  if (!work.isSpread) return { kind: "whole", text: source };
  return { kind: "whole", text: JSON.stringify({ ...root.value, paths: Object.fromEntries(whole) }) };
}

interface From {
  readonly file: string;
  readonly place: string;
}

function pathItem(work: Bundling, value: unknown, { file, place }: From): unknown {
  const item = inlined(work, value, place, file);
  if (!isObject(item.value)) return item.value;
  const members = Object.entries(item.value).map(([name, member]) => {
    if (text(member, "$ref") === null) return [name, member];
    return [name, inlined(work, member, `${name} ${place}`, item.file).value];
  });
  return Object.fromEntries(members);
}

interface Inlined {
  readonly value: unknown;
  /** File it stands in, "" for the first. */
  readonly file: string;
}

/** The value, or what its reference leads to in this or another file. References within the first file stay. */
function inlined(work: Bundling, value: unknown, place: string, from = ""): Inlined {
  let held: Inlined = { value, file: from };
  for (let hops = 0; hops <= MAX_HOPS; hops += 1) {
    const ref = text(held.value, "$ref");
    if (ref === null || (held.file === "" && ref.startsWith("#"))) return held;
    const next = follow(work, ref, held.file);
    if (!next.ok) return refuse(work, place, next.weird, held);
    if (next.value === null) return held;
    held = next.value;
  }
  return refuse(work, place, { name: "openapi.ref-loop", detail: "refers to itself" }, held);
}

/** The first reason is told. */
function refuse(work: Bundling, place: string, { name, detail = "" }: Weird, held: Inlined): Inlined {
  work.weird ??= { name, detail: `${place.slice(0, MAX_ECHO)}: ${detail}` };
  return held;
}

/** null while the file is not there yet. */
function follow(work: Bundling, ref: string, from: string): Parsed<Inlined | null> {
  const [name = "", pointer = ""] = ref.split("#", 2);
  const file = name === "" ? parsed(from) : fileName(from, name);
  if (!file.ok) return file;
  const tree = treeOf(work, file.value);
  if (!tree.ok) return tree;
  if (tree.value === null) return parsed(null);
  if (file.value !== "") work.isSpread = true;
  const value = pointer === "" ? tree.value : pointed(tree.value as JsonObject, pointer);
  if (value === undefined)
    return weird("openapi.ref-unresolved", `${ref.slice(0, MAX_ECHO)} leads to nothing`);
  return parsed({ value, file: file.value });
}

function treeOf(work: Bundling, file: string): Parsed<unknown> {
  if (file === "") return parsed(work.root);
  const known = work.read.get(file);
  if (known !== undefined) return parsed(known);
  const source = work.files.get(file);
  if (source === undefined) {
    work.missing.add(file);
    return parsed(null);
  }
  const read = readText(source);
  if (!read.ok) return weird(read.weird.name, `${file.slice(0, MAX_ECHO)}: ${read.weird.detail ?? ""}`);
  work.read.set(file, read.value);
  return read;
}

/** The file's name relative to the folder of the first; refused when it is elsewhere. */
function fileName(from: string, name: string): Parsed<string> {
  const echo = name.slice(0, MAX_ECHO);
  if (/^(?:[a-z][a-z0-9+.-]*:|\/|\\)/i.test(name)) {
    return weird(
      "openapi.ref-remote",
      `${echo} is not a file beside the document; fetch it there, nothing is downloaded`,
    );
  }
  const parts = from.split("/").slice(0, -1);
  for (const part of decoded(name).split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined)
        return weird("openapi.ref-remote", `${echo} is outside the document's folder`);
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parsed(parts.join("/"));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
