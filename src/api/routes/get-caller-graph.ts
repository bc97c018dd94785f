// GET /graph: who talks to whom, as rows or as a drawing.
import { callerGraph } from "../../inventory/caller-graph.ts";
import { graphDot, graphMermaid } from "../../report/segmentation/graph-text.ts";
import { graphJson } from "../graph-json.ts";
import { oneOf, text } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { allEndpoints } from "../every-page.ts";

const TYPES = {
  json: "application/json",
  dot: "text/vnd.graphviz",
  mermaid: "text/vnd.mermaid",
} as const;

export default defineRoute({
  id: "get-caller-graph",
  method: "get",
  path: "/graph",
  tag: "graph",
  summary: "Show who talks to whom",
  description:
    "From workload, address or address range to service or endpoint, with counts, first and last call, credentials and data. The Accept header chooses the format unless `format` does.",
  parameters: {},
  query: {
    service: text("Only calls to this service: host[:port], in any case."),
    level: oneOf("What is called; `endpoint` if a service is given, else `service`.", [
      "service",
      "endpoint",
    ]),
    format: oneOf("Goes before the Accept header.", ["json", "dot", "mermaid"]),
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "Callers, what they call, and the calls." },
  content: { kind: "text", types: Object.values(TYPES) },
  refusals: ["not-acceptable"],
  async handle({ query, accepts }, { store, places }) {
    const type = query.format === undefined ? accepts(Object.values(TYPES)) : TYPES[query.format];
    if (type === null) throw new Refusal("not-acceptable", `It gives ${Object.values(TYPES).join(", ")}.`);
    const service = query.service?.toLowerCase();
    const endpoints = await allEndpoints(store, service === undefined ? {} : { authority: service });
    const level = query.level ?? (service === undefined ? "service" : "endpoint");
    const graph = callerGraph(endpoints, { level, placeOf: places });
    switch (type) {
      case TYPES.json:
        return { status: 200, text: `${JSON.stringify(graphJson(graph))}\n`, type };
      case TYPES.dot:
        return { status: 200, text: graphDot(graph), type };
      default:
        return { status: 200, text: graphMermaid(graph), type: TYPES.mermaid };
    }
  },
});
