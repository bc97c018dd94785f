// Kinds follow from what goes in and what comes out.
import { expect, test } from "vitest";
import { kindOfBehaviour } from "../../../src/ai/behaviour-kind.ts";
import type { TextSignal } from "../../../src/model/text-facts.ts";
import { emptyText } from "../../../src/model/text-facts.ts";

const seen = { count: 2, firstSeen: 0, lastSeen: 0 };
const kind = (...signals: TextSignal[]) =>
  kindOfBehaviour({
    ...emptyText(),
    looked: 2,
    signals: Object.fromEntries(signals.map((signal) => [signal, seen])),
  });

test.each<[string | null, TextSignal[]]>([
  ["embedding", ["vectors"]],
  ["image", ["image-out"]],
  ["audio", ["audio-in", "answer"]],
  ["rerank", ["ranks"]],
  ["moderation", ["labels"]],
  ["ml-serving", ["tensors"]],
  ["agent", ["steps", "answer"]],
  ["chat-completion", ["answer", "question"]],
  ["chat-completion", ["answer", "condensed", "carried"]],
  ["chat-completion", ["image-in"]],
  ["video", ["video-out"]],
  ["completion", ["data-in"]],
  ["completion", ["answer", "condensed"]],
  ["completion", ["answer", "code-out", "question"]],
  [null, ["text-in"]],
])("%s", (wanted, signals) => expect(kind(...signals)).toBe(wanted));

test("a socket is held open to talk", () => {
  const text = { ...emptyText(), looked: 2, signals: { answer: seen } };
  expect(kindOfBehaviour(text)).toBe("completion");
  expect(kindOfBehaviour(text, true)).toBe("chat-completion");
});
