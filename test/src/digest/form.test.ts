// Shapes of forms: repeated fields are lists, files binary, parts of JSON what they hold.
import { expect, test } from "vitest";
import { readForm, readParts } from "../../../src/digest/form.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { formatNames } from "../../../src/model/formats.ts";

const tools = { safeName: createSafeName(() => false), leaves: null };

test("a field that comes again is a list, and so is one with brackets", () => {
  const { shape } = readForm("a=1&tag=x&tag=y&id%5B%5D=3", true, tools);
  const kept = shape.object?.fields.kept;
  expect(kept?.["a"]?.number?.count).toBe(1);
  expect(kept?.["tag"]).toMatchObject({ count: 1, array: { count: 1, items: { string: { count: 2 } } } });
  expect(kept?.["id[]"]).toMatchObject({ count: 1, array: { items: { number: { count: 1 } } } });
});

test("files are binary, parts of JSON what they hold, unless they only say so", () => {
  const part = (head: string, text: string) =>
    `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
  const body = [
    part('name="file"; filename="a.png"', "PNG…"),
    part('name="none"; filename=""', ""),
    part('name="meta"\r\nContent-Type: application/json', '{"size":1}'),
    part('name="bad"\r\nContent-Type: application/json', "{"),
    "--b--",
  ].join("");
  const form = readParts(body, { boundary: "b", complete: true }, tools);
  const kept = form?.shape.object?.fields.kept;
  for (const name of ["file", "none"]) {
    const { formats = 0, count, empty } = kept?.[name]?.string ?? {};
    expect([formatNames(formats), count, empty]).toEqual([["binary"], 1, 0]);
  }
  expect(kept?.["meta"]?.object?.fields.kept["size"]?.number?.count).toBe(1);
  expect(kept?.["bad"]?.string?.count).toBe(1);
});

test("no part, no form", () => {
  expect(readParts("nothing", { boundary: "b", complete: true }, tools)).toBeNull();
});
