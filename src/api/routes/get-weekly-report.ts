// GET /reports/weekly/{week}: the shadow-API report of one week, in the format that is asked for.
import { loadUnits } from "../../ops/units.ts";
import type { WeeklyScope } from "../../report/weekly/input.ts";
import type { WeeklyFormat } from "../../report/weekly/weekly-format.ts";
import { inPath, text } from "../parameter.ts";
import { Refusal } from "../problem.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { weeklyOf } from "../weekly.ts";

const FORMATS = await loadUnits<WeeklyFormat>(new URL("../../report/weekly/formats/", import.meta.url));
const JSON_FORMAT = "json";
/** Without parameters, as Accept headers name them; JSON first, for whoever accepts anything. */
const TYPES = new Map(
  [...FORMATS.values()]
    .sort((a, b) => Number(b.id === JSON_FORMAT) - Number(a.id === JSON_FORMAT))
    .map((format) => [format.mediaType.replace(/;.*/, ""), format]),
);

export default defineRoute({
  id: "get-weekly-report",
  method: "get",
  path: "/reports/weekly/{week}",
  tag: "reports",
  summary: "Get the weekly shadow-API report",
  description:
    "The Accept header chooses the format unless `format` does. A week that is over is reported once: from then on the same report comes back, and what is heard late stands in the next one.",
  parameters: {
    week: inPath("ISO week like 2026-W47; `latest` is the week in which traffic was heard last."),
  },
  query: {
    zone: text(
      "Time zone by whose clocks the week begins and ends, like Europe/Berlin; UTC if not given.",
      64,
    ),
    team: text("Only what this team owns.", 256),
    service: text("Only this service: host[:port], in any case."),
    format: text(`One of ${[...FORMATS.keys()].join(", ")}; goes before the Accept header.`, 32),
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "The report." },
  content: { kind: "text", types: [...TYPES.keys()] },
  refusals: ["not-acceptable", "week-unknown", "bad-parameter"],
  async handle({ path, query, accepts }, { store, publicUrl, places }) {
    const format = chosen(query.format, () => accepts([...TYPES.keys()]));
    const ask = {
      week: path.week === "latest" ? null : path.week,
      zone: query.zone ?? "UTC",
      scope: scopeOf(query),
    };
    const report = await weeklyOf(store, ask, {
      now: Date.now(),
      base: publicUrl(),
      exposureAt: places.exposureAt,
    });
    if (report === null) throw new Refusal("week-unknown");
    return { status: 200, text: format.render(report), type: format.mediaType };
  },
});

function chosen(asked: string | undefined, accepted: () => string | null): WeeklyFormat {
  const format = asked === undefined ? TYPES.get(accepted() ?? "") : FORMATS.get(asked);
  if (format !== undefined) return format;
  if (asked === undefined) throw new Refusal("not-acceptable", `It gives ${[...TYPES.keys()].join(", ")}.`);
  const detail = `format must be one of ${[...FORMATS.keys()].join(", ")}`;
  throw new Refusal("bad-parameter", undefined, [{ in: "query", name: "format", detail }]);
}

function scopeOf({
  team,
  service,
}: {
  readonly team: string | undefined;
  readonly service: string | undefined;
}): WeeklyScope {
  if (team !== undefined && service !== undefined) {
    const detail = "give a team or a service, not both";
    throw new Refusal("bad-parameter", undefined, [{ in: "query", name: "team", detail }]);
  }
  if (team !== undefined) return { kind: "team", name: team };
  return service === undefined ? { kind: "all" } : { kind: "service", name: service.toLowerCase() };
}
