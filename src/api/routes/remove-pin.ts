// DELETE /services/{authority}/pins/{id}: evidence decides again.
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

export default defineRoute({
  id: "remove-pin",
  method: "delete",
  path: "/services/{authority}/pins/{id}",
  tag: "endpoints",
  summary: "Remove a pin",
  parameters: { authority: inPath("host[:port], in any case."), id: inPath("Id of the pin.") },
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 204: "Removed, and the service regrouped without it." },
  content: { kind: "none" },
  refusals: ["conflict", "pin-unknown"],
  async handle({ path }, { grouping, governance }) {
    const result = await grouping.unpin(path.authority.toLowerCase(), path.id);
    if (result === "unknown") throw new Refusal("pin-unknown");
    if (result === "conflict") throw new Refusal("conflict");
    governance.rulesChanged();
    return { status: 204 };
  },
});
