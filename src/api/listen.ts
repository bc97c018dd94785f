// Puts the API on a port, and takes it off again without cutting answers short.
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { UserError } from "../ops/user-error.ts";

export interface Listening {
  readonly host: string;
  /** As bound: the one asked for, or the free one that was found for 0. */
  readonly port: number;
  /** e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Resolves when the last answer is out, or was cut after the grace. */
  close(): Promise<void>;
}

// Longer than any answer takes; shorter than the 10 s after which container runtimes kill.
const GRACE_MS = 5_000;

/** Rejects with one clear sentence when the port cannot be had. */
export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new UserError(sentence(error, host, port), { cause: error })),
    );
    server.listen({ host, port }, resolve);
  });
  const bound = server.address() as AddressInfo;
  return {
    host,
    port: bound.port,
    url: urlOf({ host, port: bound.port }),
    close: () => closed(server),
  };
}

/** e.g. `http://127.0.0.1:8080`. */
export function urlOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function sentence({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is taken by another process: stop it, or choose another port.`;
    case "EACCES":
      return `Port ${port} on ${host} needs privileges this process does not have: choose one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine.`;
    default:
      return `Cannot listen on ${host}:${port}: ${message}.`;
  }
}

async function closed(server: Server): Promise<void> {
  const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(grace);
}
