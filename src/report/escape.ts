// Makes text from traffic harmless for where it is shown: names, paths and hosts are written by whoever sends requests.

/** C0, C1, DEL, bidi and zero-width marks: they move cursors, hide text or reverse it. */
// oxlint-disable-next-line no-control-regex -- finding control characters is the point
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function visible(text: string): string {
  return text.replace(INVISIBLE, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** For terminals: nothing that a terminal would act on. */
export function escapeTerminal(text: string): string {
  return visible(text);
}

const HTML_MARKS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For HTML text and quoted attributes. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (mark) => HTML_MARKS[mark] ?? mark);
}

/** For one Markdown table cell or sentence: no markup, links, images, HTML or line breaks. */
export function escapeMarkdown(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]()#+!|<>~&@:]/g, (mark) => (mark === ":" ? "&#58;" : `\\${mark}`));
}

/** For one CSV field (RFC 4180), safe against spreadsheets that would run it as a formula. */
export function escapeCsv(text: string): string {
  const shown = visible(text);
  const inert = /^[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",\n\r']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** JSON text of `value`, indented; invisible and bidi marks stay escaped so that a terminal shows them. */
export function jsonText(value: unknown): string {
  // Line breaks are the indentation; inside strings JSON has already escaped them.
  return JSON.stringify(value, null, 2).replace(INVISIBLE, (mark) => (mark === "\n" ? mark : visible(mark)));
}
