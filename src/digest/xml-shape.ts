// Drafts the shape of an XML document: elements, attributes and texts as fields, so that it joins like any other shape.
import type { Draft } from "./draft.ts";
import { draftArray, draftLexeme, draftString, emptyDraft } from "./draft.ts";
import type { SafeName } from "./names.ts";
import { xmlPieces } from "./xml.ts";
import type { XmlAttribute, XmlPiece } from "./xml.ts";

/*
  An element is an object whose fields are arrays of the elements of one name in it, in the words of src/model/shape.ts:
    name            elements of that local name, each an item
    @name           an attribute
    @xmlns          the element is in a namespace that is told by nothing but its declaration: `@xmlns:p=URI`
    #text           text beside attributes or elements
  An element with text alone is that text; `xsi:nil` is null. The document is an object with its root as only field.
*/

/** As `JsonOutcome`. */
export type XmlOutcome = "whole" | "cut" | "bad";

// As for JSON: deeper nesting is described as "anything".
const MAX_DEPTH = 16;
// One body cannot have more places than an operation may have.
const MAX_LOCATIONS = 4096;

interface Frame {
  readonly name: string;
  readonly draft: Draft;
  readonly elements: Map<string, number>;
  /** URI of the default namespace and of prefixes, as far as they were declared. */
  readonly scope: ReadonlyMap<string, string>;
  text: string;
  isNil: boolean;
  hasAttributes: boolean;
}

interface Walk {
  readonly safeName: SafeName;
  readonly open: Frame[];
  locations: number;
  /** Elements open below the deepest that is described. */
  below: number;
}

const BAD = { outcome: "bad", draft: emptyDraft() } as const;

/** The draft of the document; what a cut one ends with is described, not counted. */
export function draftXml(
  xml: string,
  complete: boolean,
  safeName: SafeName,
): { readonly outcome: XmlOutcome; readonly draft: Draft } {
  const document = frame("", emptyDraft(), new Map());
  const walk: Walk = { safeName, open: [document], locations: 0, below: 0 };
  let isRead = complete;
  for (const piece of xmlPieces(xml)) {
    if (piece.kind === "unread") isRead = false;
    else if (!take(walk, piece)) return BAD;
  }
  const isWhole = walk.open.length === 1 && walk.below === 0 && document.elements.size === 1;
  if (isRead && !isWhole) return BAD;
  if (!isWhole) return { outcome: "cut", draft: document.draft };
  close(document);
  return { outcome: "whole", draft: document.draft };
}

function frame(name: string, draft: Draft, scope: ReadonlyMap<string, string>): Frame {
  return { name, draft, elements: new Map(), scope, text: "", isNil: false, hasAttributes: false };
}

/** false: a closing tag closes nothing, or another element. */
function take(walk: Walk, piece: Exclude<XmlPiece, { readonly kind: "unread" }>): boolean {
  const top = walk.open.at(-1) as Frame;
  if (piece.kind === "text") {
    if (walk.below === 0 && walk.open.length > 1) top.text += piece.text;
    return true;
  }
  if (piece.kind === "open") {
    openElement(walk, top, piece);
    return true;
  }
  if (walk.below > 0) {
    walk.below -= 1;
    return true;
  }
  if (walk.open.length === 1 || top.name !== piece.name) return false;
  close(top);
  walk.open.pop();
  return true;
}

function openElement(walk: Walk, parent: Frame, piece: Extract<XmlPiece, { readonly kind: "open" }>): void {
  const items = walk.below > 0 || walk.open.length > MAX_DEPTH ? null : itemsOf(walk, parent, piece);
  if (items === null) {
    parent.draft.any = true;
    if (!piece.isEmpty) walk.below += 1;
    return;
  }
  const scope = declaredIn(piece.attributes, parent.scope);
  const made = frame(piece.name, items, scope);
  for (const attribute of piece.attributes) note(walk, made, attribute);
  noteNamespace(walk, made, { prefix: piece.prefix, outer: parent.scope });
  if (piece.isEmpty) close(made);
  else walk.open.push(made);
}

