// Each signal has an exchange that shows it and one that does not.
import { describe, expect, test } from "vitest";
import { createDigest } from "../../../../src/digest/digest.ts";
import { hash32 } from "../../../../src/model/hash.ts";
import type { Turn } from "../../ai/talks.ts";
import { exchangesOf } from "../../ai/talks.ts";

const Q = "How do I change the address of my order?";
const A = "Open the order in your account and choose the new address before it is packed.";

const A2 = "Our people at the desk will gladly do it for customers who have no account with us.";
const PNG = `iVBORw0KGgo${"AAAANSUhEUgAAAgAAAAIACAIAAAB7".repeat(4)}`;

function signals(turn: Turn): readonly string[] {
  const digest = createDigest({ dataClasses: [], hash32 });
  const [exchange] = exchangesOf({ name: "", kind: null, method: "POST", path: "/ask", turns: [turn] });
  return Object.keys((exchange && digest.digest(exchange).facts.text?.signals) ?? {});
}

describe("shown and not shown", () => {
  test.each<[string, Turn, Turn]>([
    ["echo", { ask: { t: Q }, say: { id: 1, t: Q } }, { ask: { t: Q }, say: { t: A } }],
    [
      "authored",
      { ask: { t: Q }, say: { id: 1, author: "ana", t: A } },
      { ask: { t: Q }, say: { id: 1, t: A } },
    ],
    [
      "record",
      {
        ask: { t: Q },
        say: { ...Object.fromEntries([..."abcdefghijklmn"].map((name) => [name, name])), t: A },
      },
      { ask: { t: Q }, say: { id: 1, state: "done", took: 812, t: A } },
    ],
    [
      "paging",
      { ask: { t: Q, page: 1 }, say: { total: 3, page_size: 2, t: A } },
      { ask: { t: Q }, say: { t: A } },
    ],
    [
      "languages",
      { ask: { t: Q, source: "en", target: "de" }, say: { t: A } },
      { ask: { t: Q, lang: "en" }, say: { t: A } },
    ],
    [
      "roles",
      {
        ask: {
          m: [
            { r: "user", t: Q },
            { r: "assistant", t: A },
          ],
        },
        say: { t: "Then call the shop and tell them." },
      },
      { ask: { m: [{ r: "customer", t: Q }] }, say: { t: A } },
    ],
    [
      "conversation",
      { ask: { thread: [{ from: "ana", body: Q }] }, say: { t: A } },
      { ask: { t: Q }, say: { t: A } },
    ],
    [
      "sources",
      { ask: { t: Q }, say: { t: A, docs: [{ f: "terms.pdf" }] } },
      { ask: { t: Q }, say: { t: A, docs: [{ f: 1 }] } },
    ],
    [
      "tool-schema",
      { ask: { t: Q, tools: [{ s: { type: "object", properties: {} } }] }, say: { t: A } },
      { ask: { t: Q, type: "object" }, say: { t: A } },
    ],
    ["steps", { ask: { t: Q }, say: { thought: A, action: "x" } }, { ask: { t: Q }, say: { thought: A } }],
    [
      "infill",
      { ask: { prefix: "def f(x):\n    return", suffix: "\n\n" }, say: { t: "x + 1" } },
      { ask: { prefix: "def f(x):\n    return" }, say: { t: "x + 1" } },
    ],
    [
      "record",
      { ask: { t: Q }, say: { title: "Orders", description: A, link: "https://shop.example/orders" } },
      { ask: { t: Q }, say: { title: "Orders", description: A } },
    ],
    ["elaborates", { ask: { t: Q }, say: { t: `${A} ${A2}` } }, { ask: { t: Q }, say: { t: A2 } }],
    [
      "data-in",
      { ask: { a: "x", b: 4 }, say: { t: `${A} ${A2}` } },
      { ask: { a: "x", b: 4 }, say: { t: A } },
    ],
    [
      "image-in",
      { ask: { a: PNG, b: 4 }, say: { t: `${A} ${A2}` } },
      { ask: { a: "x", b: 4 }, say: { t: `${A} ${A2}` } },
    ],
    [
      "tool-names",
      { ask: { t: Q, may: ["find_order", "send_mail"] }, say: { did: "find_order", t: A } },
      { ask: { t: Q, may: ["find_order", "send_mail"] }, say: { did: "nothing", t: A } },
    ],
    ["steps", { ask: { t: Q }, say: { gedanke: A, aktion: "x" } }, { ask: { t: Q }, say: { gedanke: A } }],
    [
      "canvas",
      { ask: { t: Q, w: 1024, h: 768 }, say: { t: A } },
      { ask: { t: Q, w: 1920, h: 1080 }, say: { t: A } },
    ],
    [
      "canvas",
      { ask: { t: Q, size: "1024x1536" }, say: { t: A } },
      { ask: { t: Q, size: "12x80" }, say: { t: A } },
    ],
    [
      "video-out",
      { ask: { t: Q }, say: { u: "https://cdn.example/1.mp4" } },
      { ask: { t: Q }, say: { u: "https://cdn.example/1" } },
    ],
    [
      "question",
      { ask: { t: "Please explain how orders are packed" }, say: { t: A } },
      { ask: { t: A }, say: { t: A2 } },
    ],
    ["none-out", { ask: { t: Q }, say: { id: 4 } }, { ask: { t: Q }, say: { t: A } }],
    [
      "off-topic",
      { ask: { t: Q }, say: { t: "Thank you very much, somebody will call you back tomorrow morning." } },
      { ask: { t: Q }, say: { t: A } },
    ],
  ])("%s", (signal, shown, not) => {
    expect(signals(shown)).toContain(signal);
    expect(signals(not)).not.toContain(signal);
  });
});
