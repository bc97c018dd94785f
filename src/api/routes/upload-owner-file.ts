// POST /owner-files: CODEOWNERS, catalog-info.yaml or rules of our own; every owner is settled anew with it.
import { readCatalogInfo, readCodeowners, readOwnerRules } from "../../inventory/owner-files.ts";
import type { OwnerFile } from "../../model/governance.ts";
import { ownerFileJson, ownerFileSchema } from "../governance-json.ts";
import { oneOf, text } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute } from "../route.ts";
import { OWNER_FILES } from "../words.ts";

const READERS = {
  codeowners: (given: string) => readCodeowners("", given),
  "catalog-info": (given: string) => readCatalogInfo("", given),
  rules: readOwnerRules,
} as const;

/** By what such files are called. */
function kindOf(name: string): OwnerFile["kind"] {
  if (/codeowners$/i.test(name)) return "codeowners";
  return /catalog-info[^/]*\.ya?ml$/i.test(name) ? "catalog-info" : "rules";
}

export default defineRoute({
  id: "upload-owner-file",
  method: "post",
  path: "/owner-files",
  tag: "governance",
  summary: "Upload a file of owners",
  description: "The same name again replaces the file.",
  parameters: {},
  query: {
    name: text("File name; `owners.yaml` if not given.", 256),
    kind: oneOf("What it is; by its name if not given.", OWNER_FILES),
  },
  body: {
    kind: "text",
    description: "CODEOWNERS, Backstage's catalog-info.yaml, or `owners: [{owner, host, path, namespace}]`.",
    types: ["text/plain", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"],
  },
  answers: { 201: "Kept; owners are settled with it." },
  content: { kind: "json", schema: ownerFileSchema },
  refusals: ["owner-file-unreadable"],
  async handle({ query, body }, { store, governance }) {
    const name = query.name ?? "owners.yaml";
    const kind = query.kind ?? kindOf(name);
    const read = READERS[kind](String(body));
    if (!read.ok) throw new Refusal("owner-file-unreadable", read.weird.detail ?? read.weird.name);
    const file: OwnerFile = { name, kind, text: String(body), uploadedAt: governance.now() };
    await store.governance.putOwnerFile(file);
    governance.rulesChanged();
    return { status: 201, json: ownerFileJson(file) };
  },
});
