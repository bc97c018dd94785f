// Events as the API shows them.
import { expect, test } from "vitest";
import { eventJson, eventSchema } from "../../../src/api/event-json.ts";
import { EVENT_TYPES } from "../../../src/api/words.ts";
import { ALL_EVENTS } from "./an-inventory.ts";

test.each(ALL_EVENTS)("$type fits the schema and loses nothing", (event) => {
  const json = eventJson(event);
  expect(eventSchema.parse(json)).toEqual(json);
  expect(Object.keys(json)).toHaveLength(Object.keys(event).length);
});

test("every type has its example above", () => {
  expect(ALL_EVENTS.map(({ type }) => type).sort()).toEqual([...EVENT_TYPES].sort());
});

test("names are in snake case, times in ISO 8601", () => {
  const found = ALL_EVENTS.find(({ type }) => type === "data-class-found");
  expect(found && eventJson(found)).toEqual({
    id: "ev_6",
    at: "2026-07-01T09:30:00.000Z",
    authority: "shop.test",
    endpoint_id: "ep_a",
    method: "GET",
    path: "/orders/{orderId}",
    type: "data-class-found",
    data_class: "email",
    place: "response.body",
    field: "email",
  });
});
