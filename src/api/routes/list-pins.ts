// GET /services/{authority}/pins: what people decided about the paths of a service.
import { pinJson, pinList } from "../grouping-json.ts";
import { inPath } from "../parameter.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "list-pins",
  method: "get",
  path: "/services/{authority}/pins",
  tag: "endpoints",
  summary: "List pins of paths",
  parameters: { authority: inPath("host[:port], in any case.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "All pins of the service, oldest first." },
  content: { kind: "json", schema: pinList },
  refusals: [],
  async handle({ path }, { grouping }) {
    const pins = await grouping.pins(path.authority.toLowerCase());
    return { status: 200, json: { items: pins.map(pinJson) } };
  },
});
