// Builds endpoints of the AI inventory for tests: each test says only what it is about.
import type { AiFacts, ProtocolFacts } from "../../../src/model/ai-facts.ts";
import { boundedOf, emptyBounded } from "../../../src/model/bounded.ts";
import { authKey, boundsOf, emptyFacts, FACT_CAPS } from "../../../src/model/facts.ts";
import type { AiVerdict, Endpoint } from "../../../src/model/inventory.ts";
import { NO_AI } from "../../../src/model/inventory.ts";
import type { AuthFacts, Facts } from "../../../src/model/sighting.ts";
import type { ToolDefinition, ToolFacts } from "../../../src/model/tool-facts.ts";
import { emptyTool, TOOL_DEFINITIONS, toolKey, TOOLS } from "../../../src/model/tool-facts.ts";

export interface EndpointParts extends Partial<Omit<Endpoint, "ai" | "facts">> {
  readonly verdict?: Partial<AiVerdict>;
  readonly facts?: Partial<Facts>;
  readonly said?: AiFacts;
  readonly auth?: AuthFacts["scheme"];
  readonly tools?: readonly ToolFacts[];
}

export function anAiEndpoint({ verdict, facts, said, auth, tools, ...rest }: EndpointParts = {}): Endpoint {
  const scheme = auth ?? "bearer-opaque";
  const seen: AuthFacts = { scheme, name: null, requests: 3, successes: 3 };
  return {
    id: "ep_0000000000000001",
    authority: "ai.test",
    method: "POST",
    path: "/chat",
    parameters: [],
    protocol: "http/1.1",
    style: "rest",
    operation: null,
    category: "api",
    confidence: "confirmed",
    standing: "documented",
    standingReason: "listed",
    specIds: [],
    ...rest,
    ai: {
      ...NO_AI,
      verdict: "confirmed",
      score: 0.99,
      kind: "chat-completion",
      role: "provider",
      ...verdict,
    },
    facts: {
      ...emptyFacts(0),
      requests: 3,
      digested: 3,
      auth: boundedOf([[authKey(seen), seen]], boundsOf(FACT_CAPS).auth),
      ...facts,
      ...(said !== undefined && { ai: said }),
      ...(tools !== undefined && {
        tools: boundedOf(
          tools.map((tool) => [toolKey(tool), tool]),
          TOOLS,
        ),
      }),
    },
  };
}

export function aDefinition(at: number, definition: Partial<ToolDefinition> = {}): ToolDefinition {
  return { lists: 1, firstSeen: at, lastSeen: at, effect: "read", parameters: {}, ...definition };
}

export function aTool(
  name: string,
  definitions: Readonly<Record<string, ToolDefinition>>,
  calls = 0,
): ToolFacts {
  return {
    ...emptyTool("tool", name, 0),
    calls,
    definitions: boundedOf(Object.entries(definitions), TOOL_DEFINITIONS),
  };
}

export function spoken(protocol: Partial<ProtocolFacts> = {}): ProtocolFacts {
  return {
    exchanges: 1,
    told: { method: 1 },
    revisions: emptyBounded(),
    clients: emptyBounded(),
    lists: 1,
    firstList: 0,
    lastList: 0,
    foreignOrigins: 0,
    ...protocol,
  };
}
