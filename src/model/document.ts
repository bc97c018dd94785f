// What an uploaded OpenAPI document says, as far as matching needs it.

/** One operation a document lists. */
export interface DocumentedOperation {
  /** Upper case. */
  readonly method: string;
  /** Path template below the base path, names kept: `/pets/{petId}`. */
  readonly path: string;
  readonly operationId: string | null;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /** Where it lives, if its path or itself names other servers than the document. */
  readonly servers?: readonly DocumentedServer[];
}

/** Where the API lives: one entry of `servers`, or swagger 2.0's host and basePath. */
export interface DocumentedServer {
  /**
   * host[:port], lower case, default port dropped; `{name}` stands for a part of it that varies. null when the document
   * gives none, or nothing but variables.
   */
  readonly authority: string | null;
  /** Starts with "/" and has no "/" at its end, or "" for the root. */
  readonly basePath: string;
}

export interface ApiDocument {
  readonly title: string;
  readonly version: string;
  /** "2.0", "3.0.3", "3.1.0", … as declared. */
  readonly dialect: string;
  readonly servers: readonly DocumentedServer[];
  /** Who answers for it, and where it says so (`x-owner`, `info.contact`); absent where it does not. */
  readonly owner?: { readonly name: string; readonly from: string };
  readonly operations: readonly DocumentedOperation[];
}

/** A document as kept: id is a hash of its text, so uploading it twice changes nothing. */
export interface Spec {
  readonly id: string;
  /** File name or name given at upload. */
  readonly name: string;
  /** Authorities it is bound to by the uploader; empty = by its servers, else any service it matches. */
  readonly authorities: readonly string[];
  readonly uploadedAt: number;
  readonly document: ApiDocument;
}

/** What the documents say about one method and path of one authority. */
export type DocumentMatch =
  | {
      /** The operation is listed (HEAD and OPTIONS count as listed where the path is). */
      readonly kind: "operation";
      /** Template with base path and the document's variable names: `/v1/pets/{petId}`. */
      readonly template: string;
      readonly operation: DocumentedOperation;
      readonly spec: Spec;
      /** All documents that list it, the deciding one first. */
      readonly specIds: readonly string[];
      /** Deprecated there, or gone from a newer edition of the same document. */
      readonly retired: "deprecated" | "removed" | null;
      /** One sentence that names the document and the operation. */
      readonly reason: string;
    }
  | {
      /** The path is listed, but not with this method. */
      readonly kind: "path";
      readonly template: string;
      readonly spec: Spec;
      readonly reason: string;
    }
  | { readonly kind: "none"; readonly reason: string };
