// Renders one observed operation: parameters, bodies, answers, and what is known about it as x-umbra-… members.
// The package types parameters of 3.1 with schemas of 3.0; hence both.
import type { OpenAPIV3, OpenAPIV3_1 } from "openapi-types";
import type { AiVerdict, Confidence, Standing } from "../model/inventory.ts";
import type { BodyFacts, Facts } from "../model/sighting.ts";
import type { OperationGroup, PathGroup } from "./grouping.ts";
import { lexemeSchema, REQUEST_EVIDENCE, RESPONSE_EVIDENCE, schemaOf } from "./schema.ts";
import type { Schema } from "./schema.ts";
import { keyParameters } from "./security.ts";

export type Operation = OpenAPIV3_1.OperationObject & Record<`x-${string}`, unknown>;

/** Everything but operationId, tags and security, which need to know the rest of the document. */
export function operationOf(path: PathGroup, group: OperationGroup): Operation {
  const { facts } = group;
  const parameters = [...pathParameters(path), ...(facts === null ? [] : queryParameters(facts))];
  const requestBody = facts === null ? undefined : requestBodyOf(group.method, facts);
  return {
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== undefined && { requestBody }),
    responses: facts === null ? unheard() : responsesOf(facts),
    ...(group.endpoints.every((endpoint) => endpoint.standing === "zombie") && { deprecated: true }),
    ...observations(group),
  };
}

/** JSON Schema of a path variable by the token class that stood there; text where nothing more is certain. */
const CLASS_SCHEMAS: Readonly<Record<string, Schema>> = {
  uuid: { type: "string", format: "uuid" },
  int: { type: "integer" },
  date: { type: "string", format: "date" },
  email: { type: "string", format: "email" },
  ipv4: { type: "string", format: "ipv4" },
  ipv6: { type: "string", format: "ipv6" },
};

function pathParameters(path: PathGroup): OpenAPIV3_1.ParameterObject[] {
  return path.parameters.map(({ name, class: tokenClass }) => ({
    name,
    in: "path",
    required: true,
    schema: {
      ...(CLASS_SCHEMAS[tokenClass] ?? { type: "string" }),
      ...(tokenClass !== "declared" && { "x-umbra-class": tokenClass }),
    } as OpenAPIV3.SchemaObject,
  }));
}

function queryParameters(facts: Facts): OpenAPIV3_1.ParameterObject[] {
  const keys = keyParameters(facts);
  const names = Object.keys(facts.query.kept)
    .filter((name) => !keys.has(name))
    .sort();
  return names.flatMap((name) => {
    const held = facts.query.kept[name];
    if (held === undefined) return [];
    const always = facts.requests >= REQUEST_EVIDENCE && held.requests >= facts.requests;
    return [
      {
        name,
        in: "query",
        ...(always && { required: true }),
        schema: lexemeSchema(held.shape, held.repeated > 0) as OpenAPIV3.SchemaObject,
      },
    ];
  });
}

/** Methods whose request content has no defined meaning (RFC 9110, 9.3). */
const WITHOUT_BODY = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

function requestBodyOf(method: string, facts: Facts): OpenAPIV3_1.RequestBodyObject | undefined {
  if (WITHOUT_BODY.has(method)) return undefined;
  const content = contentOf(facts.requestBodies, REQUEST_EVIDENCE);
  if (Object.keys(content).length === 0) return undefined;
  const bodies = Object.values(facts.requestBodies).reduce((all, one) => all + one.count, 0);
  const always = facts.requests >= REQUEST_EVIDENCE && bodies >= facts.requests;
  return { content, ...(always && { required: true }) };
}

/** type "/" subtype (RFC 6838, 4.2), as far as it is not noise; "*" stands for the media types beyond the cap. */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9*][a-z0-9!#$&^_.+-]{0,126}$/;

function contentOf(
  bodies: Readonly<Record<string, BodyFacts>>,
  evidence: number,
): Record<string, OpenAPIV3_1.MediaTypeObject> {
  const content: Record<string, OpenAPIV3_1.MediaTypeObject> = {};
  for (const name of Object.keys(bodies).sort()) {
    const mediaType = name === "*" ? "*/*" : name;
    const body = bodies[name];
    if (body === undefined || (mediaType !== "*/*" && !MEDIA_TYPE.test(mediaType))) continue;
    content[mediaType] = body.shape === null ? {} : { schema: schemaOf(body.shape, evidence) };
  }
  return content;
}

function responsesOf(facts: Facts): OpenAPIV3_1.ResponsesObject {
  const responses: OpenAPIV3_1.ResponsesObject = {};
  // OpenAPI knows 1xx to 5xx; statuses beyond are kept in x-umbra-statuses.
  for (const status of Object.keys(facts.responses).sort()) {
    const held = facts.responses[status];
    if (held === undefined || !/^[1-5]\d\d$/.test(status)) continue;
    const content = contentOf(held.bodies, RESPONSE_EVIDENCE);
    responses[status] = {
      description: `Observed ${held.count} ${held.count === 1 ? "time" : "times"}.`,
      ...(Object.keys(content).length > 0 && { content }),
    };
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
          ...(endpoint.ai.verdict !== "none" && { ai: aiOf(endpoint.ai) }),
        }))
        .sort((a, b) => (`${a.style} ${a.name}` < `${b.style} ${b.name}` ? -1 : 1)),
    }),
  };
}

function seen(facts: Facts): Record<`x-${string}`, unknown> {
  const odd = Object.keys(facts.responses).filter((status) => !/^[1-5]\d\d$/.test(status));
  return {
    "x-umbra-requests": facts.requests,
    "x-umbra-first-seen": isoTime(facts.firstSeen),
    "x-umbra-last-seen": isoTime(facts.lastSeen),
    ...(odd.length > 0 && { "x-umbra-statuses": odd.sort() }),
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
