// GET /openapi.json: this API's own document.
import { z } from "zod";
import { defineRoute, NO_REQUEST_BODY } from "../route.ts";
import { component } from "../schema.ts";

const openApiDocument = component(
  "OpenApiDocument",
  "An OpenAPI 3.1 document.",
  z.looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string(), version: z.string() }) }),
);

export default defineRoute({
  id: "get-document",
  method: "get",
  path: "/openapi.json",
  tag: "meta",
  summary: "Show the OpenAPI document of this API",
  parameters: {},
  query: {},
  body: NO_REQUEST_BODY,
  answers: { 200: "The document." },
  content: { kind: "json", schema: openApiDocument },
  refusals: [],
  async handle(_asked, { document }) {
    // As plain JSON, which the document's type does not say.
    return { status: 200, json: document() as unknown as z.infer<typeof openApiDocument> };
  },
});
