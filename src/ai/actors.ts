// Who is behind a request: SDKs, coding agents, crawlers and other AI software, told by name and by the headers beside it.
import { z } from "zod";
import rows from "./data/actors.json" with { type: "json" };

export const actorRow = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  class: z.enum([
    "llm-sdk",
    "agent-framework",
    "coding-agent",
    "mcp-client",
    "training-crawler",
    "ai-search-crawler",
    "user-fetcher",
    "browser-agent",
    "ai-data-provider",
    "vector-sdk",
    "ai-app-server",
  ]),
  /** On the User-Agent, ignoring case. */
  pattern: z.string(),
  /** Headers that the real software sends too: one of them supports the claim. */
  supported_by: z.array(z.string().regex(/^[a-z0-9_-]+$/)),
  source: z.url(),
  example: z.string(),
});

export type ActorRow = z.infer<typeof actorRow>;
export type ActorClass = ActorRow["class"] | "signed-agent";

export interface Actor {
  readonly class: ActorClass;
  readonly name: string;
  /** Headers that belong to the claim came with it. A User-Agent alone is a claim that anybody can make. */
  readonly supported: boolean;
}

export const ACTORS: readonly (ActorRow & { readonly test: RegExp })[] = z
  .array(actorRow)
  .parse(rows)
  .map((row) => ({ ...row, test: new RegExp(row.pattern, "i") }));

// User-Agents of all clients of one collector; a full table is emptied rather than grown.
const MAX_KNOWN = 5000;
// Longer User-Agents say who they are at their beginning.
const MAX_AGENT = 512;
const known = new Map<string, ActorRow | null>();

/*
  HTTP Message Signatures for bots (draft-meunier-web-bot-auth-architecture): Signature-Agent names whose keys sign.
*/
const SIGNED = "signature-agent";
/** Sent by ChatGPT when an action or app of it calls (https://platform.openai.com/docs/actions). */
const ACTION_HEADERS = /^openai-(?:conversation-id|ephemeral-user-id|gpt-id|subdivision-1-iso-code)$/;

/** null for everybody else. `headers`: names in lower case. */
export function actorOf(
  userAgent: string | undefined,
  headers: readonly (readonly [name: string, value: string])[],
): Actor | null {
  const row = userAgent === undefined || userAgent === "" ? null : rowOf(userAgent.slice(0, MAX_AGENT));
  if (row !== null) {
    const supported =
      row.supported_by.length > 0 && headers.some(([name]) => row.supported_by.includes(name));
    return { class: row.class, name: row.name, supported };
  }
  for (const [name] of headers) {
    if (name === SIGNED) return { class: "signed-agent", name: "signed agent", supported: true };
    if (name.startsWith("openai-") && ACTION_HEADERS.test(name)) {
      return { class: "user-fetcher", name: "ChatGPT action", supported: true };
    }
  }
  return null;
}

function rowOf(userAgent: string): ActorRow | null {
  const found = known.get(userAgent);
  if (found !== undefined) return found;
  const row = ACTORS.find(({ test }) => test.test(userAgent)) ?? null;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(userAgent, row);
  return row;
}
