// Shapes of XML: what elements, attributes, texts, repetition and namespaces become, and that cuts only loosen.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shapeOf } from "../../../src/digest/draft.ts";
import { createSafeName } from "../../../src/digest/names.ts";
import { draftXml } from "../../../src/digest/xml-shape.ts";
import type { Shape } from "../../../src/model/shape.ts";

const safeName = createSafeName(() => false);

function read(xml: string, complete = true) {
  const { outcome, draft } = draftXml(xml, complete, safeName);
  return { outcome, shape: shapeOf(draft) };
}

/** Fields, kinds and repetition in a few words. */
function told(shape: Shape): unknown {
  const kinds = [
    ...(shape.string === undefined ? [] : ["text"]),
    ...(shape.number === undefined ? [] : ["number"]),
    ...(shape.booleans === undefined ? [] : ["boolean"]),
    ...(shape.nulls === undefined ? [] : ["nil"]),
  ].join("|");
  if (shape.array?.items !== undefined)
    return { [`${shape.array.minLength}-${shape.array.maxLength}`]: told(shape.array.items) };
  if (shape.object === undefined) return kinds;
  const fields = Object.entries(shape.object.fields.kept).map(([name, field]) => [name, told(field)]);
  return Object.fromEntries(fields);
}

test("elements, attributes, text and repetition", () => {
  const xml = `<?xml version="1.0"?>
    <order id="7" state="open"><item>1</item><item>2</item><note lang="en">a &amp; b</note><paid>true</paid><empty/></order>`;
  const { outcome, shape } = read(xml);
  expect(outcome).toBe("whole");
  expect(told(shape)).toEqual({
    order: {
      "1-1": {
        "@id": "number",
        "@state": "text",
        item: { "2-2": "number" },
        note: { "1-1": { "@lang": "text", "#text": "text" } },
        paid: { "1-1": "boolean" },
        empty: { "1-1": "text" },
      },
    },
  });
});

test("namespaces by their names, unless they hold a value; nil is null", () => {
  const xml = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <s:Body><Get xmlns="urn:shop:orders"><id xsi:nil="true"/><of xmlns="https://x.test/0b7f3c52-9a51-4d1e-8a4e-0f5b9c1d2e3f">a</of></Get></s:Body></s:Envelope>`;
  const soap = "@xmlns:s=http://schemas.xmlsoap.org/soap/envelope/";
  expect(told(read(xml).shape)).toEqual({
    Envelope: {
      "1-1": {
        [soap]: "",
        Body: {
          "1-1": {
            [soap]: "",
            Get: {
              "1-1": { "@xmlns=urn:shop:orders": "", id: { "1-1": "nil" }, of: { "1-1": "text" } },
            },
          },
        },
      },
    },
  });
});

describe("what is no XML, or too much of it", () => {
  test.each([
    ["<a><b></a></b>", "bad"],
    ["<a>", "bad"],
    ["</a>", "bad"],
    ["<a/><b/>", "bad"],
    ["no xml", "bad"],
    [`${"<a>".repeat(40)}x${"</a>".repeat(40)}`, "whole"],
    [`<a>${"<b>1</b>".repeat(40_000)}</a>`, "cut"],
    [`<a>${Array.from({ length: 9000 }, (_, at) => `<n${at.toString(26)}/>`).join("")}</a>`, "whole"],
  ])("%.20s is %s", (xml, outcome) => {
    expect(read(xml).outcome).toBe(outcome);
  });

  test("cut anywhere: it is described, never counted, and never fails", () => {
    const xml = "<a x=\"1\"><b>2</b><!-- c --><b><![CDATA[<z>]]></b><c d='>'/></a>";
    for (let at = 0; at < xml.length; at += 1) {
      const { outcome, shape } = read(xml.slice(0, at), false);
      expect(outcome).toBe("cut");
      expect(shape.count).toBe(0);
    }
    expect(read(xml).shape.count).toBe(1);
  });

  test("anything at all", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[<>!\-[\]="'a-c /:]*$/)),
        fc.boolean(),
        (xml, complete) => {
          expect(["whole", "cut", "bad"]).toContain(read(xml, complete).outcome);
        },
      ),
    );
  });
});
