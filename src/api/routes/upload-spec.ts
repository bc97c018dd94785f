// POST /specs: a document comes, and every standing is judged with it.
import type { Spec } from "../../model/document.ts";
import { text, texts } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute } from "../route.ts";
import type { StandingChange } from "../spec-desk.ts";
import { specUploaded, specUploadedJson } from "../spec-json.ts";

// What `curl --data-binary` is told to send for such files; forms are refused.
const TYPES = [
  "application/json",
  "application/yaml",
  "application/x-yaml",
  "application/openapi+json",
  "application/openapi+yaml",
  "application/vnd.oai.openapi",
  "application/vnd.oai.openapi+json",
  "text/yaml",
  "text/x-yaml",
  "text/plain",
];

function told(spec: Spec, changes: readonly StandingChange[]) {
  return {
    json: specUploadedJson(spec, changes),
    location: `/api/v1/specs/${encodeURIComponent(spec.id)}`,
  };
}

export default defineRoute({
  id: "upload-spec",
  method: "post",
  path: "/specs",
  tag: "specs",
  summary: "Upload a document",
  description: "The same text for the same authorities changes nothing, however often it is sent.",
  parameters: {},
  query: {
    name: text("File name, or any name people know it by; `document` if not given.", 256),
    authority: texts("Bind it to this host[:port], whatever its servers say.", 512),
  },
  body: {
    kind: "text",
    description: "OpenAPI 3.x or Swagger 2.0, as JSON or YAML, at most 10 MB.",
    types: TYPES,
  },
  answers: { 200: "It was there already.", 201: "Kept, and all standings judged with it." },
  content: { kind: "json", schema: specUploaded },
  refusals: ["conflict", "spec-bound", "spec-unreadable"],
  async handle({ query, body }, { specs, governance }) {
    const result = await specs.upload(query.name ?? "document", String(body), query.authority);
    switch (result.kind) {
      case "added":
        governance.rulesChanged();
        return { status: 201, ...told(result.spec, result.changes) };
      case "known":
        return { status: 200, ...told(result.spec, []) };
      case "bound-otherwise":
        throw new Refusal("spec-bound", `Its id is ${result.spec.id}.`);
      case "unreadable":
        throw new Refusal("spec-unreadable", result.weird.detail ?? result.weird.name);
      case "conflict":
        throw new Refusal("conflict");
      default:
        return result satisfies never;
    }
  },
});
