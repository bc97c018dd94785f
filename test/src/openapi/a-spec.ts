// Builders of documents for tests.
import type { DocumentedOperation, Spec } from "../../../src/model/document.ts";

export function anOperation(over: Partial<DocumentedOperation> = {}): DocumentedOperation {
  return { method: "GET", path: "/pets", operationId: null, deprecated: false, tags: [], ...over };
}

/** Operations as `GET /pets`; a trailing `!` marks a deprecated one. */
export function aSpec(
  lines: readonly string[],
  over: Partial<Omit<Spec, "document">> & Partial<Spec["document"]> = {},
): Spec {
  const { title, version, dialect, servers, operations, ...rest } = over;
  return {
    id: "spec_a",
    name: "a.yaml",
    authorities: [],
    uploadedAt: 1,
    ...rest,
    document: {
      title: title ?? "Pets",
      version: version ?? "1",
      dialect: dialect ?? "3.1.0",
      servers: servers ?? [{ authority: null, basePath: "" }],
      operations:
        operations ??
        lines.map((line) => {
          const [method = "", path = ""] = line.replace(/!$/, "").split(" ");
          return anOperation({ method, path, deprecated: line.endsWith("!") });
        }),
    },
  };
}
