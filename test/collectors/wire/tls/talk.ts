// Lets Node's TLS talk to itself in memory, with the wire and the secrets written down.
import * as tls from "node:tls";
import { tappedPair } from "../http2/tap.ts";
import type { Heard } from "../http2/tap.ts";
import { identity } from "./certificate.ts";
import type { Identity } from "./certificate.ts";

const identities = new Map<string, Identity>();

export function knownIdentity(kind: "ec" | "rsa"): Identity {
  const known = identities.get(kind) ?? identity(kind);
  identities.set(kind, known);
  return known;
}

export interface TlsTalk {
  readonly heard: readonly Heard[];
  /** SSLKEYLOGFILE lines. */
  readonly keylog: string;
}

export interface Speaker {
  readonly kind?: "ec" | "rsa";
  readonly client?: tls.ConnectionOptions;
  readonly server?: tls.TLSSocketOptions;
  /** Said in turns, the client first. */
  readonly turns?: readonly string[];
}

export async function talk({
  kind = "ec",
  client = {},
  server = {},
  turns = ["ping", "pong"],
}: Speaker = {}): Promise<TlsTalk> {
  const { ends, heard } = tappedPair();
  let keylog = "";
  const answering = new tls.TLSSocket(ends[1], { isServer: true, ...knownIdentity(kind), ...server });
  answering.on("keylog", (line: Buffer) => void (keylog += String(line)));
  const asking = tls.connect({
    socket: ends[0],
    servername: "shop.test",
    rejectUnauthorized: false,
    ...client,
  });
  await new Promise<void>((resolve, reject) => {
    asking.on("error", reject).on("secureConnect", () => resolve());
    answering.on("error", reject);
  });
  const sockets = [asking, answering] as const;
  for (const [turn, text] of turns.entries()) {
    const listener = sockets[turn % 2 === 0 ? 1 : 0];
    await new Promise<void>((resolve) => {
      let left = text.length;
      const count = (bytes: Buffer) => {
        left -= bytes.length;
        if (left > 0) return;
        listener?.off("data", count);
        resolve();
      };
      listener?.on("data", count);
      sockets[turn % 2 === 0 ? 0 : 1]?.write(text);
    });
  }
  asking.end();
  answering.end();
  return { heard, keylog };
}
