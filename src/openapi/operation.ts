// Renders one observed operation: parameters, bodies, answers, and what is known about it as x-umbra-… members.
import type { OpenAPIV3_1 } from "openapi-types";
import type { AiVerdict, Confidence, Standing } from "../model/inventory.ts";
import { grpcSummary } from "../model/grpc-facts.ts";
import type { BodyFacts, Facts } from "../model/sighting.ts";
import { estimateDistinct } from "../model/sketch.ts";
import { calledParts } from "./called.ts";
import type { OperationGroup, PathGroup } from "./grouping.ts";
import { encodingOf } from "./form-shape.ts";
import { headParameters } from "./head-parameters.ts";
import { pathParameters, queryParameters } from "./parameters.ts";
import { requestEvidence } from "./schema.ts";
import { responseHeaders } from "./response-headers.ts";
import type { SchemaOrRef } from "./schema-type.ts";
import { exampleOf } from "./example.ts";
import { statusPhrase } from "./status-phrase.ts";
import type { Types } from "./types.ts";

export type Operation = OpenAPIV3_1.OperationObject & Record<`x-${string}`, unknown>;

/** Everything but operationId, tags and security, which need to know the rest of the document. */
export function operationOf(path: PathGroup, group: OperationGroup, types: Types): Operation {
  const { facts } = group;
  const asked = facts === null ? [] : [...queryParameters(facts), ...headParameters(facts)];
  const parameters = [...pathParameters(path), ...asked];
  const requestBody = facts === null ? undefined : requestBodyOf(group.method, facts, types);
  return {
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== undefined && { requestBody }),
    responses: facts === null ? unheard() : responsesOf(facts, types),
    ...(group.endpoints.every((endpoint) => endpoint.standing === "zombie") && { deprecated: true }),
    ...observations(group),
  };
}

/** Methods whose request content has no defined meaning (RFC 9110, 9.3). */
const WITHOUT_BODY = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

function requestBodyOf(
  method: string,
  facts: Facts,
  types: Types,
): OpenAPIV3_1.RequestBodyObject | undefined {
  if (WITHOUT_BODY.has(method)) return undefined;
  const content = contentOf(facts.requestBodies, types);
  if (Object.keys(content).length === 0) return undefined;
  const bodies = Object.values(facts.requestBodies).reduce((all, one) => all + one.count, 0);
  const always =
    facts.requests >= requestEvidence(estimateDistinct(facts.distinctCallers)) && bodies >= facts.requests;
  return { content, ...(always && { required: true }) };
}

/** type "/" subtype (RFC 6838, 4.2), as far as it is not noise; "*" stands for the media types beyond the cap. */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9*][a-z0-9!#$&^_.+-]{0,126}$/;

function contentOf(
  bodies: Readonly<Record<string, BodyFacts>>,
  types: Types,
): Record<string, OpenAPIV3_1.MediaTypeObject> {
  const content: Record<string, OpenAPIV3_1.MediaTypeObject> = {};
  for (const name of Object.keys(bodies).sort()) {
    const mediaType = name === "*" ? "*/*" : name;
    const body = bodies[name];
    if (body === undefined || (mediaType !== "*/*" && !MEDIA_TYPE.test(mediaType))) continue;
    const schema = types.schemaOf(body);
    content[mediaType] = {
      ...mediaTypeOf(schema ?? plainSchema(mediaType), types),
      ...(mediaType === "multipart/form-data" && encodingOf(body)),
    };
  }
  return content;
}

/** Bodies that have no shape: text, or bytes that some program reads. */
const TEXT = /^text\/(?!event-stream)|^application\/(?:x-)?(?:javascript|yaml|graphql)$/;
const BYTES =
  /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|x-tar|x-gzip|wasm|vnd\.(?:ms-|openxmlformats-))/;

function plainSchema(mediaType: string): SchemaOrRef | null {
  if (TEXT.test(mediaType)) return { type: "string" } as SchemaOrRef;
  return BYTES.test(mediaType) ? ({ type: "string", format: "binary" } as SchemaOrRef) : null;
}

