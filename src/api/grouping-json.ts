// Grouping as the API shows it: why a path is what it is, what became part of what, and what people pinned.
import { z } from "zod";
import { AI_DECISIONS } from "../model/governance.ts";
import type { StoredPin } from "../model/pin.ts";
import type { FoundEndpoint } from "../store/store.ts";
import type { HostGroupView, SegmentReason } from "./grouping-desk.ts";
import { component, count, iso, time } from "./schema.ts";
import { DECISIONS } from "./words.ts";

export const reasonSchema = z.object({
  feature: z.string(),
  weight: z.number().describe("Log-odds: above 0 for a variable, below for a route word."),
  text: z.string(),
});

export const segmentReason = z.object({
  segment: z.int().min(0).describe("0 at the root."),
  decided: z.enum(["variable", "literal"]),
  by: z.string().describe("A rule that always wins (pin, document, source, form, rule), or evidence."),
  score: z.number().nullable().describe("Log-odds, mean over the values heard there; null for a rule."),
  threshold: z.number().describe("Above it, a segment is a variable."),
  contributions: z.array(reasonSchema).describe("What the score is the sum of, strongest first."),
  values: count.describe("Distinct values heard there, as far as known."),
  otherwise: z.string().describe("What would have to be heard, or done, to decide otherwise."),
});

/** What an endpoint was before. */
export const pastSchema = {
  redirected_from: z
    .string()
    .nullable()
    .describe("The id asked for, where it is that of an endpoint that became part of this one."),
  merged: z
    .array(
      z.object({
        id: z.string(),
        method: z.string(),
        path: z.string(),
        at: time.describe("When it became part of this one."),
        owner: z.string().nullable(),
        decision: z.enum(DECISIONS).nullable().describe("What people said of it; null: nothing."),
        ai: z.enum(AI_DECISIONS).nullable().describe("What people said of its AI verdict; null: nothing."),
      }),
    )
    .describe("Endpoints that became part of this one; their ids go on to lead here."),
  split_from: z
    .object({
      id: z.string(),
      at: time,
      requests: count.describe("Requests whose bodies were examined as part of the other endpoint."),
    })
    .nullable()
    .describe("Set where bodies and parameters are still being learned anew."),
};

export function pastJson({ endpoint, redirectedFrom, merged }: FoundEndpoint) {
  const { carved } = endpoint;
  return {
    redirected_from: redirectedFrom,
    merged: merged.map(({ id, method, path, at, ...said }) => {
      const { owner, decision, ai } = said;
      return { id, method, path, at: iso(at), owner, decision, ai };
    }),
    split_from:
      carved === undefined ? null : { id: carved.from, at: iso(carved.at), requests: carved.requests },
  };
}

export function segmentReasonsJson(why: readonly SegmentReason[]): z.infer<typeof segmentReason>[] {
  return why.map(({ segment, decided, by, score, threshold, contributions, values, otherwise }) => ({
    segment,
    decided,
    by,
    score,
    threshold,
    contributions: contributions.map(({ feature, weight, text }) => ({ feature, weight, text })),
    values,
    otherwise,
  }));
}

const kind = z
  .enum(["merge", "split", "rename"])
  .describe(
    "merge: what stands at the last segment of `path` is a variable. split: it is a route word. rename: the variable there is called `name`.",
  );

export const pinSchema = component(
  "Pin",
  "What a person decided about the paths of a service; it wins over all evidence.",
  z.object({
    id: z.string(),
    authority: z.string(),
    created_at: time,
    by: z.string().nullable().describe("Who said so; null where nobody kept it."),
    kind,
    path: z.string(),
    name: z.string().nullable(),
  }),
);

export const pinList = component(
  "PinList",
  "All pins of one service.",
  z.object({ items: z.array(pinSchema) }),
);

// Longer paths are templated by their beginning, and a variable's name ends up in code.
const MAX_PATH = 2048;
const MAX_NAME = 40;

export const pinRequest = component(
  "PinRequest",
  "A decision about one place.",
  z
    .strictObject({
      kind,
      path: z
        .string()
        .max(MAX_PATH)
        .regex(/^(?:\/[^/?#\p{Cc}]+)+$/u, "must be a path from the root, without query")
        .describe(
          "From the root to the segment that is decided, variables in braces: `/users/{id}` to merge or rename, `/users/me` to split, or to merge that one word.",
        ),
      name: z
        .string()
        .max(MAX_NAME)
        .regex(/^[A-Za-z_][\w-]*$/, "must be a name of letters, digits, - and _")
        .optional()
        .describe("For rename."),
    })
    .refine((pin) => (pin.kind === "rename") === (pin.name !== undefined), {
      path: ["name"],
      message: "is given with rename, and only then",
    })
    .refine((pin) => pin.kind !== "split" || !lastSegment(pin.path).includes("{"), {
      path: ["path"],
      message: "must end in the route word that is split off",
    })
    .refine((pin) => pin.kind !== "rename" || lastSegment(pin.path).includes("{"), {
      path: ["path"],
      message: "must end in the variable that is renamed",
    }),
);

function lastSegment(path: string): string {
  return path.split("/").at(-1) ?? "";
}

export function pinJson({ id, authority, createdAt, by, pin }: StoredPin): z.infer<typeof pinSchema> {
  const { kind: of, path, name } = pin;
  return { id, authority, created_at: iso(createdAt), by, kind: of, path, name };
}

export const undone = component(
  "Undone",
  "The pins that take back what an event of grouping tells.",
  z.object({ pins: z.array(pinSchema) }),
);

const hostGroup = z.object({
  pattern: z.string().describe("With the variable in place of the label: `{tenant}.api.example.com`."),
  variable: z.string(),
  members: z.array(z.object({ authority: z.string(), value: z.string() })),
});

export const hostGroupList = component(
  "HostGroupList",
  "Hosts that answer as one service.",
  z.object({ items: z.array(hostGroup) }),
);

export function hostGroupJson({ pattern, variable, members }: HostGroupView): z.infer<typeof hostGroup> {
  return { pattern, variable, members: members.map(({ authority, value }) => ({ authority, value })) };
}
