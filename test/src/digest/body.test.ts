import { describe, expect, test } from "vitest";
import { readBody } from "../../../src/digest/body.ts";
import { readMediaType } from "../../../src/digest/media-type.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { NO_BODY } from "../../../src/model/exchange.ts";
import { aBody } from "./an-exchange.ts";

const safeName = createSafeName(() => false);

function read(contentType: string, content: string | Uint8Array, complete = true) {
  const leaves: string[] = [];
  const scan = (text: string, _: string, path: () => string): void => void leaves.push(`${path()}=${text}`);
  const body = readBody(aBody(content, complete), readMediaType(contentType, safeName), {
    safeName,
    leaves: { scan, wantsNumber: () => true },
  });
  return { ...body, leaves, fields: Object.keys(body.shape?.object?.fields.kept ?? {}) };
}

describe("by media type", () => {
  test.each([
    ["application/json", '{"a":"x"}', "shaped", ["a"], ["a=x"]],
    ["application/vnd.api+json; charset=utf-8", '{"a":"x"}', "shaped", ["a"], ["a=x"]],
    ["application/json", "a=x", "unparsed", [], []],
    ["", '{"a":"x"}', "shaped", ["a"], ["a=x"]],
    ["text/plain", '{"a":"x"}', "shaped", ["a"], ["a=x"]],
    ["text/plain", "{hello", "unread", [], ["={hello"]],
    ["application/x-ndjson", '{"a":"x"}\n{"b":"y"}', "shaped", ["a", "b"], ["a=x", "b=y"]],
    ["", '{"a":"x"}\n{"b":"y"}', "shaped", ["a", "b"], ["a=x", "b=y"]],
    ["", '{\n"a":"x"}\n', "shaped", ["a"], ["a=x"]],
    ["text/event-stream", 'data: {"a":"x"}\n\ndata: [DONE]\n\n', "shaped", ["a"], ["a=x", "=[DONE]"]],
    ["text/event-stream", "data: hello\n\n", "unparsed", [], ["=hello"]],
    ["application/x-www-form-urlencoded", "a=x&b%5B0%5D=y+z", "shaped", ["a", "b[]"], ["a=x", "b[]=y z"]],
    ["text/xml", "<a><b>x</b></a>", "shaped", ["a"], ["b=x"]],
    ["application/xml", "no xml", "unparsed", [], []],
    ["text/html", "<p>x", "unread", [], ["=<p>x"]],
    ["image/png", "\u0089PNG", "unread", [], []],
  ])("%s %s", (contentType, content, ...told) => {
    const body = read(contentType, content);
    expect([body.outcome, body.fields, body.leaves]).toEqual(told);
  });

  test("multipart: parts are fields, files have no value", () => {
    const part = (head: string, text: string): string =>
      `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
    const body = read(
      "multipart/form-data; boundary=b",
      `${part('name="a"', "7")}${part('name="f"; filename="x"', "raw")}--b--`,
    );
    expect([body.fields, body.leaves]).toEqual([["a", "f"], ["a=7"]]);
    expect(body.shape?.object?.fields.kept["a"]?.number?.integer).toBe(true);
  });
});

describe("cut bodies", () => {
  test.each([
    ["application/json", '{"a":"x","b":"y'],
    ["application/x-www-form-urlencoded", "a=x&b=y"],
    ["application/x-ndjson", '{"a":"x"}\n{"b'],
  ])("%s: what was fully there, and no more", (contentType, content) => {
    const body = read(contentType, content, false);
    expect([body.outcome, body.leaves]).toEqual(["truncated", ["a=x"]]);
  });

  test("a cut form is not counted", () => {
    const { shape } = read("application/x-www-form-urlencoded", "a=x&b=y", false);
    expect([shape?.count, shape?.object?.count, shape?.object?.fields.kept["a"]?.count]).toEqual([0, 0, 0]);
  });
});

test("what is no JSON among events leaves nothing in the shape", () => {
  const events = (...data: readonly string[]): string => data.map((text) => `data: ${text}\n\n`).join("");
  const { shape } = read("text/event-stream", events('{"a":1}', "[DONE]", '{"a":2,"b":', '{"a":3}'));
  expect(shape).toEqual(read("text/event-stream", events('{"a":1}', '{"a":3}')).shape);
  expect([shape?.count, shape?.array, shape?.object?.count]).toEqual([2, undefined, 2]);
  expect(read("application/x-ndjson", '{"a":1}\n[nothing').shape?.array).toBeUndefined();
});

test("charsets", () => {
  expect(read("application/json; charset=latin1", Uint8Array.of(0x22, 0xe9, 0x22)).leaves).toEqual(["=é"]);
  expect(read("application/json", Uint8Array.of(0x22, 0xe9, 0x22))).toMatchObject({
    mislabelled: true,
    leaves: ["=é"],
  });
});

test("nothing is read from nothing", () => {
  const mediaType = readMediaType("application/json", safeName);
  expect(readBody(NO_BODY, mediaType, { safeName, leaves: null }).outcome).toBe("unread");
  expect(readBody(aBody(""), mediaType, { safeName, leaves: null }).outcome).toBe("unread");
});
