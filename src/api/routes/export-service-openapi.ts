// GET /services/{authority}/openapi: what was discovered of a service, as an OpenAPI document.
import { exportOpenApi } from "../../openapi/export.ts";
import { renderJson, renderYaml } from "../../openapi/render.ts";
import { inPath, oneOf } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

const TYPES = { json: "application/json", yaml: "application/yaml" } as const;

export default defineRoute({
  id: "export-service-openapi",
  method: "get",
  path: "/services/{authority}/openapi",
  tag: "services",
  summary: "Export what was discovered as OpenAPI 3.1",
  description:
    "The Accept header chooses between JSON and YAML unless `format` does. Noise is never exported.",
  parameters: { authority: inPath("host[:port], in any case.") },
  query: {
    format: oneOf("Goes before the Accept header.", ["json", "yaml"]),
    only: oneOf("Leave out what some document lists.", ["shadow"]),
    confidence: oneOf("At least this sure; `candidate` if not given.", ["candidate", "confirmed"]),
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "The document." },
  content: { kind: "text", types: Object.values(TYPES) },
  refusals: ["not-acceptable", "service-unknown"],
  async handle({ path, query, accepts }, { store }) {
    const type = query.format === undefined ? accepts(Object.values(TYPES)) : TYPES[query.format];
    if (type === null) throw new Refusal("not-acceptable", `It gives ${Object.values(TYPES).join(", ")}.`);
    const authority = path.authority.toLowerCase();
    const { service, endpoints } = await store.serviceState(authority);
    if (service === null && endpoints.size === 0) throw new Refusal("service-unknown");
    const chosen = [...endpoints.values()].filter(({ standing }) => (query.only ?? standing) === standing);
    const document = exportOpenApi(chosen, service ?? { authority, firstSeen: 0, lastSeen: 0, requests: 0 }, {
      confidence: query.confidence ?? "candidate",
    });
    const text = type === TYPES.yaml ? renderYaml(document) : renderJson(document);
    return { status: 200, text, type };
  },
});
