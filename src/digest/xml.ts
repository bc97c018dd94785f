// Walks over the tags and texts of XML without building anything: enough for shapes, SOAP calls and text values.

export interface XmlText {
  /** Local name of the element or attribute it stands in. */
  readonly name: string;
  readonly text: string;
}

export interface XmlAttribute {
  /** "" where there is none. */
  readonly prefix: string;
  /** Local name. */
  readonly name: string;
  readonly text: string;
}

/** Names are local names. "unread": there are more pieces than are looked at. */
export type XmlPiece =
  | {
      readonly kind: "open";
      readonly prefix: string;
      readonly name: string;
      readonly attributes: readonly XmlAttribute[];
      /** Ends at once: `<a/>`. */
      readonly isEmpty: boolean;
    }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unread" };

// The leaf scanner looks at 64 KiB of values; more pieces than this are not in there.
const MAX_TEXTS = 4096;
// A megabyte of XML, the most that is kept of a body, has about as many.
const MAX_PIECES = 65_536;

/*
  XML 1.0, loosely: "<" [ "/" ] name attributes [ "/" ] ">" | "<!--" … "-->" | "<![CDATA[" … "]]>" | text
  A doctype is skipped, so nothing but the five entities of XML itself is ever expanded.
*/
const PIECE =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<((?:[^<>"']|"[^"]*"|'[^']*')*)>|([^<]+)/g;

const TAG = /^(\/?)(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)/;

/** Tags and texts in order; comments, declarations and doctypes are passed over. Never throws. */
export function* xmlPieces(xml: string): Generator<XmlPiece> {
  let pieces = 0;
  for (const [, cdata, tag, text] of xml.matchAll(PIECE)) {
    pieces += 1;
    if (pieces > MAX_PIECES) {
      yield { kind: "unread" };
      return;
    }
    if (tag === undefined) {
      const said = cdata ?? unescaped(text ?? "");
      if (said !== "") yield { kind: "text", text: said };
      continue;
    }
    const read = readTag(tag);
    if (read !== null) yield read;
  }
}

function readTag(tag: string): XmlPiece | null {
  const [, slash, prefix = "", name] = TAG.exec(tag) ?? [];
  if (name === undefined) return null;
  if (slash === "/") return { kind: "close", name };
  return { kind: "open", prefix, name, attributes: attributesOf(tag), isEmpty: tag.endsWith("/") };
}

/** Texts and attribute values, in order. */
export function* xmlTexts(xml: string): Generator<XmlText> {
  let name = "";
  let pieces = 0;
  for (const piece of xmlPieces(xml)) {
    pieces += 1;
    if (pieces > MAX_TEXTS) return;
    if (piece.kind === "open") {
      ({ name } = piece);
      for (const { prefix, name: attribute, text } of piece.attributes) {
        if (text !== "" && prefix !== "xmlns" && attribute !== "xmlns") yield { name: attribute, text };
      }
    } else if (piece.kind === "text") {
      const text = piece.text.trim();
      if (text !== "") yield { name, text };
    }
  }
}

const ATTRIBUTE = /\s(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
// More attributes than any element of public formats has.
const MAX_ATTRIBUTES = 64;

function attributesOf(tag: string): readonly XmlAttribute[] {
  if (!tag.includes("=")) return [];
  const found: XmlAttribute[] = [];
  for (const [, prefix = "", name = "", double, single] of tag.matchAll(ATTRIBUTE)) {
    if (found.length === MAX_ATTRIBUTES) break;
    found.push({ prefix, name, text: unescaped(double ?? single ?? "") });
  }
  return found;
}

/** XML 1.0, 4.6: predefined entities. */
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? "");
}

const ENVELOPE = /<(?:[\w.-]+:)?Envelope[\s>]/;
const BODY = /<(?:[\w.-]+:)?Body(?:\s[^<>]*)?>\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/;

/** Local name of the first element in a SOAP body; "" in an envelope that shows none, undefined outside of one. */
export function soapCall(xml: string): string | undefined {
  const envelope = ENVELOPE.exec(xml.slice(0, 4096));
  return envelope === null ? undefined : (BODY.exec(xml)?.[1] ?? "");
}
