// Lists of the AI inventory are parts of one view, so they are paged alike.
import { z } from "zod";
import type { AiSection } from "../report/ai-section.ts";
import { decodeCursor, encodeCursor } from "../store/cursor.ts";
import { aiView } from "./ai-view.ts";
import { plain } from "./ai-json.ts";
import { PAGING } from "./page.ts";
import type { Parameters, Values } from "./parameter.ts";
import type { Route } from "./route.ts";
import { defineRoute, NO_REQUEST_BODY } from "./route.ts";
import { component } from "./schema.ts";

interface Page {
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Rows from where the cursor says; it counts rows, for the order is not of one column. Throws `BadCursor`. */
export function pageOfRows<T>(list: string, rows: readonly T[], { limit, cursor }: Page) {
  const from = decodeCursor<number>(list, "number", cursor ?? null)?.key ?? 0;
  const items = rows.slice(from, from + limit);
  const next = from + limit < rows.length ? encodeCursor(list, { key: from + limit, id: "" }) : null;
  return { items, next_cursor: next };
}

/** The schema of a page of `item`s. */
export function aiPage<S extends z.ZodType>(name: string, description: string, item: S) {
  return component(
    name,
    description,
    z.object({
      items: z.array(item),
      next_cursor: z.string().nullable().describe("For the next page; null on the last one."),
    }),
  );
}

interface AiList<Q extends Parameters> {
  /** The unit's id: `list-ai-` and the last part of the path. */
  readonly id: `list-ai-${string}`;
  readonly summary: string;
  readonly description: string;
  readonly schema: z.ZodType;
  readonly query: Q;
  rows(section: AiSection, query: Values<Q>): readonly object[];
}

export function defineAiList<Q extends Parameters>(list: AiList<Q>): Route {
  const { id, summary, description, schema, query, rows } = list;
  const name = id.slice("list-ai-".length);
  return defineRoute({
    id,
    method: "get",
    path: `/ai/${name}`,
    tag: "ai",
    summary,
    description,
    parameters: {},
    query: { ...query, ...PAGING },
    body: NO_REQUEST_BODY,
    answers: { 200: "A page of them." },
    content: { kind: "json", schema },
    refusals: ["bad-cursor"],
    async handle({ query: asked }, parts) {
      const { section } = await aiView(parts);
      const paging = asked as unknown as Page;
      return {
        status: 200,
        json: plain(pageOfRows(`ai ${name}`, rows(section, asked as unknown as Values<Q>), paging)),
      };
    },
  });
}
