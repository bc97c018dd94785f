// POST /services/{authority}/pins: a person decides what a segment of a path is, and the service is regrouped at once.
import type { Pin } from "../../model/pin.ts";
import { pinJson, pinRequest, pinSchema } from "../grouping-json.ts";
import { inPath } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute } from "../route.ts";

export default defineRoute({
  id: "create-pin",
  method: "post",
  path: "/services/{authority}/pins",
  tag: "endpoints",
  summary: "Pin what a segment of a path is",
  description:
    "Pins win over all evidence, of two that disagree the later. Endpoints that are merged go on to be found by their ids; what is split off keeps the owner.",
  parameters: { authority: inPath("host[:port], in any case.") },
  query: {},
  body: { kind: "json", schema: pinRequest },
  answers: { 200: "The pin was there.", 201: "Pinned, and the service regrouped." },
  content: { kind: "json", schema: pinSchema },
  refusals: ["conflict", "service-unknown", "too-many-pins"],
  async handle({ path, body, by }, { grouping, governance }) {
    const pin: Pin = {
      kind: body.kind,
      path: body.path.replaceAll(/\{[^{}]*\}/g, "{}"),
      name: body.name ?? null,
    };
    const result = await grouping.pin(path.authority.toLowerCase(), pin, by);
    if (!("pin" in result)) throw new Refusal(result.kind === "too-many" ? "too-many-pins" : result.kind);
    governance.rulesChanged();
    return { status: result.kind === "added" ? 201 : 200, json: pinJson(result.pin) };
  },
});
