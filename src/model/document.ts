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
}

/** Where the API lives: one entry of `servers`, or swagger 2.0's host and basePath. */
export interface DocumentedServer {
  /** host[:port], lower case, default port dropped; null when the document gives a relative or templated host. */
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
