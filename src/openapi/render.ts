// An exported document as text: the same document always gives the same bytes.
import type { OpenAPIV3, OpenAPIV3_1 } from "openapi-types";
import { Document, Scalar, visit } from "yaml";

type AnyDocument = OpenAPIV3_1.Document | OpenAPIV3.Document;

/*
  DEL and C1 controls, zero-width and bidi marks, the byte order mark: they hide or reverse text where it is shown, and
  traffic may have written them into a path. JSON and YAML only must escape C0 controls.
*/
const UNSEEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function escaped(text: string): string {
  return text.replace(UNSEEN, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** JSON, indented, with a newline at the end. */
export function renderJson(document: AnyDocument): string {
  return `${escaped(JSON.stringify(document, null, 2))}\n`;
}

/** YAML 1.2 without folded lines and without aliases, which some tools do not read. */
export function renderYaml(document: AnyDocument): string {
  const made = new Document(document, { aliasDuplicateObjects: false });
  visit(made, {
    Scalar(_, node) {
      // Escapes are only such within double quotes.
      if (typeof node.value === "string" && node.value.search(UNSEEN) >= 0) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escaped(made.toString({ lineWidth: 0 }));
}
