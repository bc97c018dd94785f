import * as fc from "fast-check";
import { expect, test } from "vitest";
import { soapCall, xmlTexts } from "../../../src/digest/xml.ts";

test("texts and attributes under local names; comments and declarations are none", () => {
  const xml =
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "boom">]><!-- <c>no</c> --><n:a xmlns:n="urn:x" id="7"><b>one &x;</b><![CDATA[<two>]]></n:a>';
  expect([...xmlTexts(xml)].filter(({ name }) => ["a", "b", "id"].includes(name))).toEqual([
    { name: "id", text: "7" },
    { name: "b", text: "one &x;" },
    { name: "b", text: "<two>" },
  ]);
});

test.each([
  ["<e:Envelope xmlns:e='x'><e:Header/><e:Body><m:GetPrice/></e:Body></e:Envelope>", "GetPrice"],
  ["<Envelope>\n<Body id='1'>\n<Pay>", "Pay"],
  ["<e:Envelope><e:Body/></e:Envelope>", ""],
  ["<rss><Body><x/></Body></rss>", undefined],
])("%s calls %s", (xml, call) => {
  expect(soapCall(xml)).toBe(call);
});

test("never fails and stays bounded", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[<>!\-[\]="'a-c /]*$/)), (xml) => {
      soapCall(xml);
      expect([...xmlTexts(xml)].every(({ text }) => text !== "")).toBe(true);
    }),
  );
  expect([...xmlTexts("<a>x</a>".repeat(10_000))].length).toBeLessThanOrEqual(4096);
});
