// AI verdicts: every row of the catalogue proves itself, and look-alikes do not pass.
import { describe, expect, test } from "vitest";
import { emptyFacts } from "../../../src/model/facts.ts";
import { recogniseAi } from "../../../src/ai/recognise.ts";
import { FORMATS } from "../../../src/ai/catalogue.ts";
import type { AiKey } from "../../../src/ai/reason.ts";
import type { FactWords, FieldTree } from "../inventory/an-endpoint.ts";
import { aShapeOf, someFacts } from "../inventory/an-endpoint.ts";
import { shapeOfPaths } from "./shape-of-paths.ts";

function judge(line: string, words: FactWords, over: Partial<AiKey> = {}) {
  const [method = "", path = ""] = line.split(" ");
  return recogniseAi(
    { authority: "ai.internal:8000", method, path, style: "rest", operation: null, ...over },
    someFacts(words),
  );
}

const body = (fields: FieldTree) => aShapeOf(fields);

describe("every format of the catalogue", () => {
  test.each(FORMATS.map((row) => [row.id, row] as const))("%s recognises its example", (id, row) => {
    const { path, request, response } = row.example;
    const verdict = judge(`${row.method} ${path}`, {
      ...(request.length > 0 && { request: shapeOfPaths(request) }),
      ...(response.length > 0 && { response: shapeOfPaths(response) }),
      ...(row.media !== undefined && { responseType: `${row.media}mpeg` }),
    });
    expect(verdict).toMatchObject({ kind: row.kind, role: "provider", formats: [id] });
    expect(verdict.verdict).toBe(row.strength === "exact" ? "confirmed" : "likely");
  });

  test.each(FORMATS.filter((row) => row.response.length > 0).map((row) => [row.id, row] as const))(
    "%s is dropped when answers have another shape",
    (_id, row) => {
      const words = {
        request: shapeOfPaths(row.example.request),
        response: body({ course: { title: null }, price: null }),
      };
      expect(judge(`${row.method} ${row.example.path}`, words).verdict).toBe("none");
    },
  );
});

const CHAT = {
  request: body({ model: null, "messages[]": { role: null } }),
  response: body({ "choices[]": null }),
};

describe("verdicts", () => {
  test("a format that one product alone speaks names it; one that many speak names none", () => {
    const own = FORMATS.find(({ id }) => id === "ollama.chat");
    const words = {
      request: shapeOfPaths(own?.example.request ?? []),
      response: shapeOfPaths(own?.example.response ?? []),
    };
    expect(judge(`POST ${own?.example.path}`, words).product).toBe("Ollama");
    expect(judge("POST /v1/chat/completions", CHAT)).not.toHaveProperty("product");
  });
  test("request and answer confirm", () => {
    expect(judge("POST /v1/chat/completions", CHAT)).toMatchObject({ verdict: "confirmed", score: 0.9707 });
  });
  test("a refused request is likely", () => {
    const words = { request: CHAT.request, response: body({ error: null }), statuses: { 401: 3 } };
    expect(judge("POST /v1/chat/completions", words)).toMatchObject({ verdict: "likely", score: 0.8808 });
  });
  test("a path that does not exist is nothing", () => {
    const words = { request: CHAT.request, response: body({ error: null }), statuses: { 404: 9 } };
    expect(judge("POST /v1/chat/completions", words).verdict).toBe("none");
  });
  test("an access log knows telling paths alone", () => {
    expect(judge("POST /v1/chat/completions", {})).toMatchObject({ verdict: "likely", formats: [] });
    expect(judge("POST /v1/messages", {}).verdict).toBe("none");
    expect(judge("GET /v1/chat/completions", {}).verdict).toBe("none");
    expect(judge("POST /v1/chat/completions", { statuses: { 401: 2 } }).verdict).toBe("none");
  });
  test("evidence says what was seen", () => {
    expect(judge("POST /v1/chat/completions", CHAT).evidence).toEqual([
      {
        group: "wire-format",
        weight: 6.5,
        text: "path and request fields of openai.chat",
        count: 1,
        firstSeen: 1000,
        lastSeen: 1000,
      },
      {
        group: "answer-shape",
        weight: 1.5,
        text: "successful answers have the fields of openai.chat",
        count: 1,
        firstSeen: 1000,
        lastSeen: 1000,
      },
    ]);
  });
});

