// Reads the words out of HTML, so that a fragment of a page is text like any other.

const BLOCKS =
  /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|section|article|header|footer|nav|form|pre|blockquote|option|title|body|html|head|main|aside|label|button)\b[^<>]{0,2000}>/gi;
const TAGS = /<\/?[a-z][^<>]{0,2000}>/gi;
// A page has more; what is asked and answered is among the first.
const MAX_TEXTS = 400;

/** Texts of its blocks. */
export function htmlTexts(html: string): readonly string[] {
  const bare = shown(html).replaceAll(BLOCKS, "\u0000").replaceAll(TAGS, "");
  return bare
    .split("\u0000")
    .map((piece) => readableText(piece).replaceAll(/\s+/g, " ").trim())
    .filter((piece) => piece !== "")
    .slice(0, MAX_TEXTS);
}

const HIDDEN = /<(script|style|template|noscript|svg)\b|<!--/gi;

/** Without scripts, styles and comments; what opens and never closes hides the rest. */
function shown(html: string): string {
  const lower = html.toLowerCase();
  const kept: string[] = [];
  let from = 0;
  for (const found of lower.matchAll(HIDDEN)) {
    if (found.index < from) continue;
    kept.push(html.slice(from, found.index));
    const closing = found[1] === undefined ? "-->" : `</${found[1]}`;
    const end = lower.indexOf(closing, found.index);
    if (end < 0) return kept.join(" ");
    from = end + closing.length;
  }
  kept.push(html.slice(from).replace(/^\s*>/, ""));
  return kept.join(" ");
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** With the entities that XML has, and numeric ones, resolved. */
export function readableText(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === "string") return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : " ";
  });
}
