// A receiver of webhooks on this machine: keeps what came, answers as told.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Of the body. */
  readonly news: readonly {
    readonly id: string;
    readonly turn: string;
    readonly finding: { readonly rule: string };
    readonly endpoint: { readonly path: string };
  }[];
}

export interface Receiver {
  readonly url: string;
  readonly got: readonly Received[];
  /** Status of the answers from now on. */
  answer(status: number): void;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const got: Received[] = [];
  let status = 204;
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      got.push({ headers: request.headers, body, news: (JSON.parse(body) as Received).news });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/umbra`,
    got,
    answer: (given) => void (status = given),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
