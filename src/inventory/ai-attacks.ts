// Attacks on AI software at one endpoint: signatures by how far they came, and patterns in texts by whose words they were.
import type { ExploitGrade } from "../ai/exploits.ts";
import { exploitOf } from "../ai/exploits.ts";
import type { Endpoint } from "../model/inventory.ts";
import { looksAi } from "../model/inventory.ts";
import type { AiRule } from "./ai-rules.ts";
import { aiFactsOf } from "./ai-words.ts";
import { counted } from "./counted.ts";

export const AI_ATTACK_RULES: readonly AiRule[] = [
  {
    id: "ai-exploit",
    severity: "critical",
    title: "Known attack on AI software was answered",
    owasp: ["LLM03:2025", "API7:2023", "API8:2023"],
    observable: "partly",
    holds: (endpoint) => attacked(endpoint, ["effect", "reached"], false),
  },
  {
    id: "ai-exploit-attempt",
    severity: "medium",
    title: "Known attack on AI software was tried",
    owasp: ["LLM03:2025", "API8:2023"],
    observable: "partly",
    holds: (endpoint) => attacked(endpoint, ["attempt"], false),
  },
  {
    id: "ai-exposed-control",
    severity: "high",
    title: "Control routes of AI software answer",
    owasp: ["API5:2023", "API8:2023"],
    observable: "yes",
    holds: (endpoint) => attacked(endpoint, ["effect", "reached"], true),
  },
  {
    id: "ai-prompt-injection",
    severity: "medium",
    title: "Prompt injection tried",
    owasp: ["LLM01:2025"],
    observable: "partly",
    holds: (endpoint) => (looksAi(endpoint) ? flagged(endpoint, ["prompt"], INSTRUCTING) : null),
  },
  {
    id: "ai-indirect-injection",
    severity: "high",
    title: "Instructions to a model in what a tool returned",
    owasp: ["LLM01:2025", "API10:2023"],
    observable: "partly",
    holds: (endpoint) => flagged(endpoint, ["tool-result", "tool-arguments"], INSTRUCTING),
  },
  {
    id: "ai-unsafe-output",
    severity: "medium",
    title: "Answer carries script, a command or a link that takes data along",
    owasp: ["LLM05:2025"],
    observable: "partly",
    holds: (endpoint) =>
      looksAi(endpoint) ? flagged(endpoint, ["answer"], new Set(["exfiltration", "unsafe-output"])) : null,
  },
];

const INSTRUCTING = new Set([
  "override",
  "jailbreak",
  "prompt-leak",
  "template-token",
  "indirect",
  "encoded",
  "multilingual",
]);

/** Signatures that mean something only beside AI software count only there. */
function attacked(endpoint: Endpoint, grades: readonly ExploitGrade[], exposure: boolean): string | null {
  const told = Object.entries(aiFactsOf(endpoint).signatures ?? {}).flatMap(([id, facts]) => {
    const row = exploitOf(id);
    const count = grades.reduce((all, grade) => all + facts[grade], 0);
    if (row === undefined || count === 0 || (row.exposure === true) !== exposure) return [];
    if ((exposure || row.context === true) && !looksAi(endpoint)) return [];
    const effect =
      facts.effect > 0 && grades.includes("effect") ? ", and the answer shows that it worked" : "";
    const name = [row.product, row.weakness, row.cve].filter((part) => part !== undefined).join(", ");
    return [`${name}: ${counted(count, "request")}${effect}`];
  });
  return told.length === 0 ? null : told.sort().join("; ");
}

function flagged(
  endpoint: Endpoint,
  directions: readonly string[],
  groups: ReadonlySet<string>,
): string | null {
  const told = Object.entries(aiFactsOf(endpoint).patterns ?? {}).flatMap(([key, facts]) => {
    const [direction = "", group = ""] = key.split(" ", 2);
    const count = facts.flagged;
    return directions.includes(direction) && groups.has(group) && count > 0 ? [`${group} (${count})`] : [];
  });
  return told.length === 0 ? null : `patterns in texts, by group: ${told.sort().join(", ")}`;
}
