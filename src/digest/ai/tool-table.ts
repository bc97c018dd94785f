// Collects what one exchange tells of tools, with names made safe and wordings hashed.
import type { ListedTool } from "../../ai/tools/definition.ts";
import { addToBounded, boundedOf, emptyRecord } from "../../model/bounded.ts";
import type { Own } from "../../model/grow.ts";
import type { Facts } from "../../model/sighting.ts";
import type { ToolDefinition, ToolFacts, ToolKind } from "../../model/tool-facts.ts";
import { emptyTool, toolKey, TOOL_BACKENDS, TOOL_DEFINITIONS, TOOLS } from "../../model/tool-facts.ts";
import type { SafeName } from "../names.ts";

interface Named {
  readonly kind: ToolKind;
  readonly name: string;
}

export interface ToolTable {
  listed(tool: ListedTool): void;
  called(call: Named, failed: boolean): void;
  /** A call that was counted elsewhere turned out to fail. */
  failed(call: Named): void;
  backend(call: Named, label: string): void;
  /** undefined when there was nothing. */
  tools(): Facts["tools"];
}

export function createToolTable(
  at: number,
  { safeName, hash32 }: { readonly safeName: SafeName; readonly hash32: (text: string) => number },
): ToolTable {
  const table = new Map<string, Own<ToolFacts>>();
  const entry = ({ kind, name }: Named): Own<ToolFacts> => {
    const safe = safeName(name);
    const key = toolKey({ kind, name: safe });
    const held = table.get(key) ?? emptyTool(kind, safe, at);
    table.set(key, held);
    return held;
  };
  return {
    listed(tool) {
      const held = entry(tool);
      const tag = wordingTag(tool.wording, hash32);
      held.definitions = addToBounded(
        held.definitions,
        tag,
        definitionOf(tool, at, safeName),
        TOOL_DEFINITIONS,
      );
    },
    called(call, failed) {
      const held = entry(call);
      held.calls += 1;
      if (failed) held.errors += 1;
    },
    failed(call) {
      entry(call).errors += 1;
    },
    backend(call, label) {
      const held = entry(call);
      held.backends = addToBounded(held.backends, label, 1, TOOL_BACKENDS);
    },
    tools: () => (table.size === 0 ? undefined : boundedOf(table, TOOLS)),
  };
}

function definitionOf({ definition }: ListedTool, at: number, safeName: SafeName): ToolDefinition {
  const parameters = safeParameters(definition.parameters, safeName);
  return { lists: 1, firstSeen: at, lastSeen: at, ...definition, parameters };
}

/** 64 bits, so that two wordings of one tool never meet by chance. */
function wordingTag(wording: string, hash32: (text: string) => number): string {
  const hex = (text: string) => (hash32(text) >>> 0).toString(16).padStart(8, "0");
  return hex(wording) + hex(`${wording}\u0000`);
}

function safeParameters(
  parameters: Readonly<Record<string, string>>,
  safeName: SafeName,
): Record<string, string> {
  const safe = emptyRecord<string>();
  for (const [name, type] of Object.entries(parameters)) safe[safeName(name)] = type;
  return safe;
}
