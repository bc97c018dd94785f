// The API's own OpenAPI 3.1 document, written from the route units, so that it says what the router does.
import type { OpenAPIV3_1 } from "openapi-types";
import { JSON_TYPES } from "./mount.ts";
import type { Parameter } from "./parameter.ts";
import { PROBLEM_TYPE, sentenceOf, statusOf } from "./problem.ts";
import type { RefusalCode } from "./problem.ts";
import type { Route } from "./route.ts";
import { componentSchemas, problemSchema, refTo } from "./schema.ts";

/** Of the contract, not of the program: grows when the contract does. */
const API_VERSION = "1.0.0";

const TAGS: Readonly<Record<Route["tag"], string>> = {
  endpoints: "What was heard or documented: method, authority, path template.",
  events: "What is new.",
  governance: "Owners, decisions, teams, policies and findings.",
  graph: "Who talks to whom.",
  health: "What collectors heard and lost.",
  meta: "About this API.",
  reports: "What people are told, by the week.",
  services: "What answers for an authority.",
  specs: "OpenAPI documents that say what should be there.",
  ai: "Language models: what runs, what is used, what they may do, and what is risky about it.",
};

/** `secured`: a bearer token is needed. */
export function documentOf(routes: readonly Route[], secured: boolean): OpenAPIV3_1.Document {
  const paths: Record<string, OpenAPIV3_1.PathItemObject> = {};
  for (const route of [...routes].sort(byPath)) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, secured) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Umbra",
      version: API_VERSION,
      description: "The inventory of every API heard: what exists, what nobody documented, what changed.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" } as OpenAPIV3_1.LicenseObject,
    },
    servers: [{ url: "/api/v1" }],
    security: secured ? [{ bearer: [] }] : [],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: componentSchemas(),
      ...(secured ? { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } } : {}),
    },
  };
}

function byPath(a: Route, b: Route): number {
  return a.path === b.path ? (a.method < b.method ? -1 : 1) : a.path < b.path ? -1 : 1;
}

function operationOf(route: Route, secured: boolean): OpenAPIV3_1.OperationObject {
  const body = requestBodyOf(route);
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    parameters: [
      ...Object.entries(route.parameters).map(([name, parameter]) => parameterOf(name, "path", parameter)),
      ...Object.entries(route.query).map(([name, parameter]) => parameterOf(name, "query", parameter)),
    ],
    ...(body === null ? {} : { requestBody: body }),
    responses: { ...answersOf(route), ...problemsOf(route, secured) },
  };
}

function parameterOf(
  name: string,
  place: "path" | "query",
  { description, schema, required, repeatable }: Parameter<unknown>,
): OpenAPIV3_1.ParameterObject {
  return {
    name,
    in: place,
    description,
    ...(required ? { required } : {}),
    ...(repeatable ? { style: "form", explode: true } : {}),
    // The model types of 3.0 and 3.1 meet here: the schema is a 3.1 one.
    schema: schema as NonNullable<OpenAPIV3_1.ParameterObject["schema"]>,
  };
}

function requestBodyOf({ body }: Route): OpenAPIV3_1.RequestBodyObject | null {
  switch (body.kind) {
    case "none":
      return null;
    case "json":
      return {
        required: true,
        content: Object.fromEntries(JSON_TYPES.map((type) => [type, { schema: refTo(body.schema) }])),
      };
    case "text":
      return {
        required: true,
        description: body.description,
        content: Object.fromEntries(body.types.map((type) => [type, {}])),
      };
    default:
      return body satisfies never;
  }
}

function answersOf({ answers, content }: Route): OpenAPIV3_1.ResponsesObject {
  const media: OpenAPIV3_1.ResponseObject["content"] =
    content.kind === "json"
      ? { "application/json": { schema: refTo(content.schema) } }
      : content.kind === "text"
        ? Object.fromEntries(content.types.map((type) => [type, {}]))
        : undefined;
  const rows = Object.entries(answers).map(([status, description]) => [
    status,
    { description, ...(media === undefined ? {} : { content: media }) },
  ]);
  return Object.fromEntries(rows) as OpenAPIV3_1.ResponsesObject;
}

function problemsOf(route: Route, secured: boolean): OpenAPIV3_1.ResponsesObject {
  const sentences = new Map<number, string[]>();
  for (const code of [...new Set(refusalsOf(route, secured))].sort()) {
    sentences.set(statusOf(code), [...(sentences.get(statusOf(code)) ?? []), sentenceOf(code)]);
  }
  const rows = [...sentences].map(([status, said]) => [
    String(status),
    { description: said.join(" "), content: { [PROBLEM_TYPE]: { schema: refTo(problemSchema) } } },
  ]);
  return Object.fromEntries(rows) as OpenAPIV3_1.ResponsesObject;
}

const BODY_REFUSALS: readonly RefusalCode[] = ["bad-body", "too-large", "wrong-type"];

function refusalsOf({ refusals, body, parameters }: Route, secured: boolean): readonly RefusalCode[] {
  return [
    ...refusals,
    // Any query parameter a route does not know is one too many.
    "bad-parameter",
    ...(Object.keys(parameters).length > 0 ? (["bad-path"] as const) : []),
    ...(body.kind === "none" ? [] : BODY_REFUSALS),
    ...(secured ? (["unauthorised"] as const) : (["cross-site", "not-local"] as const)),
    "bug",
    "store-away",
  ];
}
