// What a person decided about the AI verdict of an endpoint stands in place of what the evidence says.
import type { Governance } from "../model/governance.ts";
import type { AiVerdict, Endpoint } from "../model/inventory.ts";

/** The endpoint as it is judged and shown; the evidence stays, so that one can see what was overruled. */
export function withDecidedAi(endpoint: Endpoint, said: Pick<Governance, "ai"> | null | undefined): Endpoint {
  const decision = said?.ai ?? null;
  if (decision === null) return endpoint;
  return { ...endpoint, ai: decision === "ai" ? asAi(endpoint.ai) : asOther(endpoint.ai) };
}

function asAi(ai: AiVerdict): AiVerdict {
  return { ...ai, verdict: "confirmed", role: ai.role ?? "provider" };
}

function asOther(ai: AiVerdict): AiVerdict {
  return { ...ai, verdict: "none", kind: null, role: null };
}
