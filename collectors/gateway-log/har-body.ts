// Bodies and headers of HAR messages, told apart into recorded, not recorded and none.
import type { Body, Header } from "../../src/model/exchange.ts";
import { NO_BODY, NOT_RECORDED } from "../../src/model/exchange.ts";
import type { JsonObject } from "./json.ts";
import { encodeComponent } from "./target.ts";
import { isObject, listOf, objectOf, sizeOf, textOf } from "./json.ts";

/**
 * `headers` in lower case, without HTTP/2 pseudo headers; cookies and the content type are added from their own HAR
 * fields where the exporter left the header out.
 */
export function harHeaders(message: JsonObject, cookieName: "cookie" | "set-cookie"): readonly Header[] {
  const headers: Header[] = [];
  for (const { name, value } of pairsOf(message["headers"])) {
    if (!name.startsWith(":")) headers.push([name.toLowerCase(), value]);
  }
  if (valueOf(headers, cookieName) === undefined) headers.push(...cookieHeaders(message, cookieName));
  const content = objectOf(message["postData"]) ?? objectOf(message["content"]);
  const type = textOf(content?.["mimeType"]) ?? "";
  if (type.includes("/") && valueOf(headers, "content-type") === undefined)
    headers.push(["content-type", type]);
  return headers;
}

function cookieHeaders(message: JsonObject, name: "cookie" | "set-cookie"): readonly Header[] {
  const cookies = pairsOf(message["cookies"]).map((cookie) => `${cookie.name}=${cookie.value}`);
  if (name === "set-cookie") return cookies.map((cookie) => [name, cookie]);
  return cookies.length === 0 ? [] : [[name, cookies.join("; ")]];
}

export function valueOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([known]) => known === name)?.[1];
}

/** Members of a HAR list of name and value; others are left out. */
export function pairsOf(list: unknown): readonly { readonly name: string; readonly value: string }[] {
  const pairs: { name: string; value: string }[] = [];
  for (const member of listOf(list)) {
    const name = isObject(member) ? textOf(member["name"]) : undefined;
    if (name === undefined || name === "") continue;
    pairs.push({ name, value: scalarText((member as JsonObject)["value"]) });
  }
  return pairs;
}

// Methods whose content has meaning of its own (RFC 9110, 9.3); others have a body only where a header says so.
const METHODS_WITH_BODY = /^(?:POST|PUT|PATCH|QUERY)$/;

/** Objects have no text of their own here: giving them one could run code paths that their members choose. */
function scalarText(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : (textOf(value) ?? "");
}

/** The request's body: `postData.text`, else its `params` put together again. */
export function requestBody(request: JsonObject, headers: readonly Header[], method: string): Body {
  const data = objectOf(request["postData"]);
  const bytes = data === undefined ? undefined : (bytesOf(data) ?? paramsOf(data, headers));
  const sent = sizeOf(request["bodySize"]) ?? sizeOf(valueOf(headers, "content-length"));
  if (bytes !== undefined) return { kind: "recorded", bytes, size: sent || bytes.length, complete: true };
  if (sent !== null) return sent === 0 ? NO_BODY : { kind: "not-recorded", size: sent };
  const likely = METHODS_WITH_BODY.test(method) || valueOf(headers, "transfer-encoding") !== undefined;
  return likely ? NOT_RECORDED : NO_BODY;
}

// Statuses that never have content (RFC 9110, 6.4.1).
const CONTENT_FREE = /^(?:1\d\d|204|304)$/;
// A byte order mark is counted in `size` but often not kept in `text`.
const SIZE_SLACK = 4;

/** The response's body: `content.text`, cut when it is shorter than the `content.size` that goes with it. */
export function responseBody(response: JsonObject, headers: readonly Header[], method: string): Body {
  const content = objectOf(response["content"]) ?? {};
  const transferred = sizeOf(response["bodySize"]);
  const bytes = bytesOf(content);
  if (bytes !== undefined) {
    return { kind: "recorded", bytes, size: transferred || bytes.length, complete: isWhole(content, bytes) };
  }
  if (method === "HEAD" || CONTENT_FREE.test(String(response["status"]))) return NO_BODY;
  const sizes = [transferred, sizeOf(content["size"]), sizeOf(valueOf(headers, "content-length"))];
  const size = sizes.find((known) => known !== null && known > 0) ?? (sizes.includes(0) ? 0 : -1);
  if (size > 0) return { kind: "not-recorded", size };
  return size === 0 ? NO_BODY : NOT_RECORDED;
}

function isWhole(content: JsonObject, bytes: Uint8Array): boolean {
  const size = sizeOf(content["size"]);
  return size === null || size <= bytes.length + SIZE_SLACK || isTranscoded(content);
}

/** Text of these is shorter in UTF-8, so its size says nothing about completeness. */
function isTranscoded(content: JsonObject): boolean {
  return /utf-?16|utf-?32/i.test(textOf(content["mimeType"]) ?? "");
}

/** Text, base64 text, or JSON that an exporter left unquoted; undefined when empty. */
function bytesOf(content: JsonObject): Uint8Array | undefined {
  const { text, encoding } = content;
  if (typeof text === "object" && text !== null) return jsonBytes(text);
  if (typeof text !== "string" || text === "") return undefined;
  return Buffer.from(text, encoding === "base64" ? "base64" : "utf8");
}

/** undefined when it is nested deeper than the writer's stack. */
function jsonBytes(value: object): Uint8Array | undefined {
  try {
    return Buffer.from(JSON.stringify(value), "utf8");
  } catch {
    return undefined;
  }
}

const BOUNDARY = /boundary="?([^";\s]{1,70})/i;

/** What a browser would have sent for these params: a form, or the parts of a multipart body. */
function paramsOf(data: JsonObject, headers: readonly Header[]): Uint8Array | undefined {
  const params = listOf(data["params"]).filter(isObject);
  if (params.length === 0) return undefined;
  const type = valueOf(headers, "content-type") ?? "";
  if (!type.startsWith("multipart/")) {
    const form = pairsOf(params).map(({ name, value }) => `${formText(name)}=${formText(value)}`);
    return Buffer.from(form.join("&"), "utf8");
  }
  const boundary = BOUNDARY.exec(type)?.[1];
  if (boundary === undefined) return undefined;
  return Buffer.from(`${params.map((part) => partOf(part, boundary)).join("")}--${boundary}--\r\n`, "utf8");
}

/** Params are written encoded by some exporters and decoded by others: what is encoded stays as it is. */
function formText(text: string): string {
  return /^[\w.*+%-]*$/.test(text) ? text : encodeComponent(text);
}

function partOf(param: JsonObject, boundary: string): string {
  const file = textOf(param["fileName"]);
  const disposition = `form-data; name="${lineOf(param["name"])}"`;
  const name = file === undefined ? "" : `; filename="${lineOf(file)}"`;
  const type = textOf(param["contentType"]);
  const head = `Content-Disposition: ${disposition}${name}\r\n`;
  const typeLine = type === undefined ? "" : `Content-Type: ${lineOf(type)}\r\n`;
  return `--${boundary}\r\n${head}${typeLine}\r\n${textOf(param["value"]) ?? ""}\r\n`;
}

function lineOf(value: unknown): string {
  return (textOf(value) ?? "").replace(/[\r\n"]/g, " ");
}
