// How commands read a running Umbra: its REST API, with errors a person can act on.
import { UsageError } from "./command.ts";

export const DEFAULT_API = "http://127.0.0.1:8080";

export interface ApiAddress {
  /** Base address, without /api/v1. */
  readonly url: string;
  /** Bearer token, from UMBRA_API_TOKEN. */
  readonly token: string | undefined;
}

/** The body of a good answer as text. Rejects with `UsageError` saying what to do next. */
export async function readApi({ url, token }: ApiAddress, path: string, accept: string): Promise<string> {
  const response = await ask(`${url.replace(/\/+$/, "")}/api/v1${path}`, {
    accept,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  });
  const text = await response.text();
  if (response.ok) return text;
  throw new UsageError(`${url} answered ${response.status}: ${problemOf(text)}`);
}

async function ask(address: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  if (!URL.canParse(address))
    throw new UsageError(`${address} is not an address; give --url like ${DEFAULT_API}`);
  try {
    return await fetch(address, { headers });
  } catch {
    throw new UsageError(
      `nothing answers at ${new URL(address).origin}: start Umbra (\`umbra start\`), or give --url`,
    );
  }
}

function problemOf(text: string): string {
  try {
    const { title, detail } = JSON.parse(text) as { title?: unknown; detail?: unknown };
    return [title, detail].filter((part) => typeof part === "string").join(" ") || "no reason given";
  } catch {
    return "no reason given";
  }
}
