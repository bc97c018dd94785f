// Talk with models and tools in which secrets stand at every place such talk has for one, as a capture.
import { Conversation, pcapFile } from "./packets.ts";

/** One secret per place; the classes they are of are told by `AI_CLASSES`. */
export const AI_SECRETS = {
  system: "canary.system@example.org",
  systemText: "canary-system-text-55e0",
  prompt: "DE89370400440532013000",
  promptText: "canary-prompt-text-7b21",
  completion: "5555555555554444",
  completionText: "canary-completion-text-19fa",
  argument: "canary.argument@example.org",
  embedded: "canary.embedded@example.org",
  toolArgument: "canary.tool.argument@example.org",
  toolResult: "AKIAQ3EGRVTYHWMPBXLC",
  toolName: "canary.tool.name@example.org",
  description: "canary-tool-description-2f0c",
  resource: "canary.resource@example.org",
  client: "canary.client@example.org",
  model: "canary.model@example.org",
  rpcError: "canary.rpc.error@example.org",
  frame: "canary.frame@example.org",
} as const;

/** They come in pieces, each in a message of its own, so the capture never says them in one go. */
export const SPLIT_SECRETS = {
  ssePieces: "canary.sse.pieces@example.org",
  ndjsonPieces: "canary.ndjson.pieces@example.org",
  socketPieces: "canary.socket.pieces@example.org",
} as const;

/** Path, place and data class of what must be found. */
export const AI_CLASSES: readonly (readonly [string, string, string])[] = [
  ["/v1/chat/completions", "request.body", "email"],
  ["/v1/chat/completions", "request.body", "iban"],
  ["/v1/chat/completions", "response.body", "card-number"],
  ["/v1/chat/completions", "response.body", "email"],
  ["/v1/messages", "response.body", "email"],
  ["/api/chat", "response.body", "email"],
  ["/v1/embeddings", "request.body", "email"],
  ["/tools", "request.body", "email"],
  ["/tools", "response.body", "aws-access-key"],
  ["/other-tools", "response.body", "email"],
  ["/socket", "request.body", "email"],
  ["/socket", "response.body", "email"],
];

/** Requests in the capture. */
export const AI_EXCHANGES = 10;

/** A capture of all of it, to 10.0.0.2. */
export function aiCapture(): Buffer {
  const talks = [chat(), deltas(), lines(), embedding(), tools(), failingTool(), socket()];
  return pcapFile(talks.flatMap(({ packets }) => packets));
}

interface Talk {
  readonly path: string;
  readonly body: unknown;
  readonly type?: string;
  /** Each is a segment of its own. */
  readonly answer: readonly string[];
}

let port = 41_000;
function said(...talks: readonly Talk[]): Conversation {
  const talk = new Conversation({ ports: [port++, 80] });
  for (const { path, body, type = "application/json", answer } of talks) {
    const asked = JSON.stringify(body);
    // Cut within the body, as segments are.
    const head = `POST ${path} HTTP/1.1\r\nhost: ai.canary.test\r\ncontent-type: application/json\r\ncontent-length: ${asked.length}\r\n\r\n`;
    talk.client(head + asked.slice(0, 40)).client(asked.slice(40));
    talk.server(
      `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${answer.join("").length}\r\n\r\n`,
    );
    for (const piece of answer) talk.server(piece);
  }
  return talk.close();
}

/** Three pieces, none of which is of any class. */
function inPieces(secret: string): readonly string[] {
  const at = secret.indexOf("@");
  return [secret.slice(0, at - 3), secret.slice(at - 3, at + 4), secret.slice(at + 4)];
}

const S = AI_SECRETS;

function chat(): Conversation {
  const call = { name: "send_mail", arguments: JSON.stringify({ to: S.argument, body: "hello" }) };
  return said({
    path: "/v1/chat/completions",
    body: {
      model: S.model,
      messages: [
        { role: "system", content: `You help ${S.system} with the books, never name ${S.systemText}.` },
        { role: "user", content: `Please pay 10 euros to ${S.prompt} and mention ${S.promptText} there.` },
      ],
    },
    answer: [
      JSON.stringify({
        id: "chatcmpl-1",
        object: "chat.completion",
        model: S.model,
        choices: [
          {
            index: 0,
            message: {
              role: "assistant",
              content: `I have charged the card ${S.completion} and wrote ${S.completionText} down.`,
              tool_calls: [{ id: "call_1", type: "function", function: call }],
            },
            finish_reason: "tool_calls",
          },
        ],
        usage: { prompt_tokens: 40, completion_tokens: 20, total_tokens: 60 },
      }),
    ],
  });
}

