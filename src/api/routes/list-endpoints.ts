// GET /endpoints: the inventory, by every condition the store can search for.
import type { EndpointFilter } from "../../store/store.ts";
import { endpointPage, endpointRowJson } from "../endpoint-json.ts";
import { PAGING, paged } from "../page.ts";
import { anyOf, given, instant, oneOf, text } from "../parameter.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import type { TrafficState } from "../../inventory/axes.ts";
import { QUIET_DAYS, quietSince } from "../../inventory/axes.ts";
import { AUTH_SCHEMES } from "../../model/sighting.ts";
import { lastMoment } from "../weekly.ts";
import { CATEGORIES, CONFIDENCES, DECISIONS, SORTS, STANDINGS, TRAFFIC, VERDICTS } from "../words.ts";

/** What is sure in one way is not in another. */
const NONE = { status: 200 as const, json: { items: [], next_cursor: null } };

/** Quiet is what the others stop to be when nobody calls any more. */
function trafficFilter(
  state: TrafficState,
  heardLast: number | null,
): Pick<EndpointFilter, "confidence" | "quiet"> {
  const quiet = { since: quietSince(heardLast) ?? 0, is: state === "quiet" };
  return state === "quiet" ? { quiet } : { confidence: state, quiet };
}

export default defineRoute({
  id: "list-endpoints",
  method: "get",
  path: "/endpoints",
  tag: "endpoints",
  summary: "Search endpoints",
  description: "All conditions given must hold.",
  parameters: {},
  query: {
    host: text("Authority: host[:port]."),
    method: text("Request method.", 64),
    path: text("Part of the path template, in any case."),
    standing: oneOf("Where it stands against the documents.", STANDINGS),
    confidence: oneOf("How sure it is that it is real.", CONFIDENCES),
    traffic: oneOf(
      `How it stands by its traffic; quiet: not heard for ${QUIET_DAYS} days, while other traffic was.`,
      TRAFFIC,
    ),
    decision: oneOf("What was decided about it.", DECISIONS),
    category: oneOf("What answers there.", CATEGORIES),
    ai: anyOf("AI verdict.", VERDICTS),
    data_class: text("Carries this class of sensitive data.", 128),
    auth: oneOf("Accepts requests with this kind of credential.", AUTH_SCHEMES),
    owner: text("Owned by.", 256),
    owned: oneOf("Whether anybody owns it.", ["true", "false"]),
    first_seen_from: instant("First heard at this time or later."),
    first_seen_to: instant("First heard at this time or earlier."),
    last_seen_from: instant("Last heard at this time or later."),
    last_seen_to: instant("Last heard at this time or earlier."),
    sort: oneOf("Order; `path` if not given, `-` means the highest first.", SORTS),
    ...PAGING,
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "Endpoints that meet all conditions." },
  content: { kind: "json", schema: endpointPage },
  refusals: ["bad-cursor"],
  async handle({ query }, { store }) {
    const stands = query.traffic === undefined ? {} : trafficFilter(query.traffic, await lastMoment(store));
    const { confidence = stands.confidence } = query;
    if (stands.confidence !== undefined && confidence !== stands.confidence) return NONE;
    const filter = given({
      authority: query.host?.toLowerCase(),
      method: query.method,
      pathText: query.path,
      standing: query.standing,
      confidence,
      quiet: stands.quiet,
      category: query.category,
      ai: query.ai,
      dataClass: query.data_class,
      auth: query.auth,
      owner: query.owner,
      owned: query.owned === undefined ? undefined : query.owned === "true",
      decision: query.decision,
      firstSeenFrom: query.first_seen_from,
      firstSeenTo: query.first_seen_to,
      lastSeenFrom: query.last_seen_from,
      lastSeenTo: query.last_seen_to,
    });
    const sort = query.sort ?? "path";
    const json = await paged(query, (page) => store.endpoints(filter, sort, page), endpointRowJson);
    return { status: 200, json };
  },
});
