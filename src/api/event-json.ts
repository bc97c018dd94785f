// Events as the API shows them: one shape per type, told apart by `type`.
import { z } from "zod";
import type { AiChange, InventoryEvent } from "../model/inventory.ts";
import { reasonSchema } from "./grouping-json.ts";
import { component, count, iso, pageOf, time } from "./schema.ts";
import { CONFIDENCES, STANDINGS, VERDICTS } from "./words.ts";

const base = z.object({ id: z.string(), at: time, authority: z.string() });

const ofEndpoint = base.extend({ endpoint_id: z.string(), method: z.string(), path: z.string() });

export const eventSchema = component(
  "Event",
  "Something new about the inventory.",
  z.discriminatedUnion("type", [
    base.extend({ type: z.literal("service-discovered") }),
    ofEndpoint.extend({ type: z.literal("endpoint-discovered"), standing: z.enum(STANDINGS) }),
    ofEndpoint.extend({
      type: z.literal("standing-changed"),
      from: z.enum(STANDINGS),
      to: z.enum(STANDINGS),
    }),
    ofEndpoint.extend({
      type: z.literal("confidence-changed"),
      from: z.enum(CONFIDENCES),
      to: z.enum(CONFIDENCES),
    }),
    ofEndpoint.extend({ type: z.literal("auth-found"), scheme: z.string() }),
    ofEndpoint.extend({
      type: z.literal("data-class-found"),
      data_class: z.string(),
      place: z.string(),
      field: z.string(),
    }),
    ofEndpoint.extend({ type: z.literal("status-found"), status: z.string() }),
    ofEndpoint.extend({
      type: z.literal("ai-verdict-changed"),
      from: z.enum(VERDICTS),
      to: z.enum(VERDICTS),
    }),
    ofEndpoint.extend({
      type: z.literal("ai-tool-changed"),
      tool: z.string(),
      change: z.enum(["added", "removed", "redefined", "newly-destructive"]),
    }),
    ofEndpoint.extend({
      type: z.literal("ai-vendor-found"),
      vendor: z.string().describe("Whose host was asked for the first time."),
    }),
    ofEndpoint.extend({
      type: z.literal("ai-model-changed"),
      model: z.string(),
      family: z.string(),
      before: z.array(z.string()).describe("Families heard before."),
    }),
    ofEndpoint.extend({
      type: z.literal("ai-key-changed"),
      keys: count.describe("Different credentials for the vendor heard by then."),
    }),
    ofEndpoint.extend({
      type: z.literal("endpoints-merged"),
      merged: z
        .array(z.object({ endpoint_id: z.string(), path: z.string() }))
        .describe("Endpoints that became part of this one, oldest first, at most 16."),
      count: count.describe("How many there were."),
      evidence: z.array(reasonSchema),
    }),
    ofEndpoint.extend({
      type: z.literal("endpoint-split"),
      from: z.string().describe("Id of the endpoint it was part of."),
      from_path: z.string(),
      evidence: z.array(reasonSchema),
    }),
  ]),
);

export const eventPage = pageOf("EventPage", eventSchema);

type EventJson = z.infer<typeof eventSchema>;

export function eventJson(event: InventoryEvent): EventJson {
  const common = { id: event.id, at: iso(event.at), authority: event.authority };
  if (event.type === "service-discovered") return { ...common, type: event.type };
  const { endpointId, method, path } = event;
  return newsJson(event, { ...common, endpoint_id: endpointId, method, path });
}

type EndpointNews = Exclude<InventoryEvent, { readonly type: "service-discovered" }>;

function newsJson(event: EndpointNews, of: z.infer<typeof ofEndpoint>): EventJson {
  switch (event.type) {
    case "endpoint-discovered":
      return { ...of, type: event.type, standing: event.standing };
    case "standing-changed":
      return { ...of, type: event.type, from: event.from, to: event.to };
    case "confidence-changed":
      return { ...of, type: event.type, from: event.from, to: event.to };
    case "auth-found":
      return { ...of, type: event.type, scheme: event.scheme };
    case "data-class-found":
      return { ...of, type: event.type, data_class: event.dataClass, place: event.place, field: event.field };
    case "status-found":
      return { ...of, type: event.type, status: event.status };
    case "ai-verdict-changed":
      return { ...of, type: event.type, from: event.from, to: event.to };
    default:
      return rareJson(event, of);
  }
}

function rareJson(event: Regrouped | AiNews, of: z.infer<typeof ofEndpoint>): EventJson {
  switch (event.type) {
    case "ai-tool-changed":
      return { ...of, type: event.type, tool: event.tool, change: event.change };
    case "ai-vendor-found":
      return { ...of, type: event.type, vendor: event.vendor };
    case "ai-model-changed":
      return { ...of, type: event.type, model: event.model, family: event.family, before: [...event.before] };
    case "ai-key-changed":
      return { ...of, type: event.type, keys: event.keys };
    default:
      return regroupedJson(event, of);
  }
}

type AiNews = Extract<EndpointNews, AiChange>;

type Regrouped = Extract<EndpointNews, { readonly type: "endpoints-merged" | "endpoint-split" }>;

function regroupedJson(event: Regrouped, of: z.infer<typeof ofEndpoint>): EventJson {
  const evidence = event.evidence.map(({ feature, weight, text }) => ({ feature, weight, text }));
  if (event.type === "endpoint-split") {
    return { ...of, type: event.type, from: event.from, from_path: event.fromPath, evidence };
  }
  const merged = event.merged.map(({ endpointId, path }) => ({ endpoint_id: endpointId, path }));
  return { ...of, type: event.type, merged, count: event.count, evidence };
}
