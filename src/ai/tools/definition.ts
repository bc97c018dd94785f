// One tool as a server describes it: what it does, what it takes, and one text that changes whenever its meaning does.
import type { ToolDefinition, ToolEffect, ToolKind } from "../../model/tool-facts.ts";
import { suspicionOf } from "../injections.ts";
import type { Fields } from "./rpc.ts";
import { fieldsOf, itemsOf, textOf } from "./rpc.ts";

export interface ListedTool {
  readonly kind: ToolKind;
  /** As sent; whoever keeps it makes sure that it is a name. */
  readonly name: string;
  /** Equal for equal name, description, input schema and word on destruction; to be hashed, never kept. */
  readonly wording: string;
  readonly definition: Pick<
    ToolDefinition,
    "effect" | "parameters" | "declares" | "openWorld" | "suspicious"
  >;
}

// Schemas of public tools stay far below; the rest of a longer list tells nothing more.
const MAX_PARAMETERS = 32;
const MAX_WORDING = 65_536;

/*
  MCP, Tool: { name, description?, inputSchema, annotations?: { readOnlyHint, destructiveHint, openWorldHint } };
  Resource: { uri, name, … }; Prompt: { name, arguments?: [{ name, required }] }. A2A, AgentSkill: { id, name, … }.
*/
export function listedTool(kind: ToolKind, value: unknown): ListedTool | null {
  const fields = fieldsOf(value);
  const name = fields === null ? null : nameOf(kind, fields);
  if (fields === null || name === null || name === "") return null;
  const schema = schemaOf(fields);
  const hints = hintsOf(fields);
  // A tool that says it destroys is another than the one that did not; other hints are no change of meaning.
  const destroys = hints.declares === "destructive" ? ["destructive"] : [];
  const whole = canonical([name, textOf(fields["description"]), schema, ...destroys]);
  const wording = whole.slice(0, MAX_WORDING);
  return {
    kind,
    name,
    // What differs behind the limit differs in length, more often than not.
    wording: whole.length > MAX_WORDING ? `${wording} ${whole.length}` : wording,
    definition: {
      effect: effectOf(name),
      parameters: parametersOf(schema),
      ...hints,
      ...doubtsOf(wording),
    },
  };
}

function schemaOf(fields: Fields): unknown {
  return (
    fields["inputSchema"] ?? fields["input_schema"] ?? fields["parameters"] ?? fields["arguments"] ?? null
  );
}

function doubtsOf(wording: string): Pick<ToolDefinition, "suspicious"> {
  const { weight, groups } = suspicionOf(wording);
  return weight >= SUSPICIOUS ? { suspicious: groups } : {};
}

// Descriptions instruct a model by their nature: a single weak pattern says nothing there.
const SUSPICIOUS = 5;

function nameOf(kind: ToolKind, fields: Fields): string | null {
  if (kind === "skill") return textOf(fields["id"]) ?? textOf(fields["name"]);
  return textOf(fields["name"]) ?? textOf(fields["title"]);
}

function hintsOf(fields: Fields): Pick<ToolDefinition, "declares" | "openWorld"> {
  const hints = fieldsOf(fields["annotations"]);
  if (hints === null) return {};
  const isReadOnly = hints["readOnlyHint"] === true;
  const isDestroying = hints["destructiveHint"] === true && !isReadOnly;
  return {
    ...(isReadOnly && { declares: "read-only" }),
    ...(isDestroying && { declares: "destructive" }),
    ...(hints["openWorldHint"] === true && { openWorld: true }),
  };
}

/** JSON with sorted keys: order of fields is not meaning. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) => {
      const fields = fieldsOf(inner);
      if (fields === null) return inner;
      return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ""
  );
}

function parametersOf(schema: unknown): Readonly<Record<string, string>> {
  const named = Array.isArray(schema) ? promptArguments(schema) : schemaProperties(schema);
  return Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_PARAMETERS));
}

function* promptArguments(list: readonly unknown[]): Generator<readonly [string, string]> {
  for (const item of itemsOf(list, MAX_PARAMETERS)) {
    const fields = fieldsOf(item);
    const name = textOf(fields?.["name"]);
    if (name !== null) yield [name, fields?.["required"] === true ? "string!" : "string"];
  }
}

const TYPES = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);

function* schemaProperties(schema: unknown): Generator<readonly [string, string]> {
  const fields = fieldsOf(schema);
  const required = new Set(itemsOf(fields?.["required"], 256));
  for (const [name, property] of Object.entries(fieldsOf(fields?.["properties"]) ?? {})) {
    const type = textOf(fieldsOf(property)?.["type"]);
    const known = type !== null && TYPES.has(type.toLowerCase()) ? type.toLowerCase() : "any";
    yield [name, required.has(name) ? `${known}!` : known];
  }
}

/** By the words of the name, worst first. */
const EFFECTS: readonly (readonly [ToolEffect, RegExp])[] = [
  ["pay", /^(?:pay|payment|payout|transfer|refund|charge|purchase|buy|checkout|withdraw|wire|donate)$/],
  [
    "delete",
    /^(?:delete|remove|drop|purge|destroy|wipe|revoke|cancel|terminate|kill|truncate|erase|uninstall|reset)$/,
  ],
  [
    "execute",
    /^(?:exec|execute|run|shell|eval|evaluate|bash|cmd|command|deploy|script|terminal|spawn|invoke|powershell|sql)$/,
  ],
  [
    "write",
    /^(?:create|update|write|set|add|insert|put|post|send|edit|modify|upload|move|rename|publish|merge|commit|push|approve|grant|assign|book|schedule|save|patch|upsert|append|replace|submit|make|register|enable|disable|start|stop|close|open|reply|email|notify|import|apply|convert)$/,
  ],
  [
    "read",
    /^(?:get|list|read|search|find|fetch|query|describe|show|lookup|browse|count|view|check|status|retrieve|export|download|ask|explain|summarize|calculate|compute|analyze|inspect|validate|compare|resolve|echo|ping|info)$/,
  ],
];

/** What a tool of this name does. */
export function effectOf(name: string): ToolEffect {
  const words = name
    .slice(0, 128)
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  return EFFECTS.find(([, verb]) => words.some((word) => verb.test(word)))?.[0] ?? "unknown";
}

/** Using it cannot be taken back: it says so, or its name does. */
export function isDestructive({ effect, declares }: Pick<ToolDefinition, "effect" | "declares">): boolean {
  if (declares !== undefined) return declares === "destructive";
  return effect === "delete" || effect === "execute" || effect === "pay";
}
