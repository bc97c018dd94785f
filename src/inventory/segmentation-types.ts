// What a segmentation plan consists of: peers, what each may call, and what the rules would have blocked.
import type { Place } from "./places.ts";

export interface TargetWorkload {
  /** DNS-1123 label. */
  readonly name: string;
  readonly namespace: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Nobody said which labels the pods carry. */
  readonly guessed: boolean;
  readonly ports: readonly number[];
}

/** Who may call. A workload is one that the file of places names. */
export type Peer =
  | { readonly kind: "workload"; readonly place: Place }
  | { readonly kind: "address"; readonly cidr: string };

/** What may be called. */
export interface AllowedOperation {
  readonly method: string;
  /** Template with `{name}` variables. */
  readonly path: string;
  /** The last variable stands for any number of segments. */
  readonly tail: boolean;
  /** By this caller; times in milliseconds since the epoch. */
  readonly requests: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export interface AllowRule {
  readonly peer: Peer;
  readonly operations: readonly AllowedOperation[];
  readonly requests: number;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Too little was heard to be sure that nothing else is needed. */
  readonly thin: boolean;
}

/** Traffic of the last 30 days that the rules do not allow. */
export interface Blocked {
  readonly caller: string;
  readonly agent: string;
  readonly method: string;
  readonly path: string;
  readonly requests: number;
  readonly lastSeen: number;
  readonly reason: string;
  /** The caller may reach the service in other ways: rules for addresses and ports alone would let this pass. */
  readonly addressAllowed: boolean;
}

export interface SegmentationPlan {
  readonly service: string;
  readonly target: TargetWorkload;
  readonly window: { readonly from: number; readonly until: number };
  /** The busiest first. */
  readonly rules: readonly AllowRule[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly string[];
  /** Paths and methods are visible on the wire: not all of it is encrypted. */
  readonly cleartext: boolean;
}
