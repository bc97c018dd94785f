// Joins the two legs of MCP's first transport: calls are posted, answers come on a stream that was opened before.
import type { ToolKind } from "../../model/tool-facts.ts";

export interface PostedCall {
  readonly kind: ToolKind;
  readonly name: string;
}

export interface Sessions {
  /** A call whose answer is not in its own response. Gives back whether it failed, when the stream said so already. */
  called(place: string, id: string, call: PostedCall): boolean | null;
  /** An answer on the stream of `place`. Gives back the call, when it was heard already. */
  answered(place: string, id: string, failed: boolean): PostedCall | null;
}

// Sessions of one collector within minutes, calls under way in one; a full table is emptied rather than grown.
const MAX_SESSIONS = 1000;
const MAX_CALLS = 200;

interface Session {
  readonly calls: Map<string, PostedCall>;
  readonly outcomes: Map<string, boolean>;
}

export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();
  const sessionAt = (place: string): Session => {
    const known = sessions.get(place);
    if (known !== undefined) return known;
    if (sessions.size >= MAX_SESSIONS) sessions.clear();
    const session: Session = { calls: new Map(), outcomes: new Map() };
    sessions.set(place, session);
    return session;
  };
  return {
    called(place, id, call) {
      const { calls, outcomes } = sessionAt(place);
      const failed = taken(outcomes, id);
      if (failed === undefined) noted(calls, id, call);
      return failed ?? null;
    },
    answered(place, id, failed) {
      const { calls, outcomes } = sessionAt(place);
      const call = taken(calls, id);
      if (call === undefined) noted(outcomes, id, failed);
      return call ?? null;
    },
  };
}

function taken<V>(table: Map<string, V>, id: string): V | undefined {
  const found = table.get(id);
  table.delete(id);
  return found;
}

function noted<V>(table: Map<string, V>, id: string, value: V): void {
  if (table.size >= MAX_CALLS) table.clear();
  table.set(id, value);
}
