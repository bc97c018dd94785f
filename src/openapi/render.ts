// An exported document as text: the same document always gives the same bytes.
import type { OpenAPIV3_1 } from "openapi-types";
import { stringify } from "yaml";

/** JSON, indented, with a newline at the end. */
export function renderJson(document: OpenAPIV3_1.Document): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** YAML 1.2 without folded lines and without aliases, which some tools do not read. */
export function renderYaml(document: OpenAPIV3_1.Document): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}
