// What belongs to the week before but came after its report was closed: said here, because closed reports stay as they are.
import type { EndpointEvent, Frame } from "./frame.ts";
import { iso, newsWithin, noteOf } from "./frame.ts";
import type { WeeklyReport } from "./report.ts";

export function lateNews(frame: Frame): WeeklyReport["late"] {
  const known = frame.inputs.knownBefore ?? null;
  if (known === null) return [];
  return newsWithin(frame.inputs.events, frame.previous, frame.byId)
    .filter(({ id }) => !known.has(id))
    .flatMap((event) => {
      const row = frame.byId.get(event.endpointId)?.row;
      return row === undefined ? [] : [{ ...noteOf(row, sentenceOf(event), frame), at: iso(event.at) }];
    });
}

function sentenceOf(event: EndpointEvent): string {
  switch (event.type) {
    case "endpoint-discovered":
      return `first heard, ${event.standing}`;
    case "standing-changed":
      return `${event.from} became ${event.to}`;
    case "confidence-changed":
      return `${event.from} became ${event.to}`;
    case "ai-verdict-changed":
      return `AI verdict: ${event.from} became ${event.to}`;
    case "auth-found":
      return event.scheme === "none"
        ? "answers without a credential"
        : `a new kind of credential: ${event.scheme}`;
    case "data-class-found":
      return `${event.dataClass} found in ${event.place}`;
    case "status-found":
      return `answered ${event.status} for the first time`;
    default:
      return "changed";
  }
}
