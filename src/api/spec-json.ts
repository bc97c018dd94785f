// Uploaded documents as the API shows them.
import { z } from "zod";
import type { Spec } from "../model/document.ts";
import type { StandingChange } from "./spec-desk.ts";
import { component, count, iso, time } from "./schema.ts";
import { STANDINGS } from "./words.ts";

const row = z.object({
  id: z.string(),
  name: z.string(),
  authorities: z.array(z.string()).describe("Bound to these by the uploader; empty: by its servers."),
  uploaded_at: time,
  title: z.string(),
  version: z.string(),
  dialect: z.string().describe("Version of OpenAPI or Swagger, as declared."),
  servers: z.array(z.object({ authority: z.string().nullable(), base_path: z.string() })),
  operations_count: count,
});

export const specRow = component("SpecRow", "An uploaded document, in a list.", row);

export const specList = component(
  "SpecList",
  "All uploaded documents, oldest first.",
  z.object({ revision: count.describe("Grows by one with each change."), items: z.array(specRow) }),
);

export const specDetail = component(
  "Spec",
  "An uploaded document and the operations it lists.",
  row.extend({
    operations: z.array(
      z.object({
        method: z.string(),
        path: z.string(),
        operation_id: z.string().nullable(),
        deprecated: z.boolean(),
        tags: z.array(z.string()),
      }),
    ),
  }),
);

export const specUploaded = component(
  "SpecUploaded",
  "A document that was uploaded, and what it changed.",
  specDetail.extend({
    summary: z.string().describe("For people: what the upload changed."),
    changes: z.array(
      z.object({
        from: z.enum(STANDINGS).nullable().describe("null: was not there."),
        to: z.enum(STANDINGS).nullable().describe("null: is no more."),
        endpoints: count,
      }),
    ),
  }),
);

export function specUploadedJson(
  spec: Spec,
  changes: readonly StandingChange[],
): z.infer<typeof specUploaded> {
  return {
    ...specDetailJson(spec),
    summary: summaryOf(changes),
    changes: changes.map((one) => ({ ...one })),
  };
}

/** `14 shadow become documented, 3 new orphan, 2 orphan gone`. */
function summaryOf(changes: readonly StandingChange[]): string {
  const told = changes.map(({ from, to, endpoints }) => {
    if (from === null) return `${endpoints} new ${to ?? ""}`;
    return to === null
      ? `${endpoints} ${from} gone`
      : `${endpoints} ${from} ${endpoints === 1 ? "becomes" : "become"} ${to}`;
  });
  return told.join(", ") || "nothing changed";
}

export function specRowJson({ id, name, authorities, uploadedAt, document }: Spec): z.infer<typeof specRow> {
  return {
    id,
    name,
    authorities: [...authorities],
    uploaded_at: iso(uploadedAt),
    title: document.title,
    version: document.version,
    dialect: document.dialect,
    servers: document.servers.map(({ authority, basePath }) => ({ authority, base_path: basePath })),
    operations_count: document.operations.length,
  };
}

export function specDetailJson(spec: Spec): z.infer<typeof specDetail> {
  return {
    ...specRowJson(spec),
    operations: spec.document.operations.map(({ method, path, operationId, deprecated, tags }) => ({
      method,
      path,
      operation_id: operationId,
      deprecated,
      tags: [...tags],
    })),
  };
}
