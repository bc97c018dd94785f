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
export function readApi(api: ApiAddress, path: string, accept: string): Promise<string> {
  return callApi(api, { path, accept });
}

export interface ApiCall {
  /** Below /api/v1. */
  readonly path: string;
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly accept?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly text?: string;
}

/** The body of a good answer as text. Rejects with `UsageError` saying what to do next. */
export async function callApi({ url, token }: ApiAddress, call: ApiCall): Promise<string> {
  const { path, method = "GET", accept = "application/json", body } = call;
  const sent = call.text ?? (body === undefined ? undefined : JSON.stringify(body));
  const type = call.text === undefined ? "application/json" : "text/plain";
  const response = await ask(`${url.replace(/\/+$/, "")}/api/v1${path}`, {
    method,
    headers: {
      accept,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(sent === undefined ? {} : { "content-type": type }),
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  if (response.ok) return text;
  throw new UsageError(`${url} answered ${response.status}: ${problemOf(text)}`);
}

async function ask(address: string, request: RequestInit): Promise<Response> {
  if (!URL.canParse(address))
    throw new UsageError(`${address} is not an address; give --url like ${DEFAULT_API}`);
  try {
    return await fetch(address, request);
  } catch {
    throw new UsageError(
      `nothing answers at ${new URL(address).origin}: start Umbra (\`umbra start\`), or give --url`,
    );
  }
}

/** As in RFC 9457, with the fields that were wrong. */
interface Problem {
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly errors?: readonly { readonly name?: unknown; readonly detail?: unknown }[];
}

// One line of a terminal or two.
const MOST_FIELDS = 5;

function problemOf(text: string): string {
  try {
    const { title, detail, errors } = JSON.parse(text) as Problem;
    const fields = (errors ?? []).slice(0, MOST_FIELDS).map(({ name, detail: why }) => `${name}: ${why};`);
    const words = [title, detail, ...fields].filter((part) => typeof part === "string");
    return words.join(" ").replace(/;$/, "") || "no reason given";
  } catch {
    return "no reason given";
  }
}
