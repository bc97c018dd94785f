// GET /services/{authority}/openapi: what was discovered of a service, as an OpenAPI document.
import { exportOpenApi } from "../../openapi/export.ts";
import { downgraded } from "../../openapi/downgrade.ts";
import { renderJson, renderYaml } from "../../openapi/render.ts";
import { given, inPath, oneOf, text } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

const TYPES = { json: "application/json", yaml: "application/yaml" } as const;

export default defineRoute({
  id: "export-service-openapi",
  method: "get",
  path: "/services/{authority}/openapi",
  tag: "services",
  summary: "Export what was discovered as OpenAPI 3.1 or 3.0.3",
  description:
    "The Accept header chooses between JSON and YAML unless `format` does. Noise is never exported.",
  parameters: { authority: inPath("host[:port], in any case.") },
  query: {
    format: oneOf("Goes before the Accept header.", ["json", "yaml"]),
    openapi: oneOf("Edition of the standard; 3.1 if not given.", ["3.1", "3.0"]),
    only: oneOf("Leave out what some document lists.", ["shadow"]),
    below: text("Only paths that are this template or start with it; names of variables do not matter."),
    method: text("Only this method."),
    confidence: oneOf("At least this sure; `candidate` if not given.", ["candidate", "confirmed"]),
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "The document." },
  content: { kind: "text", types: Object.values(TYPES) },
  refusals: ["not-acceptable", "service-unknown"],
  async handle({ path, query, accepts }, { store, grouping }) {
    const type = query.format === undefined ? accepts(Object.values(TYPES)) : TYPES[query.format];
    if (type === null) throw new Refusal("not-acceptable", `It gives ${Object.values(TYPES).join(", ")}.`);
    const authority = path.authority.toLowerCase();
    const { service, endpoints } = await store.serviceState(authority);
    if (service === null && endpoints.size === 0) throw new Refusal("service-unknown");
    const known = service ?? { authority, firstSeen: 0, lastSeen: 0, requests: 0 };
    const { openapi, format: _, method, ...wanted } = query;
    const options = given({ ...wanted, method: method?.toUpperCase(), hostGroups: await grouping.hosts() });
    const newest = exportOpenApi([...endpoints.values()], known, options);
    const document = openapi === "3.0" ? downgraded(newest) : newest;
    const rendered = type === TYPES.yaml ? renderYaml(document) : renderJson(document);
    return { status: 200, text: rendered, type };
  },
});
