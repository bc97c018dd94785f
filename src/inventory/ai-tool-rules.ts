// Risks of tools at one endpoint: what models may do there, and what changed about it without a word.
import { isDestructive } from "../ai/tools/definition.ts";
import type { Endpoint } from "../model/inventory.ts";
import type { ToolFacts } from "../model/tool-facts.ts";
import type { AiRule } from "./ai-rules.ts";
import { currentDefinition, toolChanges } from "./ai-tools.ts";
import { aiFactsOf, openSuccesses, toolsOf } from "./ai-words.ts";
import { counted } from "./counted.ts";

/** More tools than a model tells apart reliably (vendors advise to stay below 20 to 40). */
const MANY_TOOLS = 30;
// A finding is a line: what does not fit is counted.
const SHOWN = 8;

export const AI_TOOL_RULES: readonly AiRule[] = [
  {
    id: "ai-tool-poisoned",
    severity: "critical",
    title: "Tool description instructs the model",
    owasp: ["LLM01:2025", "LLM03:2025"],
    observable: "yes",
    holds: (endpoint) =>
      tell("descriptions that carry patterns of injection", toolsOf(endpoint), (tool) => {
        const groups = Object.values(tool.definitions.kept).flatMap(({ suspicious }) => suspicious ?? []);
        return groups.length === 0 ? null : [...new Set(groups)].join("/");
      }),
  },
  {
    id: "ai-tool-redefined",
    severity: "high",
    title: "Tool was redefined under its name",
    owasp: ["LLM03:2025", "API10:2023"],
    observable: "yes",
    holds: (endpoint) => changed(endpoint, "redefined", "description or schema changed"),
  },
  {
    id: "ai-tool-newly-destructive",
    severity: "high",
    title: "Tool became destructive",
    owasp: ["LLM06:2025"],
    observable: "yes",
    holds: (endpoint) =>
      changed(endpoint, "newly-destructive", "cannot be taken back since it was redefined"),
  },
  {
    id: "ai-tool-added",
    severity: "low",
    title: "New tool",
    owasp: ["API9:2023"],
    observable: "yes",
    holds: (endpoint) => changed(endpoint, "added", "came after the first list"),
  },
  {
    id: "ai-excessive-agency",
    severity: "high",
    title: "Destructive tools without authentication",
    owasp: ["LLM06:2025", "API5:2023"],
    observable: "yes",
    holds(endpoint) {
      if (openSuccesses(endpoint) === 0) return null;
      return tell("offered without any credential", toolsOf(endpoint), (tool) => {
        const now = currentDefinition(tool);
        return now !== null && isDestructive(now) ? now.effect : null;
      });
    },
  },
  {
    id: "ai-many-tools",
    severity: "low",
    title: "More tools than a model handles",
    owasp: ["LLM06:2025"],
    observable: "yes",
    holds(endpoint) {
      const tools = toolsOf(endpoint).filter(({ kind }) => kind === "tool");
      return tools.length <= MANY_TOOLS ? null : `offers ${counted(tools.length, "tool")}`;
    },
  },
  {
    id: "ai-foreign-origin",
    severity: "high",
    title: "Server of tools answers pages of other hosts",
    owasp: ["API8:2023"],
    observable: "yes",
    holds(endpoint) {
      const protocols = Object.values(aiFactsOf(endpoint).protocols ?? {});
      const seen = protocols.reduce((all, one) => all + one.foreignOrigins, 0);
      return seen === 0 ? null : `${counted(seen, "request")} with a foreign Origin answered with success`;
    },
  },
];

function changed(endpoint: Endpoint, wanted: string, what: string): string | null {
  const protocol = Object.values(aiFactsOf(endpoint).protocols ?? {})[0] ?? null;
  return tell(what, toolsOf(endpoint), (tool) =>
    toolChanges(tool, protocol).some((change) => change === wanted) ? "" : null,
  );
}

/** One sentence: the tools for which `of` gives something, and what. */
function tell(
  what: string,
  tools: readonly ToolFacts[],
  of: (tool: ToolFacts) => string | null,
): string | null {
  const told = tools.flatMap((tool) => {
    const detail = of(tool);
    if (detail === null) return [];
    return [detail === "" ? tool.name : `${tool.name} (${detail})`];
  });
  if (told.length === 0) return null;
  const left = told.length > SHOWN ? ` and ${told.length - SHOWN} more` : "";
  return `${what}: ${told.slice(0, SHOWN).join(", ")}${left}`;
}
