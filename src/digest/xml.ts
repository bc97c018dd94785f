// Walks over the tags and texts of XML without building anything: enough for element names, SOAP calls and text values.

export interface XmlText {
  /** Local name of the element or attribute it stands in. */
  readonly name: string;
  readonly text: string;
}

// The leaf scanner looks at 64 KiB of values; more pieces than this are not in there.
const MAX_PIECES = 4096;

/*
  XML 1.0, loosely: "<" [ "/" ] name attributes [ "/" ] ">" | "<!--" … "-->" | "<![CDATA[" … "]]>" | text
  Entities are left as they are; a doctype is skipped, so nothing is ever expanded.
*/
const PIECE = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<([^<>]*)>|([^<]+)/g;

/** Texts and attribute values, in order. */
export function* xmlTexts(xml: string): Generator<XmlText> {
  let name = "";
  let pieces = 0;
  for (const [, cdata, tag, text] of xml.matchAll(PIECE)) {
    pieces += 1;
    if (pieces > MAX_PIECES) return;
    if (tag !== undefined) {
      name = localName(tag) ?? name;
      yield* attributes(tag);
      continue;
    }
    const value = (cdata ?? text ?? "").trim();
    if (value !== "") yield { name, text: value };
  }
}

const TAG = /^([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)/;

/** undefined for closing tags, declarations and doctypes. */
function localName(tag: string): string | undefined {
  return TAG.exec(tag)?.[2];
}

const ATTRIBUTE = /\s([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function* attributes(tag: string): Generator<XmlText> {
  if (!tag.includes("=")) return;
  for (const [, prefix, name = "", double, single] of tag.matchAll(ATTRIBUTE)) {
    const text = double ?? single ?? "";
    if (text !== "" && prefix !== "xmlns:" && name !== "xmlns") yield { name, text };
  }
}

const ENVELOPE = /<(?:[\w.-]+:)?Envelope[\s>]/;
const BODY = /<(?:[\w.-]+:)?Body(?:\s[^<>]*)?>\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/;

/** Local name of the first element in a SOAP body; "" in an envelope that shows none, undefined outside of one. */
export function soapCall(xml: string): string | undefined {
  const envelope = ENVELOPE.exec(xml.slice(0, 4096));
  return envelope === null ? undefined : (BODY.exec(xml)?.[1] ?? "");
}