function deltas(): Conversation {
  const texts = ["You can write ", "to ", ...inPieces(SPLIT_SECRETS.ssePieces), " and ask", " for help."];
  const events = texts.map((text) => {
    const data = { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } };
    return `event: content_block_delta\ndata: ${JSON.stringify(data)}\n\n`;
  });
  return said({
    path: "/v1/messages",
    body: {
      model: "claude-3-5-haiku",
      max_tokens: 99,
      stream: true,
      messages: [{ role: "user", content: "Who helps?" }],
    },
    type: "text/event-stream",
    answer: [...events, 'event: message_stop\ndata: {"type":"message_stop"}\n\n'],
  });
}

function lines(): Conversation {
  const texts = ["You can write ", "to ", ...inPieces(SPLIT_SECRETS.ndjsonPieces), " and ask", " for help."];
  return said({
    path: "/api/chat",
    body: { model: "llama3.2", messages: [{ role: "user", content: "Who helps me with it?" }] },
    type: "application/x-ndjson",
    answer: texts.map(
      (content) =>
        `${JSON.stringify({ model: "llama3.2", message: { role: "assistant", content }, done: false })}\n`,
    ),
  });
}

function embedding(): Conversation {
  return said({
    path: "/v1/embeddings",
    body: { model: "text-embedding-3-small", input: [`The customer ${S.embedded} has complained twice.`] },
    answer: [
      JSON.stringify({ object: "list", data: [{ object: "embedding", index: 0, embedding: [0.1, 0.2] }] }),
    ],
  });
}

function rpc(id: number, method: string, params: unknown) {
  return { jsonrpc: "2.0", id, method, params };
}

function tools(): Conversation {
  const result = (id: number, given: unknown) => [JSON.stringify({ jsonrpc: "2.0", id, result: given })];
  const path = "/tools";
  return said(
    {
      path,
      body: rpc(1, "initialize", {
        protocolVersion: "2025-06-18",
        capabilities: {},
        clientInfo: { name: S.client, version: "1" },
      }),
      answer: result(1, {
        protocolVersion: "2025-06-18",
        capabilities: {},
        serverInfo: { name: "s", version: "1" },
      }),
    },
    {
      path,
      body: rpc(2, "tools/list", {}),
      answer: result(2, {
        tools: [
          { name: S.toolName, description: `Finds ${S.description} in it.`, inputSchema: { type: "object" } },
        ],
      }),
    },
    {
      path,
      body: rpc(3, "tools/call", { name: S.toolName, arguments: { who: S.toolArgument } }),
      answer: result(3, { content: [{ type: "text", text: `It has the key ${S.toolResult} there.` }] }),
    },
    {
      path,
      body: rpc(4, "resources/read", { uri: `crm://customers/${S.resource}` }),
      answer: result(4, { contents: [{ uri: `crm://customers/${S.resource}`, text: "a customer" }] }),
    },
  );
}

function failingTool(): Conversation {
  const message = `There is no customer ${S.rpcError} in the table of customers.`;
  return said({
    path: "/other-tools",
    body: rpc(1, "tools/call", { name: "find_customer", arguments: { id: 1 } }),
    answer: [JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32_602, message, data: { message } } })],
  });
}

/*
  WebSocket (RFC 6455): a prompt whose message comes in two frames, an answer whose words come in messages of their own.
*/
function socket(): Conversation {
  const talk = new Conversation({ ports: [port++, 80] });
  talk
    .client(
      "GET /socket HTTP/1.1\r\nhost: ai.canary.test\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    )
    .server(
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
    );
  const asked = JSON.stringify({ type: "message", text: `Please write a letter to ${S.frame} about it.` });
  const cut = asked.indexOf("@");
  talk.client(frame(asked.slice(0, cut), { first: true, last: false, masked: true }));
  talk.client(frame(asked.slice(cut), { first: false, last: true, masked: true }));
  for (const delta of ["I wrote ", "to ", ...inPieces(SPLIT_SECRETS.socketPieces), " as you", " asked me."]) {
    talk.server(frame(JSON.stringify({ type: "delta", delta }), { first: true, last: true, masked: false }));
  }
  return talk.close();
}

/** Payloads here are below 126 bytes; a mask of zeros leaves them readable. */
function frame(
  text: string,
  { first, last, masked }: { readonly first: boolean; readonly last: boolean; readonly masked: boolean },
): Buffer {
  const payload = Buffer.from(text);
  const head = [(last ? 0x80 : 0) | (first ? 1 : 0), (masked ? 0x80 : 0) | payload.length];
  return Buffer.concat([Buffer.from(masked ? [...head, 0, 0, 0, 0] : head), payload]);
}
