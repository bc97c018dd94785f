// GET /events: what is new, newest first.
import { eventJson, eventPage } from "../event-json.ts";
import { livingId } from "../living-id.ts";
import { PAGING, paged } from "../page.ts";
import { given, instant, oneOf, text } from "../parameter.ts";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { EVENT_TYPES } from "../words.ts";

export default defineRoute({
  id: "list-events",
  method: "get",
  path: "/events",
  tag: "events",
  summary: "List events, newest first",
  parameters: {},
  query: {
    host: text("Authority: host[:port]."),
    endpoint_id: text("About this endpoint.", 64),
    type: oneOf("Of this type.", EVENT_TYPES),
    from: instant("At this time or later."),
    to: instant("At this time or earlier."),
    ...PAGING,
  },
  body: NO_REQUEST_BODY,
  answers: { 200: "Events that meet all conditions." },
  content: { kind: "json", schema: eventPage },
  refusals: ["bad-cursor"],
  async handle({ query }, { store }) {
    const filter = given({
      authority: query.host?.toLowerCase(),
      endpointId: await livingId(store, query.endpoint_id),
      type: query.type,
      from: query.from,
      to: query.to,
    });
    const json = await paged(query, (page) => store.events(filter, page), eventJson);
    return { status: 200, json };
  },
});