describe("look-alikes", () => {
  test.each([
    ["an SMS vendor", "POST /v1/messages", { to: null, body: null }, { sid: null }],
    [
      "an SMS vendor with a limit",
      "POST /v1/messages",
      { "messages[]": null, max_tokens: null },
      { sid: null },
    ],
    ["a course platform", "POST /v1/completions", { prompt: null }, { certificate: null }],
    ["embedded players", "POST /v1/embeddings", { input: null }, { embed_url: null }],
    ["barcodes", "POST /api/generate", { model: null, prompt: null }, { barcode: null }],
    ["a chat between people", "POST /api/chat", { message: null }, { id: null }],
    ["a survey", "POST /v1/responses", { answers: null, input: null }, { id: null }],
    ["LSP over HTTP", "POST /lsp", { method: null }, { result: null }],
  ])("%s is none", (_what, line, request, response) => {
    const words = { request: body(request as FieldTree), response: body(response as FieldTree) };
    expect(judge(line, words).verdict).toBe("none");
  });
  test("cars have models too", () => {
    expect(judge("GET /v1/models", { response: body({ "data[]": { brand: null } }) }).verdict).toBe("none");
  });
  test("a page where data was promised", () => {
    const words = { request: CHAT.request, responseType: "text/html", response: null };
    expect(judge("POST /v1/chat/completions", words).verdict).toBe("none");
  });
});

describe("vendors", () => {
  test.each([
    ["api.openai.com", "likely", "consumer"],
    ["bedrock-runtime.eu-west-1.amazonaws.com", "likely", "consumer"],
    ["eu.api.openai.com:443", "likely", "consumer"],
    ["s3.eu-west-1.amazonaws.com", "none", null],
    ["notapi.openai.com.evil.test", "none", null],
    ["huggingface.co", "none", null],
  ])("%s is %s", (authority, verdict, role) => {
    expect(judge("GET /x", {}, { authority })).toMatchObject({ verdict, role });
  });
  test("the format on a vendor's host is consumption", () => {
    expect(judge("POST /v1/chat/completions", CHAT, { authority: "api.openai.com" })).toMatchObject({
      verdict: "confirmed",
      role: "consumer",
      kind: "chat-completion",
    });
  });
});

describe("encrypted connections", () => {
  const closed = (authority: string) =>
    recogniseAi(
      { authority, method: "", path: "", style: "rest", operation: null, protocol: "tls" },
      someFacts({ statuses: { unknown: 3 } }),
    );
  test("to a vendor are likely, on the server name alone", () => {
    expect(closed("api.openai.com")).toMatchObject({
      verdict: "likely",
      role: "consumer",
      kind: "chat-completion",
      formats: [],
      evidence: [{ group: "vendor-host", text: "server name api.openai.com of OpenAI (SNI only)", count: 3 }],
    });
  });
  test("to anybody else say nothing", () => {
    expect(closed("shop.test").verdict).toBe("none");
    expect(closed("10.0.0.2").verdict).toBe("none");
  });
});

describe("agent protocols", () => {
  test("headers alone tell MCP from a gateway log", () => {
    const words = { requestHeaders: ["mcp-method", "mcp-protocol-version"] };
    expect(judge("POST /anything", words)).toMatchObject({ verdict: "confirmed", kind: "mcp-server" });
  });
});

describe("people and time", () => {
  const key = {
    authority: "api.openai.com",
    method: "POST",
    path: "/v1/chat/completions",
    style: "rest",
    operation: null,
  } as const;
  const facts = { ...emptyFacts(0), requests: 1 };
  test("what a person decided stands", () => {
    expect(recogniseAi(key, facts, { override: { ai: false } }).verdict).toBe("none");
    const home = { ...key, authority: "a.example", path: "/x" };
    expect(recogniseAi(home, facts, { override: { ai: true, kind: "agent" } })).toMatchObject({
      verdict: "confirmed",
      kind: "agent",
    });
  });
  test("what is not heard any more fades", () => {
    const day = 86_400_000;
    expect(recogniseAi(key, facts).score).toBeGreaterThan(recogniseAi(key, facts, { now: 14 * day }).score);
    expect(recogniseAi(key, facts, { now: 90 * day }).verdict).toBe("none");
  });
});
