// Who may ask the API: tokens from settings, and named ones from a file that may change while Umbra runs.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ApiToken } from "../api/guard.ts";
import { isTokenName, readTokenFile } from "../api/token-file.ts";
import type { Settings } from "../ops/config.ts";
import { UserError } from "../ops/user-error.ts";

// Of tokens that were given without a name.
const UNNAMED = "api";
// A token that was taken from somebody shall not work for long.
const LOOK_MS = 5_000;

type TokenSettings = Pick<Settings, "apiTokens" | "apiTokenFile">;

/** As they are now. Throws one sentence when the file cannot be read, or is wrong. */
export async function loadTokens({ apiTokens, apiTokenFile }: TokenSettings): Promise<readonly ApiToken[]> {
  const unnamed = apiTokens.map((token) => ({ name: UNNAMED, hash: hashOf(token) }));
  if (apiTokenFile === null) return unnamed;
  const text = await readFile(apiTokenFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${apiTokenFile}: the file of tokens cannot be read (${error.code ?? "unknown"})`);
  });
  return [...unnamed, ...readTokenFile(apiTokenFile, text)];
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** As it stands in the file. Throws one sentence when that is no name. */
export function tokenLine(name: string, token: string): string {
  if (isTokenName(name)) return `${name}: ${hashOf(token)}`;
  throw new UserError("--name must be 1 to 64 letters, digits and ._@-");
}

export interface TokenSource {
  readonly tokens: () => readonly ApiToken[];
  /** Takes up what changed in the file. */
  look(): Promise<void>;
  stop(): void;
}

/** Follows the file; one that went wrong changes nothing, and `onRefusal` is told why, once for each reason. */
export async function followTokens(
  settings: TokenSettings,
  onRefusal: (sentence: string) => void,
): Promise<TokenSource> {
  let held = await loadTokens(settings);
  let refused = "";
  const look = async (): Promise<void> => {
    try {
      held = await loadTokens(settings);
      refused = "";
    } catch (failure) {
      const { message } = failure as Error;
      if (message !== refused) onRefusal(message);
      refused = message;
    }
  };
  const timer = settings.apiTokenFile === null ? undefined : setInterval(look, LOOK_MS).unref();
  return { tokens: () => held, look, stop: () => clearInterval(timer) };
}
