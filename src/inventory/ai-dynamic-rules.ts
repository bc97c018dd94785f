// What single endpoints tell of APIs that agents use or find out; the signs of whole services are told beside assets.
import type { AiRule } from "./ai-rules.ts";
import { dynamicRow } from "./ai-dynamic.ts";
import { isAgentOnly, TRIALS } from "./ai-dynamic-signals.ts";
import { marksOf } from "./ai-words.ts";
import { counted } from "./counted.ts";

export const AI_DYNAMIC_RULES: readonly AiRule[] = [
  {
    id: "ai-agent-only",
    severity: "info",
    title: "Only AI agents call it",
    owasp: ["LLM06:2025", "API9:2023"],
    observable: "partly",
    holds(endpoint) {
      const row = dynamicRow(endpoint);
      if (row === null || !isAgentOnly(row)) return null;
      const classes = [...new Set(row.callers.flatMap(({ actor }) => actor ?? []))].sort();
      return `all but 5 % of ${counted(row.requests, "request")} came from ${classes.join(", ")}, none from a browser`;
    },
  },
  {
    id: "ai-trial-and-error",
    severity: "low",
    title: "Software finds out how to call it by trial",
    owasp: ["LLM06:2025", "API6:2023"],
    observable: "partly",
    holds(endpoint) {
      const seen = dynamicRow(endpoint)?.isApi === true ? marksOf(endpoint, "corrected-call") : 0;
      if (seen < TRIALS) return null;
      return `${counted(seen, "refused call")} asked otherwise and answered within seconds, as agents do that read the error`;
    },
  },
];