/** Where elements of this name are described; null when one body has too many places. */
function itemsOf(walk: Walk, parent: Frame, { name }: { readonly name: string }): Draft | null {
  const key = walk.safeName(name);
  const place = fieldOf(walk, parent.draft, key);
  if (place === null) return null;
  parent.elements.set(key, (parent.elements.get(key) ?? 0) + 1);
  place.items ??= emptyDraft();
  return place.items;
}

function fieldOf(walk: Walk, draft: Draft, key: string): Draft | null {
  draft.fields ??= new Map();
  const known = draft.fields.get(key);
  if (known !== undefined) return known;
  if (walk.locations >= MAX_LOCATIONS) return null;
  walk.locations += 1;
  const made = emptyDraft();
  draft.fields.set(key, made);
  return made;
}

function declaredIn(
  attributes: readonly XmlAttribute[],
  scope: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const declared = attributes.filter(isDeclaration);
  if (declared.length === 0) return scope;
  return new Map([
    ...scope,
    ...declared.map(({ prefix, name, text }) => [prefix === "" ? "" : name, text] as const),
  ]);
}

function isDeclaration({ prefix, name }: XmlAttribute): boolean {
  return prefix === "xmlns" || (prefix === "" && name === "xmlns");
}

/** Of http://www.w3.org/2001/XMLSchema-instance: they speak of the document, not of what it is about. */
function isAboutSchema({ prefix }: XmlAttribute): boolean {
  return prefix === "xsi";
}

function note(walk: Walk, made: Frame, attribute: XmlAttribute): void {
  if (isDeclaration(attribute)) return;
  if (isAboutSchema(attribute)) {
    made.isNil ||= attribute.name === "nil" && /^(?:true|1)$/.test(attribute.text);
    return;
  }
  const field = fieldOf(walk, made.draft, `@${walk.safeName(attribute.name)}`);
  if (field === null) return;
  made.hasAttributes = true;
  draftLexeme(field, attribute.text);
  field.count += 1;
}

/** Noted where a prefix says it, or where the default namespace begins. */
function noteNamespace(
  walk: Walk,
  { draft, scope }: Frame,
  { prefix, outer }: { readonly prefix: string; readonly outer: ReadonlyMap<string, string> },
): void {
  const uri = scope.get(prefix);
  if (uri === undefined || (prefix === "" && outer.get("") === uri) || !isPublic(uri, walk.safeName)) return;
  const field = fieldOf(
    walk,
    draft,
    prefix === "" ? `@xmlns=${uri}` : `@xmlns:${walk.safeName(prefix)}=${uri}`,
  );
  if (field !== null) field.count += 1;
}

const NAMESPACE = /^(?:https?:\/\/|urn:)[\w.:/#-]{1,120}$/;

/** A namespace is a name as long as no part of it is a value. */
function isPublic(uri: string, safeName: SafeName): boolean {
  if (!NAMESPACE.test(uri)) return false;
  const parts = uri.replace(/^https?:\/\//, "").split(/[/:#]/);
  return parts.every((part) => /^\d{1,4}$/.test(part) || part === "" || !safeName(part).startsWith("{"));
}

/** The element has ended: what stood in it is counted. */
function close(held: Frame): void {
  const { draft, elements, isNil, hasAttributes } = held;
  const said = held.text.trim();
  draft.count += 1;
  if (isNil) draft.nulls += 1;
  else if (elements.size === 0 && !hasAttributes) draftSaid(draft, said);
  else closeObject(held, said);
}

function draftSaid(draft: Draft, said: string): void {
  if (said === "") draftString(draft, "", 0);
  else draftLexeme(draft, said);
}

function closeObject({ draft, elements }: Frame, said: string): void {
  draft.objects += 1;
  for (const [name, times] of elements) {
    const place = draft.fields?.get(name) as Draft;
    place.count += 1;
    draftArray(place, times, 0);
  }
  if (said === "" || draft.fields === null) return;
  const field = draft.fields.get("#text") ?? emptyDraft();
  draft.fields.set("#text", field);
  field.count += 1;
  draftLexeme(field, said);
}
