// What is known of one tool, resource, prompt or skill that a server offers to language models; texts stay behind as hashes.
import type { Bound, Bounded } from "./bounded.ts";
import { emptyBounded, sum } from "./bounded.ts";
import type { Own } from "./grow.ts";
import { growBounded, ownCopy } from "./grow.ts";

export type ToolKind = "tool" | "resource" | "prompt" | "skill";

/** What using it does, by the words of its name and by what it declares. */
export type ToolEffect = "read" | "write" | "delete" | "execute" | "pay" | "unknown";

/** One wording of a tool: what it looked like while its name, description and input schema stayed the same. */
export interface ToolDefinition {
  /** Lists that gave it so. */
  readonly lists: number;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly effect: ToolEffect;
  /** As declared (`destructiveHint`, `readOnlyHint`, `openWorldHint`); absent when it declares nothing. */
  readonly declares?: "destructive" | "read-only";
  readonly openWorld?: boolean;
  /** Parameter names to JSON types, required ones with "!" behind: at most 32. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Patterns of injection in its description or its schema; groups, sorted. Absent: none. */
  readonly suspicious?: readonly string[];
}

export interface ToolFacts {
  readonly kind: ToolKind;
  readonly name: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Calls heard, and how many of them ended in an error. */
  readonly calls: number;
  readonly errors: number;
  /** Key: keyed hash of name, description and input schema. */
  readonly definitions: Bounded<ToolDefinition>;
  /** What the server asked elsewhere while it answered calls: "METHOD authority/path" to calls. */
  readonly backends: Bounded<number>;
}

/*
  The widest public servers offer some 100 tools; a definition changes with releases; a tool wraps a few operations.
*/
export const TOOL_CAPS = { tools: 128, definitions: 6, backends: 12 } as const;

const DEFINITIONS: Bound<ToolDefinition> = {
  cap: TOOL_CAPS.definitions,
  grow: growDefinition,
  join: (a, b) => growDefinition(ownCopy(a), b),
};
const BACKENDS: Bound<number> = { cap: TOOL_CAPS.backends, join: sum };

/** How tools grow in `Facts`. */
export const TOOLS: Bound<ToolFacts> = {
  cap: TOOL_CAPS.tools,
  grow: growTool,
  join: (a, b) => growTool(ownCopy(a), b),
};

/** The bound of a tool's definitions, for whoever makes the first. */
export const TOOL_DEFINITIONS = DEFINITIONS;
export const TOOL_BACKENDS = BACKENDS;

/** Key of a tool in `Facts.tools`. */
export function toolKey({ kind, name }: Pick<ToolFacts, "kind" | "name">): string {
  return `${kind} ${name}`;
}

/** A tool that was neither listed nor called yet. */
export function emptyTool(kind: ToolKind, name: string, at: number): Own<ToolFacts> {
  return {
    kind,
    name,
    firstSeen: at,
    lastSeen: at,
    calls: 0,
    errors: 0,
    definitions: emptyBounded(),
    backends: emptyBounded(),
  };
}

function growTool(into: Own<ToolFacts>, from: ToolFacts): ToolFacts {
  if (into.name !== from.name) into.name = "*";
  if (from.kind < into.kind) into.kind = from.kind;
  into.firstSeen = Math.min(into.firstSeen, from.firstSeen);
  into.lastSeen = Math.max(into.lastSeen, from.lastSeen);
  into.calls += from.calls;
  into.errors += from.errors;
  growBounded(into.definitions, from.definitions, DEFINITIONS);
  growBounded(into.backends, from.backends, BACKENDS);
  return into;
}

/** Under one key the definitions are equal but for their times; what is joined in `rest` keeps no parameters. */
function growDefinition(into: Own<ToolDefinition>, from: ToolDefinition): ToolDefinition {
  into.lists += from.lists;
  into.firstSeen = Math.min(into.firstSeen, from.firstSeen);
  into.lastSeen = Math.max(into.lastSeen, from.lastSeen);
  if (into.effect !== from.effect) into.effect = "unknown";
  if (JSON.stringify(into.parameters) !== JSON.stringify(from.parameters)) into.parameters = {};
  if (into.declares !== from.declares) delete into.declares;
  if (into.openWorld !== from.openWorld) delete into.openWorld;
  if (from.suspicious !== undefined) {
    into.suspicious = [...new Set([...(into.suspicious ?? []), ...from.suspicious])].sort();
  }
  return into;
}
