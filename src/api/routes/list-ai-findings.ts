// GET /ai/findings: what only shows over several endpoints or services.
import { landscapeFinding } from "../ai-json.ts";
import { aiPage, defineAiList } from "../ai-list.ts";
import { SEVERITIES } from "../words.ts";
import { oneOf } from "../parameter.ts";

export default defineAiList({
  id: "list-ai-findings",
  summary: "List AI findings over services",
  description:
    "Vendors that are not allowed, ways around gateways, doors beside a locked one, tools that no list offers, APIs that machines made.",
  schema: aiPage("AiFindings", "Findings over several endpoints.", landscapeFinding),
  query: { severity: oneOf("How bad it is.", SEVERITIES) },
  rows: ({ findings }, { severity }) =>
    findings.filter((row) => severity === undefined || row.severity === severity),
});
