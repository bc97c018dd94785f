// What a person decided about the AI verdict of an endpoint stands in place of what the evidence says.
import type { AiDecision, Governance } from "./governance.ts";
import type { AiVerdict, AiVerdictName, Endpoint } from "./inventory.ts";

/** The endpoint as it is judged and shown; the evidence stays, so that one can see what was overruled. */
export function withDecidedAi(endpoint: Endpoint, said: Pick<Governance, "ai"> | null | undefined): Endpoint {
  const decision = said?.ai ?? null;
  if (decision === null) return endpoint;
  return { ...endpoint, ai: decision === "ai" ? asAi(endpoint.ai) : asOther(endpoint.ai) };
}

/** The verdict that a decision stands for. */
export function decidedVerdict(decision: AiDecision): AiVerdictName {
  return decision === "ai" ? "confirmed" : "none";
}

function asAi(ai: AiVerdict): AiVerdict {
  return { ...ai, verdict: decidedVerdict("ai"), role: ai.role ?? "provider" };
}

function asOther(ai: AiVerdict): AiVerdict {
  return { ...ai, verdict: decidedVerdict("not-ai"), kind: null, role: null };
}