/** With an example made from types and formats alone. */
function mediaTypeOf(schema: SchemaOrRef | null, types: Types): OpenAPIV3_1.MediaTypeObject {
  if (schema === null) return {};
  const example = exampleOf(schema, types.components);
  return { schema: schema as OpenAPIV3_1.SchemaObject, ...(example !== undefined && { example }) };
}

function responsesOf(facts: Facts, types: Types): OpenAPIV3_1.ResponsesObject {
  const responses: OpenAPIV3_1.ResponsesObject = {};
  // OpenAPI knows 1xx to 5xx; statuses beyond are kept in x-umbra-statuses.
  for (const status of Object.keys(facts.responses).sort()) {
    const held = facts.responses[status];
    if (held === undefined || !/^[1-5]\d\d$/.test(status)) continue;
    const content = contentOf(held.bodies, types);
    const headers = responseHeaders(held);
    responses[status] = {
      description: statusPhrase(status),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(Object.keys(content).length > 0 && { content }),
      "x-umbra-responses": held.count,
    } as OpenAPIV3_1.ResponseObject;
  }
  return Object.keys(responses).length === 0 ? unheard() : responses;
}

function unheard(): OpenAPIV3_1.ResponsesObject {
  return { default: { description: "No answer was heard." } };
}

const CONFIDENCE: readonly Confidence[] = ["confirmed", "candidate", "noise"];
const STANDING: readonly Standing[] = ["shadow", "zombie", "documented", "orphan", "unjudged"];

function observations({ facts, endpoints }: OperationGroup): Record<`x-${string}`, unknown> {
  const first = <T>(order: readonly T[], held: readonly T[]) => order.find((one) => held.includes(one));
  const named = endpoints.filter((endpoint) => endpoint.operation !== null);
  const ai = bestVerdict(endpoints.map((endpoint) => endpoint.ai));
  return {
    ...(facts !== null && seen(facts)),
    "x-umbra-confidence": first(
      CONFIDENCE,
      endpoints.map((endpoint) => endpoint.confidence),
    ),
    "x-umbra-standing": first(
      STANDING,
      endpoints.map((endpoint) => endpoint.standing),
    ),
    ...(ai !== undefined && { "x-umbra-ai": aiOf(ai) }),
    ...(named.length > 0 && {
      "x-umbra-operations": named
        .map((endpoint) => ({
          name: endpoint.operation,
          style: endpoint.style,
          requests: endpoint.facts?.requests ?? 0,
          standing: endpoint.standing,
          ...calledParts(endpoint),
          ...(endpoint.ai.verdict !== "none" && { ai: aiOf(endpoint.ai) }),
        }))
        .sort((a, b) => (`${a.style} ${a.name}` < `${b.style} ${b.name}` ? -1 : 1)),
    }),
  };
}

function seen(facts: Facts): Record<`x-${string}`, unknown> {
  const matrix = Object.keys(facts.query.kept).filter((name) => name.startsWith(";"));
  const odd = Object.keys(facts.responses).filter((status) => !/^[1-5]\d\d$/.test(status));
  return {
    "x-umbra-requests": facts.requests,
    "x-umbra-first-seen": isoTime(facts.firstSeen),
    "x-umbra-last-seen": isoTime(facts.lastSeen),
    ...(matrix.length > 0 && { "x-umbra-matrix-parameters": matrix.map((name) => name.slice(1)).sort() }),
    ...(odd.length > 0 && { "x-umbra-statuses": odd.sort() }),
    ...(facts.grpc !== undefined && { "x-umbra-grpc": grpcSummary(facts.grpc) }),
  };
}

/** Clocks of sources may be wrong beyond what a date can say (ECMA-262, 21.4.1.1). */
function isoTime(at: number): string | null {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null;
}

function bestVerdict(verdicts: readonly AiVerdict[]): AiVerdict | undefined {
  return [...verdicts].sort((a, b) => b.score - a.score).find((held) => held.verdict !== "none");
}

function aiOf({ verdict, score, kind, role, formats }: AiVerdict): Readonly<Record<string, unknown>> {
  return { verdict, score: Math.round(score * 100) / 100, kind, role, formats };
}
