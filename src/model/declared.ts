// Who answers somewhere, as traffic itself declares it: the one kind of value from headers that outlives the digest.
import type { Bound } from "./bounded.ts";
import type { Own } from "./grow.ts";

/**
 * What is named: a service; a workload (deployment, app); the account that one runs under; an upstream as a gateway calls
 * it, in which namespace, service and port may be one word.
 */
export type DeclaredKind = "service" | "workload" | "account" | "upstream";

/** Names as the source writes them: not judged yet, so values like any other. */
export interface Declaration {
  readonly kind: DeclaredKind;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** Which end of the conversation is meant. */
export type DeclaredRole = "answers" | "calls";

/** Who said so. Clients write what they like into requests, so what they say counts less. */
export type DeclaredPlace = "log" | "request.header" | "response.header";

/** One exact declaration; equal under one key but for the count. */
export interface DeclaredFacts {
  readonly kind: DeclaredKind;
  /** null: only the namespace or labels were told. Lower case. */
  readonly name: string | null;
  readonly namespace: string | null;
  /** Labels of Kubernetes as `key=value`, in order; at most 8. */
  readonly labels: readonly string[];
  readonly place: DeclaredPlace;
  /** Name of the header; null for logs. */
  readonly header: string | null;
  readonly requests: number;
}

/** Distinct except in the rest of a bounded map, where names that differed are "*". */
export function declaredKey({ kind, name, namespace, labels, place, header }: DeclaredFacts): string {
  return JSON.stringify([name, namespace, kind, place, header, labels]);
}

/** `namespace/name`, or what of it is told. */
export function declaredName({ name, namespace }: Pick<DeclaredFacts, "name" | "namespace">): string {
  return namespace === null ? (name ?? "") : `${namespace}/${name ?? "*"}`;
}

/*
  A service has one name, written by two or three headers; twice over while it moves. Twelve leaves room for labels that
  change, and 12 rows of 8 labels stay below 12 KB.
*/
const MOST_DECLARED = 12;

export const DECLARED: Bound<DeclaredFacts> = {
  cap: MOST_DECLARED,
  grow: growDeclared,
  join: (a, b) => growDeclared({ ...a }, b),
};

const NO_LABELS: readonly string[] = [];

function growDeclared(into: Own<DeclaredFacts>, from: DeclaredFacts): DeclaredFacts {
  into.requests += from.requests;
  if (from.kind < into.kind) into.kind = from.kind;
  if (from.place < into.place) into.place = from.place;
  into.name = same(into.name, from.name);
  into.namespace = same(into.namespace, from.namespace);
  into.header = same(into.header, from.header);
  if (JSON.stringify(into.labels) !== JSON.stringify(from.labels)) into.labels = NO_LABELS;
  return into;
}

const SEVERAL = "*";

function same(a: string | null, b: string | null): string | null {
  return a === b ? a : SEVERAL;
}

/** Two names of one caller: the same, or nobody knows. */
export function joinWorkload(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a === b ? a : SEVERAL;
}
