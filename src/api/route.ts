// The contract of one route of the REST API: what it takes and gives, told once for the router, the document and the tests.
import type { OpenAPIV3_1 } from "openapi-types";
import type { z } from "zod";
import type { Approvals } from "../inventory/ai-approvals.ts";
import type { PlaceFinder } from "../inventory/places.ts";
import type { InventoryStore } from "../store/store.ts";
import type { GovernanceDesk } from "./governance-desk.ts";
import type { GroupingDesk } from "./grouping-desk.ts";
import type { Parameters, Values } from "./parameter.ts";
import type { RefusalCode } from "./problem.ts";
import type { SpecDesk } from "./spec-desk.ts";

/** What handlers work with. */
export interface Parts {
  readonly store: InventoryStore;
  readonly specs: SpecDesk;
  readonly governance: GovernanceDesk;
  readonly grouping: GroupingDesk;
  /** Where people reach this API, without path: `http://127.0.0.1:8080`. */
  readonly publicUrl: () => string;
  /** Which workload or network an address belongs to, as people said. */
  readonly places: PlaceFinder;
  /** Which vendors of models are allowed. Rejects with a sentence when the list is wrong. */
  readonly approvals: () => Promise<Approvals>;
  /** The API's own document. */
  readonly document: () => OpenAPIV3_1.Document;
}

/** What the caller asked, read and checked. */
export interface Asked<P extends Parameters, Q extends Parameters, B> {
  readonly path: Values<P>;
  readonly query: Values<Q>;
  readonly body: B;
  /** Who asks: the name of the token, for the history of what is decided. */
  readonly by: string;
  /** The first of `types` by the caller's Accept header; null when none is acceptable. */
  accepts(types: readonly string[]): string | null;
}

export type RouteBody<B> =
  | { readonly kind: "none" }
  /** JSON that `schema` passes; `schema` is a named component. */
  | { readonly kind: "json"; readonly schema: z.ZodType<B> }
  /** Text as it came. */
  | { readonly kind: "text"; readonly description: string; readonly types: readonly string[] };

export type RouteContent<R> =
  | { readonly kind: "json"; readonly schema: z.ZodType<R> }
  | { readonly kind: "text"; readonly types: readonly string[] }
  | { readonly kind: "none" };

export type Reply<R> =
  | { readonly status: 200 | 201; readonly json: R; readonly location?: string }
  | { readonly status: 200; readonly text: string; readonly type: string }
  | { readonly status: 204 };

export interface Route<
  P extends Parameters = Parameters,
  Q extends Parameters = Parameters,
  B = unknown,
  R = unknown,
> {
  /** The file's name without extension; the operationId in the document. */
  readonly id: string;
  readonly method: "get" | "post" | "patch" | "delete";
  /** Template below /api/v1, with `{name}` for each entry of `parameters`. */
  readonly path: `/${string}`;
  readonly tag:
    | "services"
    | "endpoints"
    | "events"
    | "specs"
    | "health"
    | "governance"
    | "meta"
    | "graph"
    | "ai"
    | "reports";
  readonly summary: string;
  readonly description?: string;
  readonly parameters: P;
  readonly query: Q;
  readonly body: RouteBody<B>;
  /** Sentences for the good answers, by status. */
  readonly answers: Readonly<Partial<Record<200 | 201 | 204, string>>>;
  readonly content: RouteContent<R>;
  /** What it may refuse, beyond what every route refuses. */
  readonly refusals: readonly RefusalCode[];
  handle(asked: Asked<P, Q, B>, parts: Parts): Promise<Reply<R>>;
}

/** Keeps the types of one unit together; the router sees all units alike. */
export function defineRoute<P extends Parameters, Q extends Parameters, B, R>(
  route: Route<P, Q, B, R>,
): Route {
  // The router calls `handle` only with what `parameters`, `query` and `body` of the same unit read.
  return route as unknown as Route;
}

export const NO_REQUEST_BODY: RouteBody<undefined> = { kind: "none" };
