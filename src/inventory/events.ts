// The news between two states of an endpoint. Equal news has an equal id, so telling it twice changes nothing.
import { fadedAi } from "../ai/recognise.ts";
import { shortHash } from "../model/identity.ts";
import type { Endpoint, InventoryEvent, Service } from "../model/inventory.ts";
import type { AiNews } from "./ai-events.ts";
import { aiNews } from "./ai-events.ts";

/** Omits from every member of the union. */
type News<T> = T extends InventoryEvent
  ? Omit<T, "id" | "at" | "authority" | "endpointId" | "method" | "path">
  : never;

/** What is new in `now` against `before`; null when it was not known. `at` is the time of what was heard last. */
export function changeEvents(before: Endpoint | null, now: Endpoint, at: number): readonly InventoryEvent[] {
  // Scanners make noise without end; it is news once it turns out to be more than noise.
  if (now.confidence === "noise") return [];
  const known = before === null || before.confidence === "noise" ? null : before;
  const news = known === null ? firstNews(now) : [...axisNews(known, now), ...findingNews(known, now)];
  const heard = known === null ? (now.facts?.firstSeen ?? at) : at;
  return [
    ...news.map((one) => eventOf(one, now, heard)),
    ...aiNews(known, now).map((one) => aiEventOf(one, now)),
  ];
}

function firstNews(now: Endpoint): readonly News<InventoryEvent>[] {
  return [
    { type: "endpoint-discovered", standing: now.standing },
    ...(now.ai.verdict === "none"
      ? []
      : [{ type: "ai-verdict-changed" as const, from: "none" as const, to: now.ai.verdict }]),
    ...newDataClasses(null, now),
  ];
}

/** An axis may go back and forth: each turn is news of its own. */
function axisNews(before: Endpoint, now: Endpoint): readonly News<InventoryEvent>[] {
  const news: News<InventoryEvent>[] = [];
  if (before.standing !== now.standing) {
    news.push({ type: "standing-changed", from: before.standing, to: now.standing });
  }
  if (before.confidence !== now.confidence) {
    news.push({ type: "confidence-changed", from: before.confidence, to: now.confidence });
  }
  // What had faded until it was heard again has turned already.
  const { verdict } = fadedAi(before.ai, now.facts?.lastSeen ?? 0);
  if (verdict !== now.ai.verdict) {
    news.push({ type: "ai-verdict-changed", from: verdict, to: now.ai.verdict });
  }
  return news;
}

/** null when the verdict is the same. */
export function verdictEvent(before: Endpoint, now: Endpoint, at: number): InventoryEvent | null {
  const [from, to] = [before.ai.verdict, now.ai.verdict];
  return from === to ? null : eventOf({ type: "ai-verdict-changed", from, to }, now, at);
}

/** Things that are found once and stay found. An orphan's first traffic is told by its standing. */
function findingNews(before: Endpoint, now: Endpoint): readonly News<InventoryEvent>[] {
  if (before.facts === null || now.facts === null) return newDataClasses(before, now);
  const oldSchemes = new Set(Object.values(before.facts.auth.kept).map((auth) => auth.scheme));
  const schemes = new Set(Object.values(now.facts.auth.kept).map((auth) => auth.scheme));
  const statuses = Object.keys(now.facts.responses).filter(
    (status) => before.facts?.responses[status] === undefined,
  );
  return [
    ...[...schemes]
      .filter((scheme) => scheme !== "not-recorded" && !oldSchemes.has(scheme))
      .sort()
      .map((scheme) => ({ type: "auth-found" as const, scheme })),
    ...statuses.sort().map((status) => ({ type: "status-found" as const, status })),
    ...newDataClasses(before, now),
  ];
}

function newDataClasses(before: Endpoint | null, now: Endpoint): readonly News<InventoryEvent>[] {
  const old = before?.facts?.dataClasses.kept ?? {};
  return Object.entries(now.facts?.dataClasses.kept ?? {})
    .filter(([key]) => old[key] === undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { dataClass, place, field }]) => ({
      type: "data-class-found" as const,
      dataClass,
      place,
      field,
    }));
}

function eventOf(news: News<InventoryEvent>, endpoint: Endpoint, at: number): InventoryEvent {
  const { id: endpointId, authority, method, path } = endpoint;
  const turns = "from" in news;
  const id = `ev_${shortHash(JSON.stringify([endpointId, news, turns ? at : null]))}`;
  return { ...news, id, at, authority, endpointId, method, path } as InventoryEvent;
}

function aiEventOf({ news, at, about }: AiNews, endpoint: Endpoint): InventoryEvent {
  const { id: endpointId, authority, method, path } = endpoint;
  const id = `ev_${shortHash(JSON.stringify([authority, news.type, about]))}`;
  return { ...news, id, at, authority, endpointId, method, path };
}

/** The first sign of a service. */
export function serviceDiscovered({ authority, firstSeen }: Service): InventoryEvent {
  return {
    type: "service-discovered",
    id: `ev_${shortHash(`service ${authority}`)}`,
    at: firstSeen,
    authority,
  };
}
