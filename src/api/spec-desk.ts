// The port for what people do with documents: upload and removal, each judged against the whole inventory at one go.
import type { Spec } from "../model/document.ts";
import type { Standing } from "../model/inventory.ts";
import type { Weird } from "../model/parsed.ts";

/**
 * added: kept, and every standing judged with it. known: the same text with the same binding was there, nothing changed.
 * bound-otherwise: the same text is kept for other authorities. conflict: the inventory changed faster than it was judged.
 */
export type UploadResult =
  | { readonly kind: "added"; readonly spec: Spec; readonly changes: readonly StandingChange[] }
  | { readonly kind: "known" | "bound-otherwise"; readonly spec: Spec }
  | { readonly kind: "unreadable"; readonly weird: Weird }
  | { readonly kind: "conflict" };

/** So many endpoints stand elsewhere now; null: they were not there before, or are no more. */
export interface StandingChange {
  readonly from: Standing | null;
  readonly to: Standing | null;
  readonly endpoints: number;
}

export type RemovalResult = "removed" | "unknown" | "conflict";

export interface SpecDesk {
  /** `authorities`: bind the document to these; empty: by its servers. Rejects only for transient faults. */
  upload(name: string, text: string, authorities: readonly string[]): Promise<UploadResult>;
  remove(id: string): Promise<RemovalResult>;
}
