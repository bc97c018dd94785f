// GET /services/{authority}/segmentation: least-privilege rules from what was heard.
import { segmentationPlan } from "../../inventory/segmentation.ts";
import { loadUnits } from "../../ops/units.ts";
import type { SegmentationFormat } from "../../report/segmentation/segmentation-format.ts";
import { inPath, instant, integer, text } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";

const FORMATS = await loadUnits<SegmentationFormat>(
  new URL("../../report/segmentation/formats/", import.meta.url),
);
const TYPES = [...new Set([...FORMATS.values()].map(({ mediaType }) => mediaType.replace(/;.*/, "")))];

const DAY_MS = 86_400_000;

export default defineRoute({
  id: "export-service-segmentation",
  method: "get",
  path: "/services/{authority}/segmentation",
  tag: "services",
  summary: "Export least-privilege rules for a service",
  description:
    "Who was heard calling what becomes who may call what. The text says which evidence it rests on, where that is thin, and what the rules would have blocked in the last 30 days.",
  parameters: { authority: inPath("host[:port], in any case.") },
  query: {
    format: text(`One of ${[...FORMATS.keys()].join(", ")}.`, 32),
    days: integer("Evidence counts from so many days before its end.", {
      least: 1,
      most: 3650,
      otherwise: 90,
    }),
    until: instant("Evidence ends then; now if not given. Calls after it are held against the rules."),
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "The rules." },
  content: { kind: "text", types: TYPES },
  refusals: ["service-unknown", "bad-parameter"],
  async handle({ path, query }, { store, places }) {
    const format = FORMATS.get(query.format ?? "");
    if (format === undefined) {
      const detail = `format must be one of ${[...FORMATS.keys()].join(", ")}`;
      throw new Refusal("bad-parameter", undefined, [{ in: "query", name: "format", detail }]);
    }
    const authority = path.authority.toLowerCase();
    const { service, endpoints } = await store.serviceState(authority);
    if (service === null && endpoints.size === 0) throw new Refusal("service-unknown");
    const now = Date.now();
    const until = query.until ?? now;
    const plan = segmentationPlan(authority, [...endpoints.values()], {
      from: until - query.days * DAY_MS,
      until,
      now,
      placeOf: places,
    });
    return { status: 200, text: format.render(plan), type: format.mediaType };
  },
});
